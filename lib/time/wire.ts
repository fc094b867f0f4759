import { z } from "zod";
import { minuteOfDayOf, parseCalendarDate } from "./calendar-date";
import { parseInstant } from "./instant";
import { parseTimeZone } from "./zone";

/** Text → value where the reader says undefined to what it does not understand. */
const read = <T>(parse: (text: string) => T | undefined, message: string) =>
  z.string().transform((text, context): T => {
    const value = parse(text);
    if (value !== undefined) return value;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/** ISO 8601 with `Z` or an offset → `Instant`. A wall time without either is refused. */
export const instantOnWire = read(
  (text) => (text.length > 40 ? undefined : parseInstant(text)),
  "Expected an instant such as 2026-11-17T05:00:00Z",
).meta({ format: "date-time" });

/** IANA name → `TimeZone`, e.g. `Asia/Tokyo`. */
export const timeZoneOnWire = read(parseTimeZone, "Expected a time zone such as Asia/Tokyo");

/** `YYYY-MM-DD` → `CalendarDate`; days that do not exist are refused. */
export const calendarDateOnWire = read(
  parseCalendarDate,
  "Expected a date such as 2026-11-17",
).meta({ format: "date" });

/** Minutes since local midnight, 0…1440. */
export const minuteOfDaySchema = z.int().min(0).max(1440).transform(minuteOfDayOf);
