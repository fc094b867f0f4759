"use client";

import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { askEmailAction, changePasswordAction } from "@/lib/auth/actions/security";
import { t } from "../account-text";
import { NewPasswordField } from "../new-password-field";
import { OwnDialog } from "./own-dialog";
import { Row } from "./rows";

const textIn = (form: FormData, name: string): string => String(form.get(name) ?? "");

/** The address one signs in with. */
export function AddressRow({ email }: { email: string }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState("");
  return (
    <Row
      title={t("security.email")}
      end={<Button onClick={() => setOpen(true)}>{t("security.emailChange")}</Button>}
    >
      {t("security.emailHelp", { email })}
      <OwnDialog
        opened={open}
        close={() => setOpen(false)}
        title={t("security.emailChange")}
        submit={t("security.emailSubmit")}
        ask={(form) => {
          setAsked(textIn(form, "email"));
          return askEmailAction({ email: textIn(form, "email") });
        }}
        done={() =>
          notifications.show({
            color: "accent",
            message: t("security.emailSent", { email: asked }),
            autoClose: false,
          })
        }
      >
        <TextInput
          name="email"
          type="email"
          label={t("security.emailNew")}
          autoComplete="email"
          required
          withAsterisk={false}
          maxLength={254}
          data-autofocus
        />
      </OwnDialog>
    </Row>
  );
}

/** The password: set, or not. */
export function PasswordRow({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const [open, setOpen] = useState(false);
  const label = hasPassword ? t("security.passwordChange") : t("security.passwordAdd");
  return (
    <Row
      title={t("security.password")}
      end={<Button onClick={() => setOpen(true)}>{label}</Button>}
    >
      {hasPassword ? t("security.passwordSet") : t("security.passwordNone")}
      <OwnDialog
        opened={open}
        close={() => setOpen(false)}
        title={label}
        submit={label}
        ask={(form) => changePasswordAction({ password: textIn(form, "password") })}
        done={() => notifications.show({ color: "accent", message: t("security.passwordDone") })}
      >
        <input type="text" hidden readOnly autoComplete="username" value={email} />
        <NewPasswordField autoFocus />
      </OwnDialog>
    </Row>
  );
}
