"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { askLinkAction } from "@/lib/auth/actions/links";
import { t } from "./account-text";
import { DoorCard, DoorWords, Refused } from "./door";
import classes from "./sign-in.module.css";

/** Asks for an address and says the same whoever it belongs to. Works without scripts. */
export function AskLinkForm({ purpose }: { purpose: "sign-in" | "password-reset" }) {
  const [answer, ask, pending] = useActionState(askLinkAction, { status: "idle" });
  const words = purpose === "sign-in" ? "askLink" : "askReset";
  if (answer.status === "done") {
    return (
      <DoorCard>
        <div role="status">
          <h2 className={classes.sent}>{t(`${words}.sent`)}</h2>
          <DoorWords>{t(`${words}.sentWords`)}</DoorWords>
        </div>
      </DoorCard>
    );
  }
  const refused = answer.status === "refused" ? answer : undefined;
  return (
    <form action={ask} className={classes.form}>
      <input type="hidden" name="purpose" value={purpose} />
      <Refused message={refused?.message} />
      <DoorWords>{t(`${words}.words`)}</DoorWords>
      <TextInput
        name="email"
        type="email"
        label={t("door.email")}
        autoComplete="username"
        required
        withAsterisk={false}
        size="md"
        maxLength={254}
        defaultValue={refused?.typed?.email ?? ""}
      />
      <Button type="submit" variant="filled" size="lg" fullWidth loading={pending}>
        {t(`${words}.submit`)}
      </Button>
    </form>
  );
}
