import type { Format } from "@/components/charts/series";
import { figureText } from "@/lib/dashboards/core/figure-text";
import { dayWords } from "@/lib/dashboards/core/span-words";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";

/** In what a page writes its figures and days. */
export type Look = {
  readonly currency: string;
  readonly today: CalendarDate;
  readonly locale: string;
  readonly zone: TimeZone;
};

export const moneyFormat = ({ currency, locale }: Look): Format => ({
  unit: "money",
  currency,
  locale,
});

/** "S$1.65 M". */
export const shortMoney = (minor: number, { currency, locale }: Look): string =>
  figureText(minor, "money", { currency, locale, short: true });

/** "6.7 %"; "–" without one. */
export const percent = (share: number | null, { currency, locale }: Look, digits = 1): string =>
  figureText(share, "ratio", { currency, locale, digits });

export const count = (n: number, { currency, locale }: Look): string =>
  figureText(n, "count", { currency, locale });

/** "0.87"; "–" without one. */
export const plain = (value: number | null, { currency, locale }: Look, digits = 2): string =>
  figureText(value, "number", { currency, locale, digits });

/** "20 Nov". */
export const dayText = (day: CalendarDate, { locale, today }: Look): string =>
  dayWords(day, { locale, today });

/** A scope at the beginning of a sentence: "All teams". */
export const scopeText = (scope: string): string =>
  scope.charAt(0).toLocaleUpperCase() + scope.slice(1);
