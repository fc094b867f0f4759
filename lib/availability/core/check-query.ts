import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Interval } from "@/lib/time/interval";
import { parseTimeZone } from "@/lib/time/zone";
import type {
  DateOverride,
  DayRange,
  Horizon,
  HostAvailability,
  Limit,
  ResourceAvailability,
  SlotQuery,
  WeeklyRange,
} from "./query";

const YEAR_MINUTES = 366 * 1440;
const MAX_HORIZON_DAYS = 3_660;
// Calendars of four-digit years; also what a `timestamptz` and our `CalendarDate` hold.
const FIRST_INSTANT = Date.UTC(1000, 0, 1);
const LAST_INSTANT = Date.UTC(9999, 11, 1);

/** Throws RangeError naming the first field that makes no sense; availability never guesses. */
export function checkQuery(query: SlotQuery): void {
  checkInterval("window", query.window);
  checkInstant("now", query.now);
  checkNumber("durationMinutes", query.durationMinutes, 1 / 60, YEAR_MINUTES);
  checkOptional("intervalMinutes", query.intervalMinutes, 1, YEAR_MINUTES);
  checkOptional("offsetMinutes", query.offsetMinutes, 0, YEAR_MINUTES);
  checkOptional("bufferBeforeMinutes", query.bufferBeforeMinutes, 0, YEAR_MINUTES);
  checkOptional("bufferAfterMinutes", query.bufferAfterMinutes, 0, YEAR_MINUTES);
  checkOptional("minimumNoticeMinutes", query.minimumNoticeMinutes, 0, 10 * YEAR_MINUTES);
  checkOptional("attendees", query.attendees, 0, Number.MAX_SAFE_INTEGER);
  if (query.horizon) checkHorizon(query.horizon);
  checkEach("limits", query.limits ?? [], checkLimit);
  checkEach("hosts", query.hosts, checkHost);
  checkEach("rooms", query.rooms ?? [], checkRoom);
}

export function checkInstant(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < FIRST_INSTANT || value > LAST_INSTANT)
    throw new RangeError(`${field}: not an instant in epoch milliseconds: ${value}`);
}

function checkNumber(field: string, value: number, least: number, most: number): void {
  if (typeof value !== "number" || !(value >= least && value <= most))
    throw new RangeError(`${field}: expected a number from ${least} to ${most}, got ${value}`);
}

function checkOptional(field: string, value: number | undefined, least: number, most: number) {
  if (value !== undefined) checkNumber(field, value, least, most);
}

function checkList(field: string, value: readonly unknown[]): void {
  if (!Array.isArray(value)) throw new RangeError(`${field}: expected a list`);
}

function checkEach<T>(
  field: string,
  items: readonly T[],
  check: (field: string, item: T) => void,
): void {
  checkList(field, items);
  for (const [index, item] of items.entries()) check(`${field}[${index}]`, item);
}

function checkInterval(field: string, span: Interval): void {
  if (!span) throw new RangeError(`${field}: expected { from, to }`);
  checkInstant(`${field}.from`, span.from);
  checkInstant(`${field}.to`, span.to);
  if (span.to < span.from) throw new RangeError(`${field}: "to" is before "from"`);
}

function checkIntervals(field: string, spans: readonly Interval[]): void {
  checkList(field, spans);
  // Thousands of entries, nearly always right: the field's name is only written for one that is wrong.
  const wrong = spans.findIndex((span) => !isInterval(span));
  if (wrong >= 0) checkInterval(`${field}[${wrong}]`, spans[wrong] as Interval);
}

const isInterval = (span: Interval | undefined): boolean =>
  span !== undefined &&
  Number.isSafeInteger(span.from) &&
  Number.isSafeInteger(span.to) &&
  span.from <= span.to;

function checkZone(field: string, zone: string): void {
  if (typeof zone !== "string" || parseTimeZone(zone) === undefined)
    throw new RangeError(`${field}: not a time zone this runtime knows: ${zone}`);
}

function checkDate(field: string, date: string): void {
  if (typeof date !== "string" || parseCalendarDate(date) === undefined)
    throw new RangeError(`${field}: not a calendar date: ${date}`);
}

function checkRange(field: string, range: DayRange): void {
  checkNumber(`${field}.fromMinute`, range.fromMinute, 0, 1440);
  checkNumber(`${field}.toMinute`, range.toMinute, 0, 2880);
}

function checkHours(
  field: string,
  weekly: readonly WeeklyRange[],
  overrides: readonly DateOverride[] | undefined,
): void {
  checkEach(`${field}.weekly`, weekly, (name, range) => {
    if (!Number.isInteger(range.day) || range.day < 0 || range.day > 6)
      throw new RangeError(`${name}.day: expected 0 (Sunday) to 6, got ${range.day}`);
    checkRange(name, range);
  });
  checkEach(`${field}.overrides`, overrides ?? [], (name, override) => {
    checkDate(`${name}.date`, override.date);
    checkEach(`${name}.ranges`, override.ranges, checkRange);
  });
}

function checkHost(field: string, host: HostAvailability): void {
  if (typeof host.id !== "string") throw new RangeError(`${field}.id: expected text`);
  if (host.role !== "fixed" && host.role !== "one-of")
    throw new RangeError(`${field}.role: expected "fixed" or "one-of", got ${String(host.role)}`);
  checkOptional(`${field}.weight`, host.weight, 0, Number.MAX_SAFE_INTEGER);
  checkZone(`${field}.zone`, host.zone);
  checkHours(field, host.weekly, host.overrides);
  checkEach(`${field}.zoneDuring`, host.zoneDuring ?? [], (name, stay) => {
    checkDate(`${name}.from`, stay.from);
    checkDate(`${name}.to`, stay.to);
    checkZone(`${name}.zone`, stay.zone);
  });
  checkIntervals(`${field}.busy`, host.busy);
  if (host.booked) checkIntervals(`${field}.booked`, host.booked);
}

function checkRoom(field: string, room: ResourceAvailability): void {
  if (typeof room.id !== "string") throw new RangeError(`${field}.id: expected text`);
  checkOptional(`${field}.capacity`, room.capacity, 0, Number.MAX_SAFE_INTEGER);
  checkIntervals(`${field}.busy`, room.busy);
  if (room.zone !== undefined) checkZone(`${field}.zone`, room.zone);
  if (room.weekly === undefined && room.overrides === undefined) return;
  if (room.zone === undefined)
    throw new RangeError(`${field}.zone: required when the room has opening hours`);
  checkHours(field, room.weekly ?? [], room.overrides);
}

function checkHorizon(horizon: Horizon): void {
  if (horizon.zone !== undefined) checkZone("horizon.zone", horizon.zone);
  switch (horizon.kind) {
    case "until":
      checkDate("horizon.date", horizon.date);
      return;
    case "days":
    case "business-days":
    case "bookable-days":
      checkNumber("horizon.days", horizon.days, 0, MAX_HORIZON_DAYS);
      return;
    default:
      throw new RangeError(`horizon.kind: unknown: ${String((horizon as Horizon).kind)}`);
  }
}

function checkLimit(field: string, limit: Limit): void {
  if (!["day", "week", "month", "year"].includes(limit.per))
    throw new RangeError(`${field}.per: expected day, week, month or year, got ${limit.per}`);
  checkOptional(`${field}.count`, limit.count, 0, Number.MAX_SAFE_INTEGER);
  checkOptional(`${field}.minutes`, limit.minutes, 0, Number.MAX_SAFE_INTEGER);
}
