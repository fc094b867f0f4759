"use client";

import { Button, MultiSelect, NativeSelect, Stack, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import { useState } from "react";
import type { DashboardPageData } from "@/lib/dashboards/core/page";
import type { Schedule, ScheduleFields } from "@/lib/dashboards/core/schedule";
import { CADENCES } from "@/lib/dashboards/core/schedule";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import classes from "./shell.module.css";
import { t } from "./shell-text";

const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "0"] as const;
const FORMATS = ["pdf", "xlsx", "csv"] as const;
const MONTH_DAYS = Array.from({ length: 28 }, (_, at) => String(at + 1));

export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const minuteOf = (text: string): number | undefined => {
  const match = /^(\d{2}):(\d{2})/.exec(text);
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
};

type Draft = Omit<ScheduleFields, "recipients" | "zone"> & {
  readonly recipients: readonly string[];
  readonly zone: string;
};

const draftOf = (page: DashboardPageData, query: string, schedule?: Schedule): Draft =>
  schedule === undefined
    ? {
        dashboard: page.dashboard,
        name: "",
        query,
        cadence: "weekly",
        weekday: 1,
        monthDay: null,
        minute: 8 * 60,
        zone: page.zone,
        format: "pdf",
        recipients: [],
      }
    : { ...schedule, recipients: schedule.recipients.map(({ id }) => id) };

/** What is sent: days belong to their own cadence only. Undefined: something is missing. */
function fieldsOf(draft: Draft): ScheduleFields | undefined {
  const { dashboard, name, query, cadence, minute, format, recipients } = draft;
  const zone: TimeZone | undefined = parseTimeZone(draft.zone);
  if (zone === undefined || name.trim() === "" || recipients.length === 0) return undefined;
  return {
    dashboard,
    name: name.trim(),
    query,
    cadence,
    weekday: cadence === "weekly" ? (draft.weekday ?? 1) : null,
    monthDay: cadence === "monthly" ? (draft.monthDay ?? 1) : null,
    minute,
    zone,
    format,
    recipients,
  };
}

function WhenFields({
  draft,
  onChange,
}: {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}) {
  return (
    <>
      <div className={classes.days}>
        <NativeSelect
          label={t("schedule.cadence")}
          value={draft.cadence}
          onChange={({ currentTarget: { value } }) => {
            const cadence = CADENCES.find((known) => known === value);
            if (cadence !== undefined) onChange({ cadence });
          }}
          data={CADENCES.map((cadence) => ({ value: cadence, label: t(`schedule.${cadence}`) }))}
        />
        {draft.cadence === "weekly" ? (
          <NativeSelect
            label={t("schedule.weekday")}
            value={String(draft.weekday ?? 1)}
            onChange={({ currentTarget: { value } }) => onChange({ weekday: Number(value) })}
            data={WEEKDAYS.map((day) => ({ value: day, label: t(`schedule.day.${day}`) }))}
          />
        ) : null}
        {draft.cadence === "monthly" ? (
          <NativeSelect
            label={t("schedule.monthDay")}
            value={String(draft.monthDay ?? 1)}
            onChange={({ currentTarget: { value } }) => onChange({ monthDay: Number(value) })}
            data={MONTH_DAYS}
          />
        ) : null}
      </div>
      <div className={classes.days}>
        <TextInput
          type="time"
          label={t("schedule.time")}
          value={clockText(draft.minute)}
          onChange={({ currentTarget: { value } }) => {
            const minute = minuteOf(value);
            if (minute !== undefined) onChange({ minute });
          }}
        />
        <TextInput
          label={t("schedule.zone")}
          value={draft.zone}
          onChange={({ currentTarget: { value } }) => onChange({ zone: value })}
        />
      </div>
    </>
  );
}

/** What a scheduled mail shows, when it comes, to whom, and as which file. */
export function ScheduleForm({
  page,
  query,
  schedule,
  onSave,
  onCancel,
}: {
  page: DashboardPageData;
  /** What is shown now. */
  query: string;
  schedule?: Schedule;
  /** Undefined when it is saved; else what is wrong. */
  onSave: (fields: ScheduleFields) => Promise<string | undefined>;
  onCancel: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(page, query, schedule));
  const [wrong, setWrong] = useState<string>();
  const [saving, setSaving] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const fields = fieldsOf(draft);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (fields === undefined) return;
    setSaving(true);
    setWrong(await onSave(fields));
    setSaving(false);
  };
  const shown = [
    { value: query, label: t("schedule.shown") },
    { value: "", label: t("schedule.usual") },
    ...page.views.map((view) => ({ value: view.query, label: view.name })),
    { value: draft.query, label: t("schedule.kept") },
  ].filter(({ value }, at, all) => all.findIndex((one) => one.value === value) === at);
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("schedule.name")}
          value={draft.name}
          onChange={({ currentTarget: { value } }) => change({ name: value })}
          maxLength={80}
          required
          data-autofocus
        />
        <NativeSelect
          label={t("schedule.view")}
          value={draft.query}
          onChange={({ currentTarget: { value } }) => change({ query: value })}
          data={shown}
        />
        <WhenFields draft={draft} onChange={change} />
        <MultiSelect
          label={t("schedule.recipients")}
          description={t("schedule.recipientsHint")}
          value={[...draft.recipients]}
          onChange={(recipients) => change({ recipients })}
          data={(page.mailing?.people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          searchable
          required
        />
        <NativeSelect
          label={t("schedule.format")}
          value={draft.format}
          onChange={({ currentTarget: { value } }) => {
            const format = FORMATS.find((known) => known === value);
            if (format !== undefined) change({ format });
          }}
          data={FORMATS.map((format) => ({ value: format, label: t(`export.${format}`) }))}
        />
        {wrong === undefined ? null : (
          <p className={classes.wrong} role="alert">
            {wrong}
          </p>
        )}
        <div className={classes.row}>
          <Button variant="default" onClick={onCancel}>
            {t("schedule.cancel")}
          </Button>
          <Button type="submit" loading={saving} disabled={fields === undefined}>
            {t("schedule.save")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
