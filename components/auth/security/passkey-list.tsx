"use client";

import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconKey } from "@tabler/icons-react";
import { useState, useTransition } from "react";
import {
  addPasskeyAction,
  removePasskeyAction,
  renamePasskeyAction,
} from "@/lib/auth/actions/security";
import type { OwnAnswer } from "@/lib/auth/core/form-answer";
import type { PasskeyLine } from "@/lib/auth/core/security-view";
import type { ClockReader } from "@/lib/time/format";
import { formatDateShort } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { t } from "../account-text";
import { hasPasskeys, makePasskey, PasskeyRefused } from "../passkey-browser";
import { OwnDialog } from "./own-dialog";
import { useAsk } from "./proof";
import { CodesDialog } from "./recovery-codes";
import { Row } from "./rows";

function PasskeyRow({ line, reader }: { line: PasskeyLine; reader: ClockReader }) {
  const [renaming, setRenaming] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { id, name } = line;
  const used =
    line.usedAt === null
      ? t("security.neverUsed")
      : t("security.used", { date: formatDateShort(line.usedAt, reader) });
  return (
    <Row
      title={name}
      icon={<IconKey size={16} stroke={1.6} aria-hidden="true" />}
      end={
        <>
          <Button
            onClick={() => setRenaming(true)}
            aria-label={t("security.passkeyRenameTitle", { name })}
          >
            {t("security.passkeyRename")}
          </Button>
          <Button onClick={() => setRemoving(true)} aria-label={`${t("security.remove")} ${name}`}>
            {t("security.remove")}
          </Button>
        </>
      }
    >
      {t("security.added", { date: formatDateShort(line.addedAt, reader) })}, {used}
      <OwnDialog
        opened={renaming}
        close={() => setRenaming(false)}
        title={t("security.passkeyRenameTitle", { name })}
        submit={t("security.passkeyRename")}
        ask={(form) => renamePasskeyAction({ id, name: String(form.get("name") ?? "") })}
        done={() => undefined}
      >
        <TextInput
          name="name"
          label={t("security.passkeyName")}
          defaultValue={name}
          required
          withAsterisk={false}
          maxLength={80}
          data-autofocus
        />
      </OwnDialog>
      <OwnDialog
        opened={removing}
        close={() => setRemoving(false)}
        title={t("security.passkeyRemoveTitle", { name })}
        submit={t("security.remove")}
        danger
        ask={() => removePasskeyAction({ id })}
        done={() => undefined}
      >
        <p>{t("security.passkeyRemoveWords")}</p>
      </OwnDialog>
    </Row>
  );
}

/** Makes a passkey in the browser and keeps it. When the server wants to know who asks first, nothing is made yet. */
async function makeAndKeep(name: string): Promise<OwnAnswer<readonly string[]>> {
  try {
    return await addPasskeyAction({ name, response: await makePasskey() });
  } catch (error) {
    if (error instanceof PasskeyRefused && error.code === "prove") return { status: "prove" };
    return { status: "refused", message: t("security.passkeyCancelled") };
  }
}

/** One's passkeys: add, rename, remove. */
export function PasskeyList({
  passkeys,
  reader,
  now,
}: {
  passkeys: readonly PasskeyLine[];
  reader: ClockReader;
  now: Instant;
}) {
  const ask = useAsk();
  const [busy, start] = useTransition();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const name = t("security.passkeyDefault", { date: formatDateShort(now, reader) });
  const refused = (message: string) => notifications.show({ color: "danger", message });
  return (
    <>
      {passkeys.map((line) => (
        <PasskeyRow key={line.id} line={line} reader={reader} />
      ))}
      <Row
        title={t("security.passkeyAdd")}
        end={
          <Button
            loading={busy}
            onClick={() =>
              hasPasskeys()
                ? start(() => ask(() => makeAndKeep(name), { done: setCodes, refused }))
                : refused(t("security.passkeyUnsupported"))
            }
          >
            {t("security.passkeyAdd")}
          </Button>
        }
      >
        {passkeys.length === 0 ? t("security.passkeysNone") : t("security.passkeysHelp")}
      </Row>
      <CodesDialog codes={codes} close={() => setCodes([])} />
    </>
  );
}
