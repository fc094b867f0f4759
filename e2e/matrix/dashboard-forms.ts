import { randomUUID } from "node:crypto";
import type { World } from "./world";

const payload = (data: object): Record<string, string> => ({ payload: JSON.stringify(data) });

const DAY_MS = 86_400_000;
const inDays = (days: number): string =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

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
  planRiskTaskAction: async () =>
    payload({
      risk: "stagnant",
      leadId: randomUUID(),
      filter: { team: [], owner: [], source: [], product: [] },
    }),
  undoRiskTaskAction: async () => payload({ id: randomUUID(), version: 1 }),
  snoozeRiskAction: async () =>
    payload({ risk: "overdue", until: inDays(14), reason: `Matrix ${randomUUID()}` }),
  wakeRiskAction: async () => payload({ id: randomUUID() }),
  setRiskThresholdsAction: async () =>
    payload({
      teamId: null,
      version: 0,
      overdueDays: null,
      quietDays: null,
      slips: 4,
      coveragePercent: null,
      concentrationPercent: null,
      mediumFromMinor: null,
      largeFromMinor: null,
      highValues: [],
    }),
});
