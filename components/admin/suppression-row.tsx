"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState, useState } from "react";
import { AnswerLine } from "@/components/people/answer-line";
import { liftSuppressionAction } from "@/lib/mailroom/actions/deliveries";
import classes from "./mail.module.css";
import { t } from "./mail-text";

/** One address: since when and why it takes no mail, and the form that changes that, which asks for a reason. */
export function SuppressionRow({
  email,
  reason,
  since,
}: {
  email: string;
  reason: string;
  since: string;
}) {
  const [open, setOpen] = useState(false);
  const [answer, lift, pending] = useActionState(liftSuppressionAction, { status: "idle" });
  const fields = answer.status === "refused" ? answer.fields : {};
  return (
    <li className={classes.row}>
      <div>
        <b>{email}</b>
        <small>
          {reason}, {t("suppressions.since", { since })}
        </small>
      </div>
      {open || answer.status === "done" ? null : (
        <Button
          size="xs"
          variant="default"
          aria-label={t("suppressions.liftNamed", { email })}
          onClick={() => setOpen(true)}
        >
          {t("suppressions.lift")}
        </Button>
      )}
      {open && answer.status !== "done" ? (
        <form action={lift} className={classes.lift}>
          <input type="hidden" name="email" value={email} />
          <TextInput
            name="reason"
            label={t("suppressions.reason")}
            description={t("suppressions.reasonHelp")}
            maxLength={300}
            autoComplete="off"
            data-autofocus
            error={fields.reason}
          />
          <div className={classes.acts}>
            <Button type="submit" loading={pending}>
              {t("suppressions.save")}
            </Button>
            <Button variant="subtle" onClick={() => setOpen(false)}>
              {t("suppressions.cancel")}
            </Button>
          </div>
        </form>
      ) : null}
      <AnswerLine answer={answer} />
    </li>
  );
}
