"use client";

import { Button } from "@mantine/core";
import { IconKey, IconMail } from "@tabler/icons-react";
import { useEffect, useState, useTransition } from "react";
import { enterPasskeyAction } from "@/lib/auth/actions/steps";
import type { ProviderChoice } from "@/lib/auth/core/security-view";
import { t } from "./account-text";
import { Refused } from "./door";
import { hasPasskeys, offersPasskeys, showPasskey } from "./passkey-browser";
import { providerPath } from "./provider-path";
import classes from "./sign-in.module.css";

/** Signs in with a passkey; says what went wrong, or nothing when the person let it be. */
async function enter(next: string, autofill: boolean): Promise<string | undefined> {
  try {
    const response = await showPasskey("sign-in", autofill);
    const answer = await enterPasskeyAction({ purpose: "sign-in", response, next });
    return answer?.status === "refused" ? answer.message : undefined;
  } catch {
    // Waiting among the suggestions ends whenever something else is pressed; that is nobody's mistake.
    return autofill ? undefined : t("signIn.passkeyCancelled");
  }
}

/** Passkey, mailed link, identity providers: below the password, of equal rank. */
export function OtherWays({
  next,
  providers,
}: {
  next: string;
  providers: readonly ProviderChoice[];
}) {
  const [passkeys, setPasskeys] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [busy, start] = useTransition();

  useEffect(() => {
    setPasskeys(hasPasskeys());
    let left = false;
    // Suggested beside the address, where the browser can.
    void offersPasskeys().then(async (can) => {
      if (!can || left) return;
      const message = await enter(next, true);
      if (!left && message !== undefined) setTrouble(message);
    });
    return () => {
      left = true;
    };
  }, [next]);

  return (
    <>
      <p className={classes.or}>{t("door.or")}</p>
      <Refused message={trouble} />
      <div className={classes.ways}>
        {providers.map((provider) => (
          <Button
            key={provider.id}
            component="a"
            href={providerPath(provider.id, { purpose: "sign-in", next })}
            size="lg"
            fullWidth
          >
            {t("signIn.with", { provider: provider.name })}
          </Button>
        ))}
        {passkeys ? (
          <Button
            size="lg"
            fullWidth
            loading={busy}
            leftSection={<IconKey size={16} stroke={1.6} aria-hidden="true" />}
            onClick={() => start(async () => setTrouble(await enter(next, false)))}
          >
            {t("signIn.passkey")}
          </Button>
        ) : null}
        <Button
          component="a"
          href="/sign-in/email"
          size="lg"
          fullWidth
          leftSection={<IconMail size={16} stroke={1.6} aria-hidden="true" />}
        >
          {t("signIn.link")}
        </Button>
      </div>
    </>
  );
}
