import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS, parseInstant } from "@/lib/time/instant";
import { calendarDateAt, startOfDay, wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { PlainCell, Read } from "./import-cell";
import type { DateFormat } from "./import-mapping";

/** A day, and the time of it where the file tells one. Without a time the moment is the day's beginning. */
export type Moment = { readonly day: CalendarDate; readonly at: Instant };

const PARTS: Readonly<Record<DateFormat, RegExp>> = {
  "YYYY-MM-DD": /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  "DD.MM.YYYY": /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
  "DD/MM/YYYY": /^(?<day>\d{1,2})\/(?<month>\d{1,2})\/(?<year>\d{4})$/,
  "MM/DD/YYYY": /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4})$/,
  "DD-MM-YYYY": /^(?<day>\d{1,2})-(?<month>\d{1,2})-(?<year>\d{4})$/,
  "YYYY/MM/DD": /^(?<year>\d{4})\/(?<month>\d{1,2})\/(?<day>\d{1,2})$/,
  YYYYMMDD: /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
};

const TIME = /^(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?$/;
const EARLIEST = "1990-01-01";
const LATEST = "2200-01-01";

function dayOf(text: string, format: DateFormat): Read<CalendarDate> {
  const { year, month, day } = PARTS[format].exec(text)?.groups ?? {};
  if (year === undefined || month === undefined || day === undefined) {
    return {
      fault: { code: "date-unreadable", message: `"${text}" is no date of the form ${format}.` },
    };
  }
  const date = parseCalendarDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  if (date !== undefined && date >= EARLIEST && date < LATEST) return { value: date };
  const words =
    date === undefined ? "The calendar has no such day" : "No date of a deal is that far away";
  return { fault: { code: "date-impossible", message: `${words}: ${text}.` } };
}

/** A moment with its zone, as machines write it. */
function exactMoment(text: string, zone: TimeZone): Moment | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined;
  const at = parseInstant(text.replace(" ", "T"));
  return at === undefined ? undefined : { at, day: calendarDateAt(zone, at) };
}

/** Days read lately: a file has few and each many times, and a day's beginning in a zone takes some finding. */
const lately = new Map<string, Read<Moment>>();
const MOST_REMEMBERED = 20_000;

/** `readMoment`, remembered. */
export function readMomentOnce(cell: PlainCell, format: DateFormat, zone: TimeZone): Read<Moment> {
  if (typeof cell !== "string") return readMoment(cell, format, zone);
  const key = `${zone} ${format} ${cell}`;
  const known = lately.get(key);
  if (known !== undefined) return known;
  const read = readMoment(cell, format, zone);
  if (lately.size >= MOST_REMEMBERED) lately.clear();
  lately.set(key, read);
  return read;
}

/** Reads a date, with or without a time; a time without a zone is one on the workspace's clocks. */
export function readMoment(cell: PlainCell, format: DateFormat, zone: TimeZone): Read<Moment> {
  const text = typeof cell === "object" ? cell.text : String(cell);
  const exact = exactMoment(text, zone);
  if (exact !== undefined) return { value: exact };
  const [date = "", time] = text.split(/[T ]+/, 2);
  const day = dayOf(date, typeof cell === "object" ? "YYYY-MM-DD" : format);
  if ("fault" in day) {
    return day.fault.code === "date-unreadable"
      ? { fault: { ...day.fault, message: `"${text}" is no date of the form ${format}.` } }
      : day;
  }
  if (time === undefined) return { value: { day: day.value, at: startOfDay(day.value, zone) } };
  const { hour, minute } = TIME.exec(time)?.groups ?? {};
  if (hour === undefined) {
    return { fault: { code: "date-unreadable", message: `"${time}" is no time of a day.` } };
  }
  const minutes = Number(hour) * 60 + Number(minute);
  // A time the clocks skipped is taken as if they had not: an hour later on them.
  const [at = instantOf(startOfDay(day.value, zone) + minutes * MINUTE_MS)] = wallToInstants(
    day.value,
    minutes,
    zone,
  );
  return { value: { day: day.value, at } };
}
