import type ICAL from "ical.js";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import { startOfDay, utcMidnight, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";

const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** The day a time stands on, whatever its zone. Throws RangeError where the calendar has no such day. */
export function dateOf({ year, month, day }: ICAL.Time): CalendarDate {
  const text = `${String(year).padStart(4, "0")}-${twoDigits(month)}-${twoDigits(day)}`;
  const date = parseCalendarDate(text);
  if (date === undefined) throw new RangeError(`not a day: ${text}`);
  return date;
}

/** What is written as `TZID=/citadel.org/20070227_1/Europe/Berlin` means the zone at its end. */
function zoneNamed(name: string): TimeZone | undefined {
  const parts = name.replace(/^"|"$/g, "").split("/");
  for (let from = 0; from < parts.length; from += 1) {
    const zone = parseTimeZone(parts.slice(from).join("/"));
    if (zone !== undefined) return zone;
  }
  return undefined;
}

/** The zone a wall time without a definition of its own is meant in: that of its TZID, else the reader's. */
export const zoneOfProperty = (property: ICAL.Property | null, reader: TimeZone): TimeZone => {
  const named = property?.getFirstParameter("tzid");
  return (named === undefined ? undefined : zoneNamed(named)) ?? reader;
};

/**
 * The moment of a time in a calendar file. A day begins at its reader's midnight; UTC and a zone the file defines mean
 * what they say; any other wall time is one of `zone`, the hour that a change of clocks leaves out being the one after.
 */
export function momentOf(
  time: ICAL.Time,
  { zone, reader }: { readonly zone: TimeZone; readonly reader: TimeZone },
): Instant {
  if (time.isDate) return startOfDay(dateOf(time), reader);
  // Floating is what the library calls both wall times without a zone and those of one the file does not define.
  if (time.zone.tzid !== "floating") return instantOf(time.toUnixTime() * 1000);
  const minute = time.hour * 60 + time.minute;
  const [first] = wallToInstants(dateOf(time), minute, zone);
  if (first !== undefined) return first;
  const [later] = wallToInstants(dateOf(time), Math.min(minute + 60, 1440), zone);
  return later ?? instantOf(utcMidnight(dateOf(time)) + minute * MINUTE_MS);
}
