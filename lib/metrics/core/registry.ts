import type { Metric } from "./metric";
import { ANSWERING } from "./registry/answering";
import { ARRIVALS } from "./registry/arrivals";
import { CATEGORIES } from "./registry/categories";
import { CLOSING } from "./registry/closing";
import { FORESIGHT } from "./registry/foresight";
import { MOVEMENT } from "./registry/movement";
import { PIPELINE } from "./registry/pipeline";
import { TARGETS } from "./registry/targets";

/** Every figure there is, by the id scripts use. */
export const METRICS = {
  ...ARRIVALS,
  ...ANSWERING,
  ...CLOSING,
  ...PIPELINE,
  ...TARGETS,
  ...CATEGORIES,
  ...MOVEMENT,
  ...FORESIGHT,
} as const satisfies Readonly<Record<string, Metric>>;

export type MetricId = keyof typeof METRICS;
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

export const metricOf = (id: MetricId): Metric => METRICS[id];
export const isMetricId = (text: string): text is MetricId => Object.hasOwn(METRICS, text);
