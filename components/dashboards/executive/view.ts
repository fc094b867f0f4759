import type { Format } from "@/components/charts/series";
import type { Batch } from "@/lib/dashboards/core/batch";
import type { DrillOptions } from "@/lib/dashboards/core/drill-href";
import { hrefOfMetric } from "@/lib/dashboards/core/drill-href";
import type { ExecutiveBlocks } from "@/lib/dashboards/core/executive";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { DayReader } from "@/lib/dashboards/core/period-words";
import { longSpanWords, spanWords } from "@/lib/dashboards/core/span-words";
import type { DashboardName, ViewState } from "@/lib/dashboards/core/view-state";
import type { Cell } from "@/lib/metrics/core/answer";
import type { MetricUnit } from "@/lib/metrics/core/metric";
import type { Period } from "@/lib/metrics/core/range";
import type { MetricId } from "@/lib/metrics/core/registry";
import { addDays } from "@/lib/time/offset";

export type ExecutiveBatch = Batch<ExecutiveBlocks>;

/** What every block is drawn by: what was asked, and how its reader reads. */
export type View = {
  readonly state: ViewState;
  readonly currency: string;
  readonly told: DayReader;
  /** The elapsed part of the range, and its whole. */
  readonly period: Period;
  readonly whole: Period;
  /** Which screen its figures are on; absent: the executive one. */
  readonly from?: DashboardName;
};

export type Narrowing = Pick<DrillOptions, "by" | "key"> & {
  /** Other days than the range's. */
  readonly days?: Period | null;
};

/** The records behind a figure of this page. */
export function hrefOf(
  { state, from = "executive" }: View,
  id: MetricId,
  narrowing: Narrowing = {},
): string {
  const { days, ...rest } = narrowing;
  const asked: ViewState =
    days === undefined || days === null
      ? state
      : { ...state, range: { from: days.from, until: addDays(days.to, -1) } };
  return hrefOfMetric(id, asked, { from, ...rest });
}

/** A figure as a table says it. */
export const inTable = (
  { currency, told }: View,
  value: Cell | number | null,
  unit: MetricUnit,
): string => figureText(value, unit, { currency, locale: told.locale, short: true });

export const formatOf = ({ currency, told }: View, unit: MetricUnit): Format => ({
  unit,
  currency,
  locale: told.locale,
});

/** The range so far: "1–20 Nov". */
export const spanOf = ({ period, told }: View, span: Period = period): string =>
  span.to > span.from
    ? spanWords(span, told)
    : spanWords({ ...span, to: addDays(span.from, 1) }, told);

/** The whole range: "November". */
export const wholeSpanOf = ({ whole, told }: View): string => longSpanWords(whole, told);

/** How much of a target was reached, in whole percent: it may pass a hundred, and near it is no "100.0". */
export const attainedText = ({ currency, told }: View, attained: number | null): string =>
  figureText(attained, "ratio", { currency, locale: told.locale, digits: 0 });
