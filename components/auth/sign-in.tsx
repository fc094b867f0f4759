"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useActionState, useEffect, useRef, useState } from "react";
import { t } from "@/components/ui/office-text";
import { signInAction } from "@/lib/auth/actions";
import type { ProviderChoice } from "@/lib/auth/core/security-view";
import { t as account } from "./account-text";
import { Door, Refused } from "./door";
import { OtherWays } from "./other-ways";
import classes from "./sign-in.module.css";

export type DemoAccount = { readonly email: string; readonly role: string };

/** Seconds until another attempt is allowed, counting down from what the server said. */
function useCountdown(seconds: number | undefined): number {
  const [left, setLeft] = useState(seconds ?? 0);
  useEffect(() => {
    if (seconds === undefined) {
      setLeft(0);
      return;
    }
    const until = performance.now() + seconds * 1_000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1_000)));
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}

/** E-mail and password. Works without JavaScript; a refusal stands beside the form and keeps the address. */
export function SignIn({
  next,
  providers,
  demo,
}: {
  /** Where to go afterwards: a path of ours. */
  next: string;
  /** Identity providers one may sign in with. */
  providers: readonly ProviderChoice[];
  /** The demonstration's accounts and their password; undefined outside it. */
  demo: { readonly accounts: readonly DemoAccount[]; readonly password: string } | undefined;
}) {
  const [answer, signIn, pending] = useActionState(signInAction, { status: "idle" });
  const [email, setEmail] = useState("");
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const refused = answer.status === "refused" ? answer : undefined;
  const wait = useCountdown(refused?.retryAfterSeconds);
  return (
    <Door title={t("signIn.title")}>
      <form
        action={signIn}
        className={classes.form}
        // The fields keep their own text, so that what is typed before the script arrives is not lost. After an
        // answer they go back to their defaults: the address that was sent, and no password.
        onSubmit={() => setEmail(emailField.current?.value ?? "")}
      >
        <input type="hidden" name="next" value={next} />
        <Refused message={refused?.message} />
        <TextInput
          name="email"
          type="email"
          label={t("signIn.email")}
          autoComplete="username webauthn"
          required
          withAsterisk={false}
          size="md"
          maxLength={254}
          ref={emailField}
          defaultValue={email || refused?.email || ""}
        />
        <PasswordInput
          name="password"
          label={t("signIn.password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          size="md"
          maxLength={1_000}
          ref={passwordField}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.show") }}
        />
        <a className={`link ${classes.forgotten}`} href="/sign-in/forgotten">
          {account("signIn.forgotten")}
        </a>
        <Button
          ref={submit}
          type="submit"
          variant="filled"
          size="lg"
          fullWidth
          loading={pending}
          disabled={wait > 0}
        >
          {t("signIn.submit")}
        </Button>
        {wait > 0 ? <p className={classes.wait}>{t("signIn.wait", { seconds: wait })}</p> : null}
        <OtherWays next={next} providers={providers} />
      </form>
      {demo === undefined ? null : (
        <section className={classes.demo} aria-labelledby="h-demo">
          <h2 id="h-demo">{t("signIn.demo")}</h2>
          <p>{t("signIn.demoHelp", { password: demo.password })}</p>
          <ul>
            {demo.accounts.map((account) => (
              <li key={account.email}>
                <button
                  type="button"
                  onClick={() => {
                    if (emailField.current !== null) emailField.current.value = account.email;
                    if (passwordField.current !== null) passwordField.current.value = demo.password;
                    submit.current?.focus();
                  }}
                >
                  <b>{account.email}</b>
                  <span>{account.role}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Door>
  );
}
