"use client";

import { Chip, NumberInput, Select } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { useEffect, useRef } from "react";
import type { RecurrenceEnd, RecurrenceRule } from "@/lib/meetings/core/recurrence";
import { MAX_INTERVAL, MAX_OCCURRENCES } from "@/lib/meetings/core/recurrence";
import { weekdayName } from "@/lib/meetings/core/rule-words";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneCity } from "@/lib/time/zone-names";
import type { Frequency, Repeat } from "./recurrence-rules";
import { monthlyWays, ruleFor, ruleOnDay, sameWay } from "./recurrence-rules";
import classes from "./series.module.css";
import { repeatsWords, say } from "./series-words";

type Week = { readonly weekStart: DayOfWeek; readonly locale: string };

type PartProps = Week & {
  readonly rule: RecurrenceRule;
  readonly date: CalendarDate;
  readonly onRule: (rule: RecurrenceRule) => void;
};

const UNITS = {
  daily: "field.intervalDays",
  weekly: "field.intervalWeeks",
  monthly: "field.intervalMonths",
} as const;

const whole = (value: number | string, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(Number(value)) || least));

function Days({ rule, weekStart, locale, onRule }: PartProps) {
  if (rule.freq !== "weekly") return null;
  const order = [0, 1, 2, 3, 4, 5, 6].map((day) => ((day + weekStart) % 7) as DayOfWeek);
  return (
    <fieldset className={classes.days}>
      <legend>{say("field.days")}</legend>
      <Chip.Group
        multiple
        value={rule.days.map(String)}
        onChange={(values) => {
          const days = order.filter((day) => values.includes(String(day)));
          // A week needs a day: the last one stays.
          if (days.length > 0) onRule({ ...rule, days });
        }}
      >
        <div className={classes.chips}>
          {order.map((day) => (
            <Chip key={day} value={String(day)} size="xs" aria-label={weekdayName(day, locale)}>
              {weekdayName(day, locale, "short")}
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </fieldset>
  );
}

function MonthDay({ rule, date, locale, onRule }: PartProps) {
  if (rule.freq !== "monthly") return null;
  const offered = monthlyWays(date);
  const ways = offered.some((way) => sameWay(way, rule.by)) ? offered : [rule.by, ...offered];
  const name = (by: (typeof ways)[number]) => {
    if (by.kind === "date")
      return by.day === -1 ? say("field.byLastDay") : say("field.byDate", { day: by.day });
    const nth = say(by.nth === -1 ? "repeat.nthLast" : `repeat.nth${by.nth}`);
    return say("field.byWeekday", { nth, day: weekdayName(by.day, locale) });
  };
  return (
    <Select
      label={say("field.by")}
      value={JSON.stringify(rule.by)}
      data={ways.map((by) => ({ value: JSON.stringify(by), label: name(by) }))}
      allowDeselect={false}
      description={
        rule.by.kind === "date" && rule.by.day > 28
          ? say("field.shortMonths", { day: rule.by.day })
          : undefined
      }
      onChange={(value) => {
        const by = ways.find((way) => JSON.stringify(way) === value);
        if (by !== undefined) onRule({ ...rule, by });
      }}
    />
  );
}

function End({ rule, date, weekStart, onRule }: PartProps) {
  const { end } = rule;
  const set = (next: RecurrenceEnd) => onRule({ ...rule, end: next });
  return (
    <div className={classes.end}>
      <Select
        label={say("field.end")}
        value={end.kind}
        data={[
          { value: "count", label: say("field.endCount") },
          { value: "until", label: say("field.endUntil") },
        ]}
        allowDeselect={false}
        onChange={(value) =>
          set(
            value === "until"
              ? { kind: "until", date: addDays(date, 90) }
              : { kind: "count", count: 10 },
          )
        }
      />
      {end.kind === "count" ? (
        <NumberInput
          label={say("field.count")}
          min={1}
          max={MAX_OCCURRENCES}
          clampBehavior="strict"
          allowDecimal={false}
          suffix={` ${say("field.times")}`}
          value={end.count}
          onChange={(value) => set({ kind: "count", count: whole(value, 1, MAX_OCCURRENCES) })}
        />
      ) : (
        <DateInput
          label={say("field.until")}
          value={end.date}
          minDate={date}
          valueFormat="ddd D MMM YYYY"
          firstDayOfWeek={weekStart}
          allowDeselect={false}
          fixOnBlur
          onChange={(value) => {
            const last = parseCalendarDate(value ?? "");
            if (last !== undefined) set({ kind: "until", date: last });
          }}
        />
      )}
    </div>
  );
}

/** A rule follows the day of its meeting while it names no other. */
function useRuleOnDay(
  value: Repeat | null,
  date: CalendarDate,
  onChange: (value: Repeat | null) => void,
): void {
  const shown = useRef(date);
  useEffect(() => {
    const before = shown.current;
    shown.current = date;
    if (value === null || before === date) return;
    const rule = ruleOnDay(value.rule, before, date);
    if (rule !== value.rule) onChange({ ...value, rule, choices: [] });
  }, [value, date, onChange]);
}

/**
 * How a meeting that begins at `start` repeats; null is not at all. `zone`: whose clock its times keep to. What was
 * chosen for single dates ends with the dates they were chosen for.
 */
export function RecurrenceField({
  value,
  onChange,
  start,
  zone,
  weekStart,
  locale,
  error,
}: Week & {
  readonly value: Repeat | null;
  readonly onChange: (value: Repeat | null) => void;
  readonly start: Instant;
  readonly zone: TimeZone;
  readonly error?: string | undefined;
}) {
  const date = calendarDateAt(zone, start);
  useRuleOnDay(value, date, onChange);
  const choose = (freq: Frequency) =>
    onChange(
      freq === "never"
        ? null
        : {
            rule: ruleFor(freq, date, { weekStart, end: value?.rule.end }),
            zone,
            choices: [],
          },
    );
  const rule = value?.rule;
  const onRule = (next: RecurrenceRule) => onChange({ rule: next, zone, choices: [] });
  const part = { weekStart, locale, date, onRule };
  return (
    <div className={classes.field}>
      <div className={classes.line}>
        <Select
          label={say("field.label")}
          value={rule?.freq ?? "never"}
          data={(["never", "daily", "weekly", "monthly"] as const).map((freq) => ({
            value: freq,
            label: say(`field.${freq}`),
          }))}
          allowDeselect={false}
          error={error}
          onChange={(freq) => choose((freq ?? "never") as Frequency)}
        />
        {rule === undefined ? null : (
          <NumberInput
            label={say("field.interval")}
            min={1}
            max={MAX_INTERVAL}
            clampBehavior="strict"
            allowDecimal={false}
            suffix={` ${say(UNITS[rule.freq], { count: rule.interval })}`}
            value={rule.interval}
            onChange={(interval) => onRule({ ...rule, interval: whole(interval, 1, MAX_INTERVAL) })}
          />
        )}
      </div>
      {rule === undefined ? null : (
        <>
          <Days rule={rule} {...part} />
          <MonthDay rule={rule} {...part} />
          <End rule={rule} {...part} />
          <p className={classes.help}>
            {say("line.series", { what: repeatsWords(rule, locale) })}.{" "}
            {say("field.clock", { city: zoneCity(zone) })}
          </p>
        </>
      )}
    </div>
  );
}
