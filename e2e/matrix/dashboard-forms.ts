import { randomUUID } from "node:crypto";
import type { World } from "./world";

const payload = (data: object): Record<string, string> => ({ payload: JSON.stringify(data) });

/** The fields of the actions of dashboards, by the action's name. */
export const dashboardForms = (
  _world: World,
): Readonly<Record<string, () => Promise<Record<string, string>>>> => ({
  configureViewAction: async () =>
    payload({
      act: "make",
      dashboard: "executive",
      name: `Matrix ${randomUUID()}`,
      query: "range=last-month",
      layout: { hidden: [], order: [] },
      visibility: "private",
    }),
  preferViewAction: async () =>
    payload({ dashboard: "executive", refreshMinutes: Math.random() < 0.5 ? 1 : 15 }),
});
