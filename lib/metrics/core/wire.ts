import { z } from "zod";
import { minorDigits } from "@/lib/crm/core/money";
import type { ScopeKind } from "@/lib/crm/core/scope";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import { addDays, daysBetween } from "@/lib/time/offset";
import type { Answer, Cell, MetricPlace } from "./answer";
import type { PlaceSplit, Split } from "./fact";
import { isTimeSplit, SPLITS } from "./fact";
import { bucketName } from "./group-key";
import type { Metric, MetricUnit, NoFigure } from "./metric";
import type { Days } from "./question";
import type { MetricRecord } from "./record";
import { parseRecordCursor, RECORD_SORTS } from "./record";
import type { MetricId } from "./registry";
import { METRIC_IDS, metricOf } from "./registry";
import { wilson } from "./wilson";

const day = z.string().transform((text, context): CalendarDate => {
  const date = parseCalendarDate(text);
  if (date !== undefined && date >= "1900-01-01" && date < "2200-01-01") return date;
  context.addIssue({ code: "custom", message: "is not a day, like 2017-03-31" });
  return z.NEVER;
});

/** Parameters that may be given several times; their values come joined by line feeds. */
export const REPEATABLE = ["team", "owner", "source", "product"] as const;
const values = z.string().max(4_000).optional();

const asked = {
  from: day.optional(),
  to: day.optional(),
  by: z.enum(SPLITS, `is not one of ${SPLITS.join(", ")}`).optional(),
  team: values,
  owner: values,
  source: values,
  product: values,
};

type AskedDays = { from?: CalendarDate | undefined; to?: CalendarDate | undefined };

const inOrder = ({ from, to }: AskedDays): boolean =>
  from === undefined || to === undefined || from <= to;
const OUT_OF_ORDER = { path: ["to"], message: "is before from" };

const MOST_DAYS = 4_000;

/** What a metric is asked for; both days are inside. */
export const metricQuery = z
  .strictObject(asked)
  .refine(inOrder, OUT_OF_ORDER)
  .refine(
    ({ from, to, by }) =>
      by !== "day" || from === undefined || to === undefined || daysBetween(from, to) < MOST_DAYS,
    { path: ["by"], message: `is day, of more than ${MOST_DAYS} days` },
  );

/** Which rows of a metric are asked for; `by` and `key` say one group of an answer. */
export const recordsQuery = z
  .strictObject({
    ...asked,
    key: z.string().max(200).optional(),
    sort: z.enum(RECORD_SORTS, `is not one of ${RECORD_SORTS.join(", ")}`).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: z
      .string()
      .refine((text) => parseRecordCursor(text) !== undefined, "is not the nextCursor of an answer")
      .optional(),
  })
  .refine(inOrder, OUT_OF_ORDER)
  .refine(({ by, key }) => (by === undefined) === (key === undefined), {
    path: ["key"],
    message: "goes with by: one group of that split",
  });

export type MetricQuery = z.output<typeof metricQuery>;
export type RecordsQuery = z.output<typeof recordsQuery>;

export const daysAsked = ({ from, to }: AskedDays): Days => ({
  from: from ?? null,
  to: to === undefined ? null : addDays(to, 1),
});

const isMoney = (unit: MetricUnit): boolean => unit === "money" || unit === "money_per_day";

/** A figure in units people use: major units of money, the rest as it is. */
export function inUnits(value: number | null, unit: MetricUnit, currency: string): number | null {
  if (value === null || !isMoney(unit)) return value;
  // Divided, not multiplied by a fraction: 1000553400 cents are exactly 10005534.
  return value / 10 ** minorDigits(currency);
}

export type FigureOnWire = {
  readonly value: number | null;
  readonly n: number;
  readonly reason?: NoFigure;
  /** Of a share: Wilson's 95 % interval. */
  readonly interval?: { readonly low: number; readonly high: number };
  /** Rows that are counted and not summed, where there are any. */
  readonly withoutAmount?: number;
  readonly withoutRate?: number;
};

function figureOnWire(
  { value, n, reason, hits, withoutAmount, withoutRate }: Cell,
  unit: MetricUnit,
  currency: string,
): FigureOnWire {
  const interval = hits === undefined || value === null ? null : wilson(hits, n);
  return {
    value: inUnits(value, unit, currency),
    n,
    ...(reason === undefined ? {} : { reason }),
    ...(interval === null ? {} : { interval }),
    ...(withoutAmount === undefined ? {} : { withoutAmount }),
    ...(withoutRate === undefined ? {} : { withoutRate }),
  };
}

export type MetricOnWire = FigureOnWire & {
  readonly id: MetricId;
  readonly name: string;
  readonly definition: string;
  readonly unit: MetricUnit;
  readonly currency?: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly scope: ScopeKind;
  readonly zone: string;
  /** ISO 8601. */
  readonly asOf: string;
  readonly groups?: readonly (FigureOnWire & {
    readonly key: string | null;
    readonly label: string;
  })[];
};

/** An answer as machines are told it. `labelOf` names the groups of a place split. */
export function metricOnWire(
  { total, groups }: Answer,
  {
    id,
    days,
    by,
    place,
    scope,
    labelOf,
  }: {
    readonly id: MetricId;
    readonly days: Days;
    readonly by: Split | null;
    readonly place: MetricPlace;
    readonly scope: ScopeKind;
    readonly labelOf: (key: string | null) => string;
  },
): MetricOnWire {
  const { name, words, unit }: Metric = metricOf(id);
  const { currency, zone, now, fiscalStart } = place;
  const keyed = (key: string | null) => {
    if (by === null || !isTimeSplit(by) || key === null) return { key, label: labelOf(key) };
    const named = bucketName(by, key as CalendarDate, fiscalStart);
    return { key: named, label: named };
  };
  return {
    id,
    name,
    definition: words,
    unit,
    ...(isMoney(unit) ? { currency } : {}),
    ...figureOnWire(total, unit, currency),
    from: days.from,
    to: days.to === null ? null : addDays(days.to, -1),
    scope,
    zone,
    asOf: toIso(now),
    ...(groups === undefined
      ? {}
      : {
          groups: groups.map(({ key, ...cell }) => ({
            ...keyed(key),
            ...figureOnWire(cell, unit, currency),
          })),
        }),
  };
}

/** A row behind a figure; amounts in major units. */
export function recordOnWire(record: MetricRecord, base: string) {
  const { amountMinor, baseMinor, currency, ...rest } = record;
  return {
    ...rest,
    amount: inUnits(amountMinor, "money", currency),
    currency,
    baseAmount: inUnits(baseMinor, "money", base),
    baseCurrency: base,
  };
}

/** Every figure there is, as a dictionary. */
export const dictionaryOnWire = () =>
  METRIC_IDS.map((id) => {
    const { name, words, formula, kind, unit, better, nulls, attribution, ...more }: Metric =
      metricOf(id);
    const notBy: readonly PlaceSplit[] = more.not ?? [];
    return {
      id,
      name,
      definition: words,
      formula,
      kind,
      unit,
      better,
      nulls,
      currency: more.currency ?? null,
      attribution,
      maturityDays: more.maturityDays ?? null,
      by: SPLITS.filter((split) => isTimeSplit(split) || !notBy.includes(split)),
    };
  });
