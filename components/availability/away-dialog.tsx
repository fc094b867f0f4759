"use client";

import { Button, Modal, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { saveAbsenceAction } from "@/lib/availability/actions";
import type { AbsenceDates } from "@/lib/availability/core/absence";
import { absenceDates, absenceSpan } from "@/lib/availability/core/absence";
import type { HoursAnswer } from "@/lib/availability/core/answers";
import { withinAbsences } from "@/lib/availability/core/conflicts";
import type { Absence, AbsenceReason, BookedMeeting } from "@/lib/availability/core/schedule";
import { ABSENCE_REASONS } from "@/lib/availability/core/schedule";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import classes from "./availability.module.css";
import { MeetingLinks } from "./meeting-links";
import { send } from "./send";
import { words } from "./words";

export type RedirectChoice = {
  readonly id: string;
  readonly name: string;
  readonly hosts: string;
};

type Fields = {
  readonly from: string;
  readonly to: string;
  readonly whole: boolean;
  readonly fromTime: string;
  readonly toTime: string;
  readonly reason: AbsenceReason;
  readonly note: string;
  readonly redirect: string | null;
};

const clock = (minute: number | null, otherwise: string): string =>
  minute === null
    ? otherwise
    : `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function fieldsOf(absence: Absence | undefined, zone: TimeZone): Fields {
  const dates = absence && absenceDates(absence, zone);
  return {
    from: dates?.from ?? "",
    to: dates?.to ?? "",
    whole: dates === undefined || dates.fromMinute === null,
    fromTime: clock(dates?.fromMinute ?? null, "09:00"),
    toTime: clock(dates?.toMinute ?? null, "17:00"),
    reason: absence?.reason ?? "vacation",
    note: absence?.note ?? "",
    redirect: absence?.redirect?.id ?? null,
  };
}

const minuteOf = (time: string): MinuteOfDay | undefined => {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(time) ?? [];
  return hours === undefined ? undefined : ((Number(hours) * 60 + Number(minutes)) as MinuteOfDay);
};

/** What was typed, as far as it is dates and times at all. */
function datesOf(fields: Fields): AbsenceDates | undefined {
  const from = parseCalendarDate(fields.from);
  const to = parseCalendarDate(fields.to);
  if (from === undefined || to === undefined) return undefined;
  if (fields.whole) return { from, to, fromMinute: null, toMinute: null };
  const fromMinute = minuteOf(fields.fromTime);
  const toMinute = minuteOf(fields.toTime);
  if (fromMinute === undefined || toMinute === undefined) return undefined;
  return { from, to, fromMinute, toMinute };
}

type Props = {
  readonly absence: Absence | undefined;
  readonly personId: string;
  /** The person's own, in which the dates are meant. */
  readonly zone: TimeZone;
  readonly booked: readonly BookedMeeting[];
  readonly redirects: readonly RedirectChoice[];
  readonly reader: ScreenReader;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onSaved: (meetings: readonly BookedMeeting[]) => void;
};

function AwayForm(props: Props) {
  const { absence, personId, zone, booked, redirects, reader, onClose, onSaved } = props;
  const [fields, setFields] = useState(() => fieldsOf(absence, zone));
  const [answer, setAnswer] = useState<HoursAnswer>({ status: "idle" });
  const [pending, setPending] = useState(false);
  const errors = answer.status === "invalid" ? answer.fields : {};
  const type = (change: Partial<Fields>) => {
    setFields({ ...fields, ...change });
    setAnswer({ status: "idle" });
  };
  const dates = datesOf(fields);
  const span = dates && absenceSpan(dates, zone);
  const within = span?.ok === true ? withinAbsences([span.value], booked) : [];

  const save = async () => {
    if (dates === undefined) {
      const missing = words("away.incomplete");
      setAnswer({
        status: "invalid",
        fields: fields.from === "" ? { from: missing } : { to: missing },
      });
      return;
    }
    setPending(true);
    const { reason, note, redirect } = fields;
    const draft = { ...dates, reason, note, redirectLinkId: redirect };
    const said = await send(saveAbsenceAction, {
      personId,
      absenceId: absence?.id,
      draft: JSON.stringify(draft),
    });
    setPending(false);
    if (said.status === "done") onSaved(said.meetings ?? []);
    else setAnswer(said);
  };

  return (
    <form
      className={classes.awayForm}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save().catch(() => undefined);
      }}
    >
      <Switch
        checked={fields.whole}
        label={words("away.whole")}
        onChange={(event) => type({ whole: event.currentTarget.checked })}
      />
      <div className={classes.two}>
        <TextInput
          type="date"
          label={words("away.from")}
          value={fields.from}
          error={errors.from}
          data-autofocus
          onChange={(event) => {
            const from = event.currentTarget.value;
            type({ from, to: fields.to === "" || fields.to < from ? from : fields.to });
          }}
        />
        <TextInput
          type="date"
          label={words("away.to")}
          value={fields.to}
          min={fields.from}
          error={errors.to}
          onChange={(event) => type({ to: event.currentTarget.value })}
        />
        {fields.whole ? null : (
          <>
            <TextInput
              type="time"
              label={words("away.fromTime")}
              value={fields.fromTime}
              error={errors.fromMinute}
              onChange={(event) => type({ fromTime: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label={words("away.toTime")}
              value={fields.toTime}
              error={errors.toMinute}
              onChange={(event) => type({ toTime: event.currentTarget.value })}
            />
          </>
        )}
      </div>
      <Select
        label={words("away.reason")}
        description={words("away.reasonHelp")}
        data={ABSENCE_REASONS.map((value) => ({ value, label: words(`away.reasons.${value}`) }))}
        value={fields.reason}
        allowDeselect={false}
        error={errors.reason}
        onChange={(reason) => type({ reason: reason ?? "away" })}
      />
      <Select
        label={words("away.redirect")}
        description={words("away.redirectHelp")}
        placeholder={words("away.redirectNone")}
        nothingFoundMessage={words("away.redirectEmpty")}
        data={redirects.map(({ id, name, hosts }) => ({ value: id, label: `${name} (${hosts})` }))}
        value={fields.redirect}
        clearable
        searchable
        error={errors.redirectLinkId}
        onChange={(redirect) => type({ redirect })}
      />
      <Textarea
        label={words("away.note")}
        description={words("away.noteHelp")}
        value={fields.note}
        maxLength={500}
        autosize
        minRows={2}
        maxRows={5}
        error={errors.note}
        onChange={(event) => type({ note: event.currentTarget.value })}
      />
      <div aria-live="polite">
        {within.length === 0 ? null : (
          <div className={classes.warning}>
            <p>{words("away.within", { count: within.length })}</p>
            <MeetingLinks meetings={within} reader={reader} />
          </div>
        )}
      </div>
      <div role="alert">
        {answer.status === "refused" ? <p className={classes.problem}>{answer.message}</p> : null}
      </div>
      <div className={classes.acts}>
        <Button type="submit" variant="filled" loading={pending}>
          {words("away.save")}
        </Button>
        <Button variant="subtle" onClick={onClose} disabled={pending}>
          {words("away.cancel")}
        </Button>
      </div>
    </form>
  );
}

/** From when to when somebody is away, what guests are shown meanwhile, and which meetings fall into it. */
export function AwayDialog(props: Props) {
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={words(props.absence === undefined ? "away.newTitle" : "away.editTitle")}
      closeButtonProps={{ "aria-label": t("shell.close") }}
    >
      <AwayForm {...props} />
    </Modal>
  );
}
