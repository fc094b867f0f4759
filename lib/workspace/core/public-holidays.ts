import Holidays from "date-holidays";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { DAY_MS } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";

export type Place = { readonly code: string; readonly name: string };
export type PublicHoliday = { readonly date: CalendarDate; readonly name: string };

const places = (found: Readonly<Record<string, string>> | undefined): readonly Place[] =>
  Object.entries(found ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((left, right) => left.name.localeCompare(right.name, "en"));

/** Countries whose public holidays are known, by their English names. Nothing is asked over a network. */
export const listCountries = (): readonly Place[] => places(new Holidays().getCountries("en"));

/** Parts of a country that have holidays of their own; none for most. */
export const listRegions = (country: string): readonly Place[] =>
  places(new Holidays().getStates(country, "en"));

/** The longest run of days one holiday may be: more is a mistake in its source. */
const LONGEST_DAYS = 31;

/**
 * The public holidays of a country, or of a part of it, in these years, by day; what lasts several days is a line for
 * each. Named in `language` where the source knows it, else in the country's own.
 */
export function publicHolidays(
  where: { readonly country: string; readonly region?: string | undefined },
  years: readonly number[],
  language: string,
): readonly PublicHoliday[] {
  const options = { types: ["public" as const], languages: [language, "en"] };
  const source = where.region
    ? new Holidays(where.country, where.region, options)
    : new Holidays(where.country, options);
  const found = new Map<string, PublicHoliday>();
  for (const holiday of years.flatMap((year) => source.getHolidays(year) ?? [])) {
    const first = parseCalendarDate(holiday.date.slice(0, 10));
    if (first === undefined) continue;
    const length = Math.round((holiday.end.getTime() - holiday.start.getTime()) / DAY_MS);
    for (let day = 0; day < Math.min(Math.max(length, 1), LONGEST_DAYS); day += 1) {
      const date = addDays(first, day);
      const name = holiday.name.slice(0, 120);
      found.set(`${date} ${name}`, { date, name });
    }
  }
  return [...found.values()].sort((left, right) => (left.date < right.date ? -1 : 1));
}
