import type { ScreenReader } from "@/components/shell/viewer";
import { formatMoney } from "@/lib/crm/core/money";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { formatTag } from "@/lib/time/format";
import { utcMidnight } from "@/lib/time/offset";
import { t } from "./deal-text";

/** "31 Dec 2026": a day belongs to no zone. */
export const dayText = (day: CalendarDate, locale: string): string =>
  new Intl.DateTimeFormat(formatTag(locale), {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(utcMidnight(day));

const regions = new Map<string, Intl.DisplayNames>();

/** "Singapore" of SG. */
export function countryName(code: string, locale: string): string {
  const tag = formatTag(locale);
  const names = regions.get(tag) ?? new Intl.DisplayNames([tag], { type: "region" });
  regions.set(tag, names);
  return names.of(code) ?? code;
}

const NO_COUNTRY = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"]);

/** Two-letter codes of all countries, by their names in the reader's language. */
export function countryChoices(locale: string) {
  const codes = Array.from({ length: 26 * 26 }, (_, at) =>
    String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26)),
  );
  return codes
    .map((value) => ({ value, label: countryName(value, locale) }))
    .filter(({ value, label }) => label !== value && !NO_COUNTRY.has(value))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
}

const isMoney = (value: object): value is { readonly minor: number; readonly currency: string } =>
  "minor" in value && "currency" in value;

const FIELDS = {
  amount: true,
  mrr: true,
  expected_close: true,
  category: true,
  probability: true,
  owner: true,
  team: true,
  product: true,
  company: true,
  source: true,
  country: true,
  industry: true,
  parked_until: true,
  tags: true,
  custom: true,
  lost_reason: true,
  closed_at: true,
  name: true,
  contact: true,
  email: true,
  phone: true,
  description: true,
  stage: true,
} as const;

/** What a field of the history is called. */
export const fieldName = (field: string): string =>
  Object.hasOwn(FIELDS, field) ? t(`field.${field as keyof typeof FIELDS}`) : field;

const CATEGORIES = ["omitted", "pipeline", "best_case", "commit", "closed"] as const;

export const categoryName = (value: string): string => {
  const known = CATEGORIES.find((category) => category === value);
  return known === undefined ? value : t(`category.${known}`);
};

const textOf = (field: string, value: string, { locale }: ScreenReader): string => {
  if (field === "category") return categoryName(value);
  if (field === "country") return countryName(value, locale);
  const day =
    field === "expected_close" || field === "parked_until" ? parseCalendarDate(value) : undefined;
  return day === undefined ? value : dayText(day, locale);
};

/** A value of the history as its reader reads it. */
export function valueWords(field: string, value: unknown, reader: ScreenReader): string {
  if (value === null || value === undefined || value === "") return t("facts.none");
  if (Array.isArray(value)) return value.length === 0 ? t("facts.none") : value.join(", ");
  if (typeof value === "object")
    return isMoney(value) ? formatMoney(value, reader.locale, "code") : "…";
  if (typeof value === "number") return field === "probability" ? `${value} %` : String(value);
  return textOf(field, String(value), reader);
}

type Change = { readonly field: string; readonly before: unknown; readonly after: unknown };

/** Fields that only say that they changed: what was written there is personal, or too long for a line. */
const SILENT = new Set(["name", "contact", "email", "phone", "description", "custom", "closed_at"]);

/** "Amount: S$60,000 → S$67,600", or "Description changed". */
export function changeWords({ field, before, after }: Change, reader: ScreenReader): string {
  if (SILENT.has(field)) return t("timeline.changed", { field: fieldName(field) });
  return t("timeline.change", {
    field: fieldName(field),
    before: valueWords(field, before, reader),
    after: valueWords(field, after, reader),
  });
}
