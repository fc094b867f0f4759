import type { MetricId } from "@/lib/metrics/core/registry";
import type { DashboardName } from "./view-state";

/** Which figures each dashboard shows, in its cards, charts, tables and footer. */
const SHOWN: Readonly<Record<DashboardName, readonly MetricId[]>> = {
  executive: [
    "average_won_value",
    "closed_win_rate",
    "junk_rate",
    "lead_conversion_cohort_90",
    "lead_opportunity_cohort",
    "leads_created",
    "lost_count",
    "median_won_value",
    "new_customers",
    "open_age_days_median",
    "open_leads",
    "open_opportunities",
    "open_pipeline_value",
    "opportunities_created",
    "overdue_count",
    "overdue_value",
    "response_minutes_median",
    "response_minutes_p90",
    "target_attainment",
    "weighted_pipeline_value",
    "won_count",
    "won_revenue",
  ],
  strategic: [
    "average_won_value",
    "closed_win_rate",
    "concentration_top",
    "forecast_best_case",
    "forecast_closed",
    "forecast_commit",
    "forecast_pipeline",
    "leads_created",
    "lost_count",
    "lost_value",
    "new_customers",
    "open_opportunities",
    "open_pipeline_value",
    "pipeline_coverage",
    "repeat_rate",
    "retention",
    "sales_cycle_days_median",
    "sales_cycle_days_p90",
    "sales_velocity",
    "stage_conversion",
    "target_attainment",
    "target_gap",
    "weighted_pipeline_value",
    "won_count",
    "won_revenue",
  ],
};

/** The dashboards a figure stands on. */
export const screensOf = (id: MetricId): readonly DashboardName[] =>
  (["executive", "strategic"] as const).filter((screen) => SHOWN[screen].includes(id));
