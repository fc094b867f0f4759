import { CURRENCIES, decimalOf, parseMoney } from "@/lib/crm/core/money";
import type { SaidThresholds } from "@/lib/dashboards/core/risk";

/** The form's own texts; empty is "as the next one says". */
export type Draft = {
  readonly overdueDays: string;
  readonly quietDays: string;
  readonly slips: string;
  readonly coverage: string;
  readonly concentrationPercent: string;
  readonly medium: string;
  readonly large: string;
  readonly highValues: readonly { readonly currency: string; readonly amount: string }[];
};

const text = (value: number | null | undefined): string => (value == null ? "" : String(value));

/** What was said, as the form shows it; undefined: nothing was. */
export function draftOf(said: SaidThresholds | undefined, base: string): Draft {
  const money = (minor: number | null | undefined, currency: string) =>
    minor == null ? "" : decimalOf({ minor, currency }).replace(/\.0+$/, "");
  const high = Object.entries(said?.highValues ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    overdueDays: text(said?.overdueDays),
    quietDays: text(said?.quietDays),
    slips: text(said?.slips),
    coverage: said?.coveragePercent == null ? "" : String(said.coveragePercent / 100),
    concentrationPercent: text(said?.concentrationPercent),
    medium: money(said?.mediumFromMinor, base),
    large: money(said?.largeFromMinor, base),
    highValues:
      high.length === 0
        ? [{ currency: base, amount: "" }]
        : high.map(([currency, minor]) => ({ currency, amount: money(minor, currency) })),
  };
}

type Sent = {
  readonly teamId: string | null;
  readonly version: number;
  readonly base: string;
  readonly locale: string;
};

type Parsed =
  | { readonly ok: true; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly fields: Readonly<Record<string, string>> };

/** What the form sends: numbers as numbers, and money in minor units. What cannot be read is told by its field. */
export function payloadOfDraft(
  draft: Draft,
  { teamId, version, base, locale }: Sent,
  words: { readonly number: string; readonly amount: string },
): Parsed {
  const fields: Record<string, string> = {};
  const number = (field: string, given: string): number | null => {
    const trimmed = given.trim().replace(",", ".");
    if (trimmed === "") return null;
    const value = Number(trimmed);
    if (!Number.isFinite(value)) fields[field] = words.number;
    return Number.isFinite(value) ? value : null;
  };
  const money = (field: string, given: string, currency: string): number | null => {
    if (given.trim() === "") return null;
    const parsed = parseMoney(given, currency, locale);
    if (parsed.ok) return parsed.value;
    fields[field] = words.amount;
    return null;
  };
  const coverage = number("coveragePercent", draft.coverage);
  const highValues = draft.highValues.flatMap(({ currency, amount }, at) => {
    const fromMinor = money(`highValues.${at}.fromMinor`, amount, currency);
    return fromMinor === null ? [] : [{ currency, fromMinor }];
  });
  const payload = {
    teamId,
    version,
    overdueDays: number("overdueDays", draft.overdueDays),
    quietDays: number("quietDays", draft.quietDays),
    slips: number("slips", draft.slips),
    coveragePercent: coverage === null ? null : Math.round(coverage * 100),
    concentrationPercent: number("concentrationPercent", draft.concentrationPercent),
    mediumFromMinor: teamId === null ? money("mediumFromMinor", draft.medium, base) : null,
    largeFromMinor: teamId === null ? money("largeFromMinor", draft.large, base) : null,
    highValues,
  };
  return Object.keys(fields).length === 0 ? { ok: true, payload } : { ok: false, fields };
}

/** The currencies a further amount can be said in. */
export const freeCurrencies = ({ highValues }: Draft): readonly string[] =>
  CURRENCIES.filter((code) => !highValues.some(({ currency }) => currency === code));
