"use client";

import { Button, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { removeCredentialsAction, setCredentialsAction } from "@/lib/conferencing/actions";
import type { VirtualRoomView } from "@/lib/conferencing/core/virtual-room";
import { t } from "./virtual-room-text";
import classes from "./virtual-rooms.module.css";

const IDLE = { status: "idle" } as const;

type Field =
  | "accountId"
  | "clientId"
  | "clientSecret"
  | "webhookSecret"
  | "clientEmail"
  | "privateKey"
  | "tenantId";

const FIELDS: Readonly<Record<string, readonly Field[]>> = {
  zoom: ["accountId", "clientId", "clientSecret", "webhookSecret"],
  google_meet: ["clientEmail", "privateKey"],
  teams: ["tenantId", "clientId", "clientSecret"],
};

const HIDDEN: readonly Field[] = ["clientSecret", "webhookSecret"];

function SecretField({
  field,
  error,
  webhookAddress,
}: {
  field: Field;
  error: string | undefined;
  webhookAddress: string;
}) {
  const shared = {
    name: field,
    label: t(`credentials.${field}`),
    autoComplete: "off",
    error,
    ...(field === "webhookSecret"
      ? { description: t("credentials.webhookHelp", { address: webhookAddress }) }
      : {}),
  };
  if (field === "privateKey") return <Textarea {...shared} autosize minRows={3} maxRows={8} />;
  return HIDDEN.includes(field) ? (
    <PasswordInput {...shared} autoComplete="new-password" />
  ) : (
    <TextInput {...shared} />
  );
}

/** What opens the provider: goes in, and never comes out. Where it is and since when is all that is shown. */
export function Credentials({
  room,
  setOn,
  fromServer,
  settingNames,
  webhookAddress,
}: {
  room: VirtualRoomView;
  /** When the stored ones were set, in the reader's words. */
  setOn: string | null;
  /** Whether the server's settings hold this provider's. */
  fromServer: boolean;
  settingNames: string;
  webhookAddress: string;
}) {
  const [answer, store, pending] = useActionState(setCredentialsAction, IDLE);
  const [removed, remove, removing] = useActionState(removeCredentialsAction, IDLE);
  const fields = answer.status === "refused" ? answer.fields : {};
  const state = (): string => {
    if (setOn !== null) return t("credentials.setOn", { date: setOn });
    return t(fromServer ? "credentials.environment" : "credentials.missing", {
      names: settingNames,
    });
  };
  return (
    <>
      <p className={classes.words}>{state()}</p>
      <form action={store} className={classes.fields} key={room.credentialsSetAt ?? 0}>
        <input type="hidden" name="roomId" value={room.id} />
        {(FIELDS[room.provider] ?? []).map((field) => (
          <SecretField
            key={field}
            field={field}
            error={fields[field]}
            webhookAddress={webhookAddress}
          />
        ))}
        <AnswerLine answer={answer} />
        <div className={classes.acts}>
          <Button type="submit" loading={pending}>
            {t(setOn === null ? "credentials.set" : "credentials.replace")}
          </Button>
        </div>
      </form>
      {setOn === null ? null : (
        <form action={remove}>
          <input type="hidden" name="roomId" value={room.id} />
          <Button type="submit" variant="subtle" loading={removing}>
            {t("credentials.remove")}
          </Button>
        </form>
      )}
      <AnswerLine answer={removed} />
    </>
  );
}
