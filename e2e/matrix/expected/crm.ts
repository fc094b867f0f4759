import type { Area } from "../roles";

/** Sales: leads, pipelines, companies, contacts and targets. */
export const crm: Area = {
  routes: {},
  actions: {},
};
