import type { Area } from "../roles";
import { ANY_SALES_MANAGER, ANY_SELLER, call, HOSTS, page, SALES_MANAGERS } from "../roles";

/** The dashboards: both of them, every figure on them, their views and files. */
export const dashboards: Area = {
  routes: {
    "GET /api/v1/dashboards/executive": call(403, { 200: ANY_SELLER }),
    "GET /api/v1/dashboards/executive/[file]": call(403, { 200: ANY_SELLER }),
    "GET /api/v1/dashboards/strategic": call(403, { 200: ANY_SALES_MANAGER }),
    "GET /api/v1/dashboards/strategic/[file]": call(403, { 200: ANY_SALES_MANAGER }),
    "GET /api/v1/dashboards/live": call(403, { 200: ANY_SELLER }),
    "GET /api/v1/metrics": call(403, { 200: ANY_SELLER }),
    "GET /api/v1/metrics/[id]": call(403, { 200: ANY_SELLER }),
    "GET /api/v1/metrics/[id]/export": call(403, { 200: ANY_SELLER }),
    "GET /api/v1/metrics/[id]/records": call(403, { 200: ANY_SELLER }),
    "GET /dashboards": page(404, { 307: ANY_SELLER }),
    "GET /dashboards/executive": page(404, { 200: ANY_SELLER }),
    "GET /dashboards/forecast": page(404, { 200: ANY_SELLER }),
    "GET /dashboards/scoring": page(404, { 200: ANY_SELLER }),
    "GET /dashboards/strategic": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /dashboards/strategic/deals": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /metrics": page(404, { 200: ANY_SELLER }),
    "GET /metrics/[id]": page(404, { 200: ANY_SELLER }),
    "GET /metrics/[id]/records": call(404, { 200: ANY_SELLER }),
  },
  actions: {
    // The deal, the task and the risk that rests are of the workspace in question.
    "lib/dashboards/actions/risk.ts#planRiskTaskAction": SALES_MANAGERS,
    "lib/dashboards/actions/risk.ts#setRiskThresholdsAction": ANY_SALES_MANAGER,
    "lib/dashboards/actions/risk.ts#snoozeRiskAction": ANY_SALES_MANAGER,
    "lib/dashboards/actions/risk.ts#undoRiskTaskAction": SALES_MANAGERS,
    "lib/dashboards/actions/risk.ts#wakeRiskAction": SALES_MANAGERS,
    // The recipients in question are of the workspace in question.
    "lib/dashboards/actions/schedules.ts#scheduleMailAction": SALES_MANAGERS,
    "lib/dashboards/actions/schedules.ts#stopMailAction": [...HOSTS, "crmUser", "crmManager"],
    "lib/dashboards/actions/views.ts#configureViewAction": ANY_SALES_MANAGER,
    "lib/dashboards/actions/views.ts#preferViewAction": ANY_SELLER,
  },
  audited: [
    "GET /api/v1/dashboards/executive/[file]",
    "GET /api/v1/dashboards/strategic/[file]",
    "GET /api/v1/metrics/[id]/export",
  ],
};
