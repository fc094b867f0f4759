import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import {
  addDays,
  calendarDateAt,
  endOfDay,
  minuteOfDayAt,
  startOfDay,
  wallToInstants,
} from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** From and to on the person's own calendar; whole days, both inclusive, where a time is null. */
export type AbsenceDates = {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly fromMinute: MinuteOfDay | null;
  readonly toMinute: MinuteOfDay | null;
};

/** Longer than this is leaving, not being away. */
const MAX_MS = 3 * 366 * DAY_MS;

export type AbsenceProblem = "ends-before" | "no-such-time" | "too-long";

type Told = { readonly field: "to" | "fromMinute"; readonly message: string };

const PROBLEMS: Readonly<Record<AbsenceProblem, Told>> = {
  "ends-before": { field: "to", message: "The end is not after the beginning." },
  "no-such-time": {
    field: "fromMinute",
    message: "The clock skips this time on that day. Choose another one.",
  },
  "too-long": { field: "to", message: "An absence lasts at most three years." },
};

/** The words for a problem of the dates and the field they stand beside; undefined for any other refusal. */
export const absenceProblem = (refusal: string): Told | undefined =>
  refusal in PROBLEMS ? PROBLEMS[refusal as AbsenceProblem] : undefined;

/** A time that comes twice is taken so that the absence is the longer one. */
export function absenceSpan(dates: AbsenceDates, zone: TimeZone): Result<Interval, AbsenceProblem> {
  const from =
    dates.fromMinute === null
      ? startOfDay(dates.from, zone)
      : wallToInstants(dates.from, dates.fromMinute, zone)[0];
  const to =
    dates.toMinute === null
      ? endOfDay(dates.to, zone)
      : wallToInstants(dates.to, dates.toMinute, zone).at(-1);
  if (from === undefined || to === undefined) return refuse("no-such-time");
  if (to <= from) return refuse("ends-before");
  return to - from > MAX_MS ? refuse("too-long") : ok({ from, to });
}

/** The dates an absence was entered with, on the calendar of `zone`. */
export function absenceDates({ from, to }: Interval, zone: TimeZone): AbsenceDates {
  const first = calendarDateAt(zone, from);
  const end = calendarDateAt(zone, to);
  const lastWhole = addDays(end, -1);
  const whole = startOfDay(first, zone) === from && endOfDay(lastWhole, zone) === to;
  if (whole) return { from: first, to: lastWhole, fromMinute: null, toMinute: null };
  return {
    from: first,
    to: end,
    fromMinute: minuteOfDayAt(zone, from) as MinuteOfDay,
    toMinute: minuteOfDayAt(zone, to as Instant) as MinuteOfDay,
  };
}
