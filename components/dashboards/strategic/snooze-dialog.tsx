"use client";

import { Button, Modal, Stack, Textarea } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import type { FormEvent } from "react";
import { useState } from "react";
import { payload } from "@/components/links/payload";
import { snoozeRiskAction } from "@/lib/dashboards/actions/risk";
import type { Risk } from "@/lib/dashboards/core/risk";
import { t } from "@/lib/dashboards/core/strategic-text";
import { addDays } from "@/lib/time/offset";
import classes from "./strategic.module.css";
import type { Around } from "./view";

const USUAL_DAYS = 7;
const MOST_DAYS = 92;

/** Asks until when a risk may rest, and why. What is wrong is said beside its field. */
export function SnoozeDialog({
  risk,
  name,
  around,
  onClose,
}: {
  risk: Risk;
  name: string;
  around: Around;
  onClose: () => void;
}) {
  const { today } = around.view.told;
  const [until, setUntil] = useState<string | null>(addDays(today, USUAL_DAYS));
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaving(true);
    try {
      const answer = await snoozeRiskAction(payload({ risk, until: until ?? "", reason }));
      if (answer.status === "done") {
        around.onRetry();
        onClose();
        return;
      }
      setWrong(
        answer.status === "invalid"
          ? answer.fields
          : { until: answer.status === "refused" ? answer.message : "" },
      );
    } catch {
      setWrong({ until: t("risk.broken") });
    }
    setSaving(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("snooze.title", { name })}
      size="sm"
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <p className={classes.quiet}>{t("snooze.words")}</p>
          <DateInput
            label={t("snooze.until")}
            value={until}
            onChange={setUntil}
            minDate={addDays(today, 1)}
            maxDate={addDays(today, MOST_DAYS)}
            valueFormat="D MMM YYYY"
            popoverProps={{ withinPortal: true }}
            error={wrong.until}
            required
          />
          <Textarea
            label={t("snooze.reason")}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={300}
            autosize
            minRows={2}
            error={wrong.reason}
            data-autofocus
            required
          />
          <div className={classes.row}>
            <Button variant="default" onClick={onClose}>
              {t("snooze.cancel")}
            </Button>
            <Button type="submit" loading={saving}>
              {t("snooze.save")}
            </Button>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}
