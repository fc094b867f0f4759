"use client";

import { Button, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useActionState } from "react";
import {
  acceptInvitationAction,
  confirmEmailAction,
  openLinkAction,
  resetPasswordAction,
  undoEmailAction,
} from "@/lib/auth/actions/links";
import type { ProviderChoice } from "@/lib/auth/core/security-view";
import { t } from "./account-text";
import { BackLink } from "./back-link";
import { DoorCard, DoorWords, Refused } from "./door";
import { NewPasswordField } from "./new-password-field";
import { providerPath } from "./provider-path";
import classes from "./sign-in.module.css";

const Submit = ({ pending, children }: { pending: boolean; children: ReactNode }) => (
  <Button type="submit" variant="filled" size="lg" fullWidth loading={pending}>
    {children}
  </Button>
);

function Done({ title, words }: { title: string; words: string }) {
  return (
    <>
      <DoorCard>
        <div role="status">
          <h2 className={classes.sent}>{title}</h2>
          <DoorWords>{words}</DoorWords>
        </div>
      </DoorCard>
      <BackLink label={t("reset.signIn")} />
    </>
  );
}

/** The button that uses a mailed sign-in link. A button, because programs that check mails open every address. */
export function OpenLinkForm({ token }: { token: string }) {
  const [answer, open, pending] = useActionState(openLinkAction, { status: "idle" });
  return (
    <form action={open} className={classes.form}>
      <input type="hidden" name="token" value={token} />
      <Refused message={answer.status === "refused" ? answer.message : undefined} />
      <DoorWords>{t("link.words")}</DoorWords>
      <Submit pending={pending}>{t("link.submit")}</Submit>
    </form>
  );
}

/** A new password by mailed link. */
export function ResetForm({ token, email }: { token: string; email: string }) {
  const [answer, reset, pending] = useActionState(resetPasswordAction, { status: "idle" });
  if (answer.status === "done")
    return <Done title={t("reset.done")} words={t("reset.doneWords")} />;
  return (
    <form action={reset} className={classes.form}>
      <input type="hidden" name="token" value={token} />
      <Refused message={answer.status === "refused" ? answer.message : undefined} />
      <DoorWords>{t("reset.words", { email })}</DoorWords>
      {/* For password managers: whose password this is. */}
      <input type="text" hidden readOnly autoComplete="username" value={email} />
      <NewPasswordField />
      <Submit pending={pending}>{t("reset.submit")}</Submit>
    </form>
  );
}

/** Makes an invited account one's own: with a name and a password, or with an identity provider. */
export function InvitationForm({
  token,
  name,
  email,
  providers,
}: {
  token: string;
  name: string;
  email: string;
  providers: readonly ProviderChoice[];
}) {
  const [answer, accept, pending] = useActionState(acceptInvitationAction, { status: "idle" });
  const refused = answer.status === "refused" ? answer : undefined;
  return (
    <form action={accept} className={classes.form}>
      <input type="hidden" name="token" value={token} />
      <Refused message={refused?.message} />
      <DoorWords>{t("invitation.words", { email })}</DoorWords>
      {providers.length === 0 ? null : (
        <>
          <div className={classes.ways}>
            {providers.map((provider) => (
              <Button
                key={provider.id}
                component="a"
                href={providerPath(provider.id, { purpose: "invitation", token })}
                size="lg"
                fullWidth
              >
                {t("invitation.with", { provider: provider.name })}
              </Button>
            ))}
          </div>
          <p className={classes.or}>{t("door.or")}</p>
        </>
      )}
      <input type="text" hidden readOnly autoComplete="username" value={email} />
      <TextInput
        name="name"
        label={t("invitation.name")}
        autoComplete="name"
        required
        withAsterisk={false}
        size="md"
        maxLength={120}
        defaultValue={refused?.typed?.name ?? name}
      />
      <NewPasswordField />
      <Submit pending={pending}>{t("invitation.submit")}</Submit>
    </form>
  );
}

/** Uses a changed address, or brings the old one back. */
export function EmailForm({
  token,
  email,
  purpose,
}: {
  token: string;
  email: string;
  purpose: "email-change" | "email-undo";
}) {
  const change = purpose === "email-change";
  const [answer, act, pending] = useActionState(change ? confirmEmailAction : undoEmailAction, {
    status: "idle",
  });
  if (answer.status === "done") {
    return change ? (
      <Done title={t("email.confirmed")} words={t("email.confirmedWords")} />
    ) : (
      <Done title={t("email.undone")} words={t("email.undoneWords")} />
    );
  }
  return (
    <form action={act} className={classes.form}>
      <input type="hidden" name="token" value={token} />
      <Refused message={answer.status === "refused" ? answer.message : undefined} />
      <DoorWords>{t(change ? "email.confirmWords" : "email.undoWords", { email })}</DoorWords>
      <Submit pending={pending}>{t(change ? "email.confirm" : "email.undo")}</Submit>
    </form>
  );
}
