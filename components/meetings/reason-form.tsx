"use client";

import { Button, Textarea } from "@mantine/core";
import { t } from "@/components/ui/office-text";
import classes from "./reason-form.module.css";

/** A dangerous step asks why. The reason goes to the guest, so the form says so. */
export function ReasonForm({
  action,
  meetingId,
  version,
  label,
  help,
  submit,
  submitLabel,
  pending,
  onSubmit,
  onCancel,
}: {
  action: (form: FormData) => void;
  meetingId: string;
  version?: number;
  label: string;
  help: string;
  submit: string;
  submitLabel?: string;
  pending: boolean;
  onSubmit?: () => void;
  onCancel: () => void;
}) {
  return (
    <form
      action={action}
      className={classes.form}
      {...(onSubmit === undefined ? {} : { onSubmit })}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
    >
      <input type="hidden" name="meetingId" value={meetingId} />
      {version === undefined ? null : <input type="hidden" name="version" value={version} />}
      <Textarea
        name="reason"
        label={label}
        description={help}
        required
        withAsterisk={false}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={6}
        data-autofocus
        autoFocus
      />
      <div className={classes.acts}>
        <Button
          type="submit"
          color="danger"
          variant="outline"
          loading={pending}
          {...(submitLabel === undefined ? {} : { "aria-label": submitLabel })}
        >
          {submit}
        </Button>
        <Button variant="subtle" onClick={onCancel} disabled={pending}>
          {t("reason.keep")}
        </Button>
      </div>
    </form>
  );
}
