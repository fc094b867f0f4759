"use client";

import { Autocomplete } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import { endAfter, momentAt, readTime, timeText } from "./typed-moment";
import { words } from "./words";

export type EditorReader = ScreenReader & { readonly weekStart: 0 | 1 | 2 | 3 | 4 | 5 | 6 };

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

/** A day and two times in the reader’s zone. `onSkipped` hears of a time the clock skips, and what was taken instead. */
export function TimeFields({
  wanted,
  errors,
  reader,
  onMove,
  onSkipped,
}: {
  wanted: Interval;
  errors: Readonly<Record<string, string>>;
  reader: EditorReader;
  onMove: (wanted: Interval) => void;
  onSkipped?: (instead: Instant | undefined) => void;
}) {
  const { zone } = reader;
  const { from: start, to: end } = wanted;
  const date = calendarDateAt(zone, start);
  const begin = (from: Instant) =>
    onMove({ from, to: addMinutes(from, (end - start) / MINUTE_MS) });
  const typeStart = (day: typeof date, minute: number) => {
    const typed = momentAt(day, minute, zone);
    onSkipped?.(typed.kind === "skipped" ? typed.after : undefined);
    if (typed.kind === "once") begin(typed.moment);
    else begin(typed.kind === "twice" ? typed.moments[0] : typed.after);
  };
  return (
    <>
      <DateInput
        label={words("when.date")}
        value={date}
        valueFormat="ddd D MMM YYYY"
        firstDayOfWeek={reader.weekStart}
        allowDeselect={false}
        fixOnBlur
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
    </>
  );
}
