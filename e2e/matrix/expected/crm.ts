import type { Area } from "../roles";
import {
  ANY_SALES_MANAGER,
  ANY_SELLER,
  call,
  everybody,
  page,
  SALES_MANAGERS,
  SELLERS,
} from "../roles";

// The lead in question is owned by `crmUser`.
const READS_LEAD = call(403, { 200: SELLERS, 404: ["stranger"] });

/** Sales: leads, pipelines, companies, contacts and targets. */
export const crm: Area = {
  routes: {
    // Leads to the first page of the set-up, which asks.
    "GET /admin/crm": everybody(307),
    "GET /admin/crm/fields": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /admin/crm/lists": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /admin/crm/pipelines": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /admin/crm/rates": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /admin/crm/rules": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /admin/crm/teams": page(404, { 200: ANY_SALES_MANAGER }),
    "GET /activities": page(404, { 200: ANY_SELLER }),
    "GET /targets": page(404, { 200: ANY_SELLER }),
    "GET /api/v1/targets": call(403, { 200: ANY_SELLER }),
    "GET /api/v1/leads": call(403, { 200: ANY_SELLER }),
    "POST /api/v1/leads": call(403, { 201: ANY_SELLER }),
    "GET /api/v1/leads/[id]": READS_LEAD,
    "PATCH /api/v1/leads/[id]": READS_LEAD,
    "POST /api/v1/leads/[id]/acts": READS_LEAD,
    "GET /api/v1/opportunities": call(403, { 200: ANY_SELLER }),
    "POST /api/v1/opportunities": call(403, { 201: ANY_SELLER }),
    "GET /api/v1/activities": call(403, { 200: ANY_SELLER }),
    "POST /api/v1/activities": call(403, { 201: SELLERS, 404: ["stranger"] }),
    "PATCH /api/v1/activities/[id]": call(403, { 200: SELLERS, 404: ["stranger"] }),
  },
  actions: {
    // The activity in question is of the lead in question.
    "lib/crm/actions/activities.ts#assignByRulesAction": SELLERS,
    "lib/crm/actions/activities.ts#finishActivityAction": SELLERS,
    "lib/crm/actions/activities.ts#logActivityAction": SELLERS,
    "lib/crm/actions/activities.ts#mailLeadAction": SELLERS,
    "lib/crm/actions/activities.ts#moveActivityAction": SELLERS,
    "lib/crm/actions/activities.ts#planActivityAction": SELLERS,
    "lib/crm/actions/activities.ts#removeActivityAction": SELLERS,
    // Setting sales up: what names something of the workspace in question is only theirs who manage its sales.
    "lib/crm/actions/rates.ts#pasteRatesAction": ANY_SALES_MANAGER,
    "lib/crm/actions/rates.ts#removeRateAction": SALES_MANAGERS,
    "lib/crm/actions/rates.ts#saveMoneyAction": ANY_SALES_MANAGER,
    "lib/crm/actions/rates.ts#setRateAction": ANY_SALES_MANAGER,
    "lib/crm/actions/rules.ts#removeRuleAction": SALES_MANAGERS,
    "lib/crm/actions/rules.ts#saveRuleAction": SALES_MANAGERS,
    "lib/crm/actions/set-up.ts#archiveAction": SALES_MANAGERS,
    "lib/crm/actions/set-up.ts#archiveStageAction": SALES_MANAGERS,
    "lib/crm/actions/set-up.ts#makeDefaultAction": SALES_MANAGERS,
    "lib/crm/actions/set-up.ts#orderAction": SALES_MANAGERS,
    "lib/crm/actions/set-up.ts#saveChoiceAction": ANY_SALES_MANAGER,
    "lib/crm/actions/set-up.ts#saveFieldAction": ANY_SALES_MANAGER,
    "lib/crm/actions/set-up.ts#savePersonAction": SALES_MANAGERS,
    "lib/crm/actions/set-up.ts#savePipelineAction": ANY_SALES_MANAGER,
    "lib/crm/actions/set-up.ts#saveStageAction": SALES_MANAGERS,
    "lib/crm/actions/set-up.ts#saveTeamAction": ANY_SALES_MANAGER,
    "lib/crm/actions/targets.ts#setTargetsAction": SALES_MANAGERS,
  },
};
