import type { Metric } from "./metric";
import { ARRIVALS } from "./registry/arrivals";
import { CLOSING } from "./registry/closing";
import { PIPELINE } from "./registry/pipeline";

/** Every figure there is, by the id scripts use. */
export const METRICS = { ...ARRIVALS, ...CLOSING, ...PIPELINE } as const satisfies Readonly<
  Record<string, Metric>
>;

export type MetricId = keyof typeof METRICS;
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

export const metricOf = (id: MetricId): Metric => METRICS[id];
export const isMetricId = (text: string): text is MetricId => Object.hasOwn(METRICS, text);
