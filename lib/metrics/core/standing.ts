import type { Measured, MeasureName } from "./measure";
import type { Metric } from "./metric";

/** What the nightly records of the pipeline know of past evenings: each measure of the open pipeline as it stood then. */
export const RECORDED: Readonly<Partial<Record<MeasureName, MeasureName>>> = {
  open: "standing_end",
  open_base: "standing_end_base",
  open_with_base: "standing_end_with_base",
  open_without_amount: "standing_end_without_amount",
  open_without_rate: "standing_end_without_rate",
  open_weighted: "standing_end_weighted",
};

/** Whether a state can be told of past evenings. */
export const isRecorded = (metric: Pick<Metric, "kind" | "measures">): boolean =>
  metric.kind === "state" && metric.measures.every((name) => RECORDED[name] !== undefined);

/** Recorded measures under the names of today's; null where the evening was not recorded. */
export function asRecorded(measured: Measured): Measured | null {
  const known: Record<string, number> = {};
  for (const [name, recorded] of Object.entries(RECORDED) as [MeasureName, MeasureName][]) {
    const value = measured[recorded];
    if (value === null) return null;
    if (value !== undefined) known[name] = value;
  }
  return Object.keys(known).length === 0 ? null : known;
}
