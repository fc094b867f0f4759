"use client";

import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useState, useTransition } from "react";
import type { OwnAnswer } from "@/lib/auth/core/form-answer";
import { t } from "../account-text";
import { Refused } from "../door";
import { useAsk } from "./proof";
import classes from "./security.module.css";

/**
 * A dialog with one question and one button. `ask` gets the form as it was filled in; `done` what came of it. The
 * dialog stays, with the reason, when it was refused.
 */
export function OwnDialog<Value>({
  opened,
  close,
  title,
  submit,
  danger = false,
  ask,
  done,
  children,
}: {
  opened: boolean;
  close: () => void;
  title: string;
  submit: string;
  danger?: boolean;
  ask: (form: FormData) => Promise<OwnAnswer<Value>>;
  done: (value: Value) => void;
  children: ReactNode;
}) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={title}
      closeButtonProps={{ "aria-label": t("security.close") }}
    >
      <DialogForm {...{ close, submit, danger, ask, done }}>{children}</DialogForm>
    </Modal>
  );
}

function DialogForm<Value>({
  close,
  submit,
  danger,
  ask,
  done,
  children,
}: {
  close: () => void;
  submit: string;
  danger: boolean;
  ask: (form: FormData) => Promise<OwnAnswer<Value>>;
  done: (value: Value) => void;
  children: ReactNode;
}) {
  const askFor = useAsk();
  const [refused, setRefused] = useState<string>();
  const [busy, start] = useTransition();
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        setRefused(undefined);
        start(() =>
          askFor(() => ask(form), {
            refused: setRefused,
            done: (value) => {
              close();
              done(value);
            },
          }),
        );
      }}
    >
      <Refused message={refused} />
      {children}
      <div className={classes.buttons}>
        <Button onClick={close}>{t("security.cancel")}</Button>
        <Button
          type="submit"
          variant="filled"
          loading={busy}
          {...(danger ? { color: "danger" } : {})}
        >
          {submit}
        </Button>
      </div>
    </form>
  );
}
