import { monthAfter, yearAt } from "@/lib/crm/core/target";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { addDays, daysBetween } from "@/lib/time/offset";
import type { TimeSplit } from "./fact";
import { weekStart } from "./range";

const two = (number: number): string => String(number).padStart(2, "0");

/** The Monday of the week that has the year's first Thursday in it (ISO 8601). */
const firstWeek = (year: number): CalendarDate => weekStart(`${year}-01-04` as CalendarDate);

/**
 * The name of a bucket: "2017-03-05", "2017-W10" (ISO 8601), "2017-03", "2017-Q1", "2017". Business quarters and years
 * are named after the calendar year they begin in.
 */
export function bucketName(split: TimeSplit, start: CalendarDate, fiscalStart: number): string {
  switch (split) {
    case "day":
      return start;
    case "week": {
      const year = Number(addDays(start, 3).slice(0, 4));
      return `${year}-W${two(daysBetween(firstWeek(year), start) / 7 + 1)}`;
    }
    case "month":
      return start.slice(0, 7);
    case "quarter": {
      const month = (Number(start.slice(5, 7)) - fiscalStart + 12) % 12;
      return `${yearAt(start, fiscalStart)}-Q${Math.floor(month / 3) + 1}`;
    }
    case "year":
      return String(yearAt(start, fiscalStart));
  }
}

/** The first day of the bucket a name, or its first day, says; undefined where it says none. */
export function bucketNamed(
  split: TimeSplit,
  name: string,
  fiscalStart: number,
): CalendarDate | undefined {
  const start = startNamed(split, name, fiscalStart) ?? parseCalendarDate(name);
  if (start === undefined || parseCalendarDate(start) === undefined) return undefined;
  return bucketNameOf(split, start, fiscalStart, name) ? start : undefined;
}

const bucketNameOf = (
  split: TimeSplit,
  start: CalendarDate,
  fiscalStart: number,
  name: string,
): boolean => name === start || bucketName(split, start, fiscalStart) === name;

function startNamed(split: TimeSplit, name: string, fiscalStart: number): CalendarDate | undefined {
  const [, year = "", part = ""] = /^(\d{4})(?:-[WQ]?(\d{1,2}))?$/.exec(name) ?? [];
  if (year === "") return undefined;
  const business = `${year}-${two(fiscalStart)}-01` as CalendarDate;
  switch (split) {
    case "week":
      return addDays(firstWeek(Number(year)), 7 * (Number(part) - 1));
    case "month":
      return `${year}-${two(Number(part))}-01` as CalendarDate;
    case "quarter":
      return monthAfter(business, 3 * (Number(part) - 1));
    case "year":
      return business;
    case "day":
      return undefined;
  }
}
