"use client";

import { Button, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useActionState, useState, useTransition } from "react";
import { enterCodeAction, enterPasskeyAction, leaveStepAction } from "@/lib/auth/actions/steps";
import type { OwedView } from "@/lib/auth/core/security-view";
import { t } from "./account-text";
import { DoorWords, Refused } from "./door";
import { showPasskey } from "./passkey-browser";
import classes from "./sign-in.module.css";

/** The second step: a code, a recovery code, or a passkey. The code works without scripts. */
export function SecondFactorForm({ owed }: { owed: OwedView }) {
  const [answer, enter, pending] = useActionState(enterCodeAction, { status: "idle" });
  const [passkey, setPasskey] = useState<string>();
  const [busy, start] = useTransition();
  const [recovery, setRecovery] = useState(!owed.code);
  const refused = answer.status === "refused" ? answer.message : undefined;

  const withPasskey = () =>
    start(async () => {
      setPasskey(undefined);
      try {
        const response = await showPasskey("second-factor");
        const entered = await enterPasskeyAction({ purpose: "second-factor", response });
        if (entered?.status === "refused") setPasskey(entered.message);
      } catch {
        setPasskey(t("signIn.passkeyCancelled"));
      }
    });

  return (
    <>
      <div className={classes.form}>
        <Refused message={passkey ?? refused} />
        <DoorWords>{t("secondFactor.intro", { name: owed.name })}</DoorWords>
        {owed.passkey ? (
          <>
            <Button
              size="lg"
              fullWidth
              variant={owed.code ? "default" : "filled"}
              loading={busy}
              onClick={withPasskey}
              leftSection={<IconKey size={16} stroke={1.6} aria-hidden="true" />}
            >
              {t("secondFactor.passkey")}
            </Button>
            <p className={classes.or}>{t("door.or")}</p>
          </>
        ) : null}
        <form action={enter} className={classes.ways}>
          <TextInput
            key={recovery ? "recovery" : "code"}
            name="code"
            label={recovery ? t("secondFactor.recovery") : t("secondFactor.code")}
            description={recovery ? t("secondFactor.recoveryHelp") : t("secondFactor.codeHelp")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            autoComplete={recovery ? "off" : "one-time-code"}
            inputMode={recovery ? "text" : "numeric"}
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            size="md"
            maxLength={40}
          />
          <Button
            type="submit"
            variant={owed.code || !owed.passkey ? "filled" : "default"}
            size="lg"
            fullWidth
            loading={pending}
          >
            {t("secondFactor.submit")}
          </Button>
          {owed.code && !recovery ? (
            <button type="button" className={classes.plain} onClick={() => setRecovery(true)}>
              {t("secondFactor.useRecovery")}
            </button>
          ) : null}
        </form>
      </div>
      <form action={leaveStepAction} className={classes.back}>
        <button type="submit" className={classes.plain}>
          {t("secondFactor.leave")}
        </button>
      </form>
    </>
  );
}
