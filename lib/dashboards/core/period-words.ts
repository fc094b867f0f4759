import type { Period } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatTag } from "@/lib/time/format";
import { addDays, utcMidnight } from "@/lib/time/offset";

export type DayReader = { readonly locale: string; readonly today: CalendarDate };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, withYear: boolean): Intl.DateTimeFormat {
  const key = `${locale} ${withYear}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(formatTag(locale), {
    day: "numeric",
    month: "short",
    ...(withYear ? { year: "numeric" } : {}),
    timeZone: "UTC",
  });
  formats.set(key, made);
  return made;
}

/**
 * A period in words, its last day inside: "1–20 Nov", "20 Nov", "28 Oct – 3 Nov"; with the year wherever it is not the
 * reader's own.
 */
export function periodWords({ from, to }: Period, { locale, today }: DayReader): string {
  // A range that lies ahead has no day yet that has been: its first one stands for it.
  const last = to > from ? addDays(to, -1) : from;
  const withYear = from.slice(0, 4) !== today.slice(0, 4) || last.slice(0, 4) !== today.slice(0, 4);
  const text = formatOf(locale, withYear).formatRange(utcMidnight(from), utcMidnight(last));
  // Locale data uses spaces that searching and tests trip over, and some of it sets even "1 – 20 Nov" apart.
  return text
    .replace(/[\u00a0\u202f\u2009]/g, " ")
    .replace(/^(\d+) – (?=\d)(?=\d+ \D+(?: \d{4})?$)/, "$1–");
}
