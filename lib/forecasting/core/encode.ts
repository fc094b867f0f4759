import type { Design } from "./logistic";
import type { NumberField, ScoredLead, ScoreField } from "./score-fields";
import { isNumberField, NUMBER_FIELDS, SCORE_FIELDS } from "./score-fields";

/** A value fewer have had is one of the others. */
const RARE_BELOW = 20;
const MOST_VALUES_OF_A_FIELD = 60;
const BINS = 5;

/** What is not known, and what is rare, are values of their own. */
export const UNKNOWN = "unknown";
export const OTHER = "other";

/** How leads become columns. `columns` are "field=value"; bins are numbered from 0. */
export type Encoding = {
  /** Upper ends of the bins, all but the last's. */
  readonly cuts: Readonly<Record<NumberField, readonly number[]>>;
  readonly columns: readonly {
    readonly field: ScoreField;
    readonly value: string;
    readonly n: number;
  }[];
};

/** Quantiles of what is known; equal ones are one. */
function cutsOf(leads: readonly ScoredLead[], field: NumberField): readonly number[] {
  const known = leads
    .flatMap(({ values }) => (typeof values[field] === "number" ? [values[field]] : []))
    .sort((a, b) => a - b);
  const cuts = Array.from(
    { length: BINS - 1 },
    (_, bin) => known[Math.floor((known.length * (bin + 1)) / BINS)] ?? 0,
  );
  return known.length < RARE_BELOW ? [] : [...new Set(cuts)];
}

/** The value as a text of a column: rare ones are not told apart yet. */
function textOf(lead: ScoredLead, field: ScoreField, cuts: Encoding["cuts"]): string {
  const value = lead.values[field];
  if (value === null || value === "") return UNKNOWN;
  if (typeof value === "string" || !isNumberField(field)) return String(value);
  const bin = cuts[field].findIndex((end) => value < end);
  return String(bin < 0 ? cuts[field].length : bin);
}

/** Learns the values and bins there are; every field has columns for what is not known and what is rare. */
export function encodingOf(leads: readonly ScoredLead[]): Encoding {
  const cuts = Object.fromEntries(
    NUMBER_FIELDS.map((field) => [field, cutsOf(leads, field)]),
  ) as Record<NumberField, readonly number[]>;
  const columns = SCORE_FIELDS.flatMap((field) => {
    const counts = new Map<string, number>();
    for (const lead of leads) {
      const text = textOf(lead, field, cuts);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const kept = [...counts]
      .filter(([value, n]) => value !== UNKNOWN && n >= RARE_BELOW)
      .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
      .slice(0, MOST_VALUES_OF_A_FIELD);
    const unknown = counts.get(UNKNOWN) ?? 0;
    const others = leads.length - unknown - kept.reduce((sum, [, n]) => sum + n, 0);
    return [...kept, [OTHER, others] as const, [UNKNOWN, unknown] as const].map(([value, n]) => ({
      field,
      value,
      n,
    }));
  });
  return { cuts, columns };
}

const keyOf = (field: ScoreField, value: string): string => `${field}=${value}`;

/** Finds the columns of a lead, one for each field. */
export function columnsOf({ cuts, columns }: Encoding): (lead: ScoredLead) => number[] {
  const places = new Map(columns.map(({ field, value }, at) => [keyOf(field, value), at]));
  return (lead) =>
    SCORE_FIELDS.map(
      (field) =>
        places.get(keyOf(field, textOf(lead, field, cuts))) ?? places.get(keyOf(field, OTHER)) ?? 0,
    );
}

export function designOf(encoding: Encoding, leads: readonly ScoredLead[]): Design {
  const find = columnsOf(encoding);
  const perRow = SCORE_FIELDS.length;
  const ones = new Int32Array(leads.length * perRow);
  leads.forEach((lead, row) => {
    ones.set(find(lead), row * perRow);
  });
  return { rows: leads.length, perRow, columns: encoding.columns.length, ones };
}
