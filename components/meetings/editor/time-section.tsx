"use client";

import { Autocomplete, Button, SegmentedControl } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { durationText } from "@/components/ui/duration";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { formatDateLong, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import classes from "./meeting-editor.module.css";
import { Section } from "./section";
import { endAfter, momentAt, readTime, timeText } from "./typed-moment";
import { words } from "./words";

export type EditorReader = ScreenReader & { readonly weekStart: 0 | 1 | 2 | 3 | 4 | 5 | 6 };

const LENGTHS = [15, 30, 45, 60, 90, 120];

/** A time of day, typed as people type it or chosen from the list. What is not understood stays, with what to write. */
function TimeField({
  label,
  moment,
  reader,
  error,
  onTime,
}: {
  label: string;
  moment: Instant;
  reader: ScreenReader;
  error: string | undefined;
  onTime: (minute: number) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const [wrong, setWrong] = useState(false);
  const commit = (text: string | undefined) => {
    if (text === undefined) return;
    const minute = readTime(text);
    setWrong(minute === undefined);
    if (minute === undefined) return;
    setTyped(undefined);
    onTime(minute);
  };
  const halfHours = Array.from({ length: 48 }, (_, half) => timeText(half * 30, reader.hourCycle));
  return (
    <Autocomplete
      label={label}
      value={typed ?? timeText(minuteOfDayAt(reader.zone, moment), reader.hourCycle)}
      data={halfHours}
      filter={({ options, search }) =>
        typed === undefined
          ? options
          : options.filter((option) => "value" in option && option.value.startsWith(search))
      }
      maxDropdownHeight={220}
      error={wrong ? words("when.badTime", { example: timeText(870, reader.hourCycle) }) : error}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(text) => {
        setTyped(text);
        setWrong(false);
      }}
      onOptionSubmit={commit}
      onBlur={() => commit(typed)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.currentTarget.getAttribute("aria-activedescendant")) {
          return;
        }
        event.preventDefault();
        commit(typed);
      }}
    />
  );
}

/** The two moments of a time the clock shows twice. */
function Twice({
  start,
  reader,
  onChoose,
}: {
  start: Instant;
  reader: ScreenReader;
  onChoose: (start: Instant) => void;
}) {
  const { zone, locale } = reader;
  const typed = momentAt(calendarDateAt(zone, start), minuteOfDayAt(zone, start), zone);
  if (typed.kind !== "twice") return null;
  const name = (moment: Instant, key: "when.earlier" | "when.later") =>
    words(key, {
      time: formatTime(moment, reader),
      abbreviation: zoneAbbreviation(moment, zone, locale),
    });
  const [earlier, later] = typed.moments;
  return (
    <div className={classes.note} role="status">
      <p>{words("when.twice", { zone: zoneCity(zone) })}</p>
      <SegmentedControl
        size="xs"
        value={String(start)}
        data={[
          { value: String(earlier), label: name(earlier, "when.earlier") },
          { value: String(later), label: name(later, "when.later") },
        ]}
        onChange={(value) => onChoose(instantOf(Number(value)))}
      />
    </div>
  );
}

/** When it is, in the reader's own zone: a day and two times, typed or chosen, or a length. */
export function TimeSection({
  draft,
  errors,
  reader,
  now,
  onMove,
}: {
  draft: MeetingDraft;
  errors: Readonly<Record<string, string>>;
  reader: EditorReader;
  now: Instant;
  onMove: (wanted: Interval) => void;
}) {
  const { zone } = reader;
  const { start, end } = draft;
  const [skipped, setSkipped] = useState<Instant>();
  const date = calendarDateAt(zone, start);
  const minutes = (end - start) / MINUTE_MS;
  const begin = (from: Instant) => onMove({ from, to: addMinutes(from, minutes) });
  const typeStart = (day: typeof date, minute: number) => {
    const typed = momentAt(day, minute, zone);
    setSkipped(typed.kind === "skipped" ? typed.after : undefined);
    if (typed.kind === "once") begin(typed.moment);
    else begin(typed.kind === "twice" ? typed.moments[0] : typed.after);
  };
  const nextDay = calendarDateAt(zone, end) !== date;
  return (
    <Section id="when" title={words("when.title")}>
      <div className={classes.when}>
        <DateInput
          label={words("when.date")}
          value={date}
          valueFormat="ddd D MMM YYYY"
          firstDayOfWeek={reader.weekStart}
          allowDeselect={false}
          fixOnBlur
          popoverProps={{ withinPortal: true }}
          onChange={(value) => {
            const day = parseCalendarDate(value ?? "");
            if (day !== undefined) typeStart(day, minuteOfDayAt(zone, start));
          }}
        />
        <TimeField
          label={words("when.start")}
          moment={start}
          reader={reader}
          error={errors.start}
          onTime={(minute) => typeStart(date, minute)}
        />
        <TimeField
          label={words("when.end")}
          moment={end}
          reader={reader}
          error={errors.end}
          onTime={(minute) => onMove({ from: start, to: endAfter(start, date, minute, zone) })}
        />
        <p className={classes.zone}>
          {words("when.zone", { zone: zoneCity(zone) })}{" "}
          <span>{zoneAbbreviation(start, zone, reader.locale)}</span>
        </p>
      </div>
      <fieldset className={classes.lengths} aria-label={words("when.length")}>
        {LENGTHS.map((length) => (
          <Button
            key={length}
            size="xs"
            variant={length === minutes ? "light" : "default"}
            aria-pressed={length === minutes}
            onClick={() => onMove({ from: start, to: addMinutes(start, length) })}
          >
            {durationText(length)}
          </Button>
        ))}
        {LENGTHS.includes(minutes) ? null : <span>{durationText(minutes)}</span>}
      </fieldset>
      {nextDay ? (
        <p className={classes.help}>
          {words("when.endsNextDay", { date: formatDateLong(end, reader) })}
        </p>
      ) : null}
      <Twice start={start} reader={reader} onChoose={begin} />
      {skipped === start ? (
        <p className={classes.note} role="status">
          {words("when.skipped", { zone: zoneCity(zone), time: formatTime(start, reader) })}
        </p>
      ) : null}
      {start <= now ? (
        <p className={classes.note} role="status">
          {words("when.past")}
        </p>
      ) : null}
    </Section>
  );
}
