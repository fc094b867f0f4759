import type { MetricId } from "@/lib/metrics/core/registry";
import type { DashboardName } from "./view-state";

/** Which figures each dashboard shows, in its cards, charts, tables and footer. */
const SHOWN: Readonly<Record<DashboardName, readonly MetricId[]>> = {
  executive: [
    "leads_created",
    "opportunities_created",
    "won_revenue",
    "lead_conversion_cohort_90",
    "weighted_pipeline_value",
    "average_won_value",
    "median_won_value",
    "won_count",
    "lost_count",
  ],
  strategic: [],
};

/** The dashboards a figure stands on. */
export const screensOf = (id: MetricId): readonly DashboardName[] =>
  (["executive", "strategic"] as const).filter((screen) => SHOWN[screen].includes(id));
