import type { Area } from "../roles";
import { ANY_SELLER, call, SELLERS } from "../roles";

// The lead in question is owned by `crmUser`.
const READS_LEAD = call(403, { 200: SELLERS, 404: ["stranger"] });

/** Sales: leads, pipelines, companies, contacts and targets. */
export const crm: Area = {
  routes: {
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
  actions: {},
};
