"use client";

import { PasswordInput } from "@mantine/core";
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from "@/lib/auth/core/password-rules";
import { t } from "./account-text";

/** Where somebody types a password they are choosing: long, with no rules about its characters. */
export function NewPasswordField({ autoFocus = false }: { autoFocus?: boolean }) {
  return (
    <PasswordInput
      name="password"
      label={t("door.newPassword")}
      description={t("door.passwordHelp")}
      inputWrapperOrder={["label", "input", "description", "error"]}
      autoComplete="new-password"
      required
      withAsterisk={false}
      size="md"
      minLength={MIN_PASSWORD_CHARACTERS}
      maxLength={MAX_PASSWORD_CHARACTERS}
      {...(autoFocus ? { "data-autofocus": true } : {})}
      visibilityToggleButtonProps={{ "aria-label": t("door.show") }}
    />
  );
}
