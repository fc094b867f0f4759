import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { addDays, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

const TIME = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a|p)?$|^(\d{2})(\d{2})\s*(am|pm|a|p)?$/;

/** "14:00", "14.00", "1400", "9", "2pm", "2:30 pm" → minutes since midnight; undefined for anything else. */
export function readTime(text: string): number | undefined {
  const match = TIME.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const hour = Number(match[1] ?? match[4]);
  const minute = Number(match[2] ?? match[5] ?? "0");
  const half = match[3] ?? match[6];
  if (minute > 59) return undefined;
  if (half === undefined) return hour < 24 ? hour * 60 + minute : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return ((hour % 12) + (half.startsWith("p") ? 12 : 0)) * 60 + minute;
}

/** "14:00" or "2:00 pm", as `readTime` reads it back. */
export function timeText(minute: number, hourCycle: 12 | 24): string {
  const hour = Math.floor(minute / 60) % 24;
  const rest = String(minute % 60).padStart(2, "0");
  if (hourCycle === 24) return `${String(hour).padStart(2, "0")}:${rest}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${rest} ${hour < 12 ? "am" : "pm"}`;
}

export type TypedMoment =
  | { readonly kind: "once"; readonly moment: Instant }
  /** The clock shows this time twice: both moments, the earlier first. */
  | { readonly kind: "twice"; readonly moments: readonly [Instant, Instant] }
  /** The clock skips this time; `after` is the first one that exists. */
  | { readonly kind: "skipped"; readonly after: Instant };

/** The moment at which a clock in `zone` shows `minute` on `date`. */
export function momentAt(date: CalendarDate, minute: number, zone: TimeZone): TypedMoment {
  const [first, second] = wallToInstants(date, minute, zone);
  if (first !== undefined && second !== undefined)
    return { kind: "twice", moments: [first, second] };
  if (first !== undefined) return { kind: "once", moment: first };
  // No gap is longer than a day.
  for (let later = minute + 15; later <= minute + 26 * 60; later += 15) {
    const days = Math.floor(later / 1440);
    const [after] = wallToInstants(addDays(date, days), later - days * 1440, zone);
    if (after !== undefined) return { kind: "skipped", after };
  }
  throw new RangeError(`no such time in ${zone}: ${date} ${minute}`);
}

/**
 * The end of a meeting that was typed as a time of day: the first moment after its start at which the clock shows it,
 * so that 23:00 to 00:30 ends on the next day.
 */
export function endAfter(
  start: Instant,
  date: CalendarDate,
  minute: number,
  zone: TimeZone,
): Instant {
  for (const days of [0, 1, 2]) {
    const found = wallToInstants(addDays(date, days), minute, zone).find((end) => end > start);
    if (found !== undefined) return found;
  }
  return addMinutes(start, 60);
}
