import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

const payload = (data: object): Record<string, string> => ({ payload: JSON.stringify(data) });

/** Somebody who sells in the workspace of the meeting in question. */
async function sellerOf({ db }: World, about: Booking): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT u.id FROM app_user u JOIN meeting m ON m.workspace_id = u.workspace_id
       JOIN user_group g ON g.workspace_id = u.workspace_id AND g.user_id = u.id AND g.group_name = 'crm_manager'
      WHERE m.id = $1 AND u.disabled_at IS NULL AND u.removed_at IS NULL ORDER BY u.id LIMIT 1`,
    [about.id],
  );
  return rows[0]?.id ?? "";
}

/** A mail that everybody of the workspace gets, made for the question. */
async function insertSchedule({ db }: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO dashboard_schedule (workspace_id, id, dashboard, name, query, cadence, minute, zone, format, created_by, created_at, next_at)
     SELECT m.workspace_id, $2, 'executive', 'Matrix', '', 'daily', 0, 'UTC', 'csv', u.id, now(), now() + interval '1 year'
       FROM meeting m JOIN LATERAL (SELECT id FROM app_user WHERE workspace_id = m.workspace_id ORDER BY id LIMIT 1) u ON true
      WHERE m.id = $1`,
    [about.id, id],
  );
  await db.query(
    `INSERT INTO dashboard_recipient (workspace_id, schedule_id, user_id)
     SELECT u.workspace_id, $2, u.id FROM app_user u JOIN meeting m ON m.workspace_id = u.workspace_id WHERE m.id = $1`,
    [about.id, id],
  );
  return id;
}

/** The fields of the actions of dashboards, by the action's name. */
export const dashboardForms = (
  world: World,
  about: Booking,
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
  scheduleMailAction: async () =>
    payload({
      act: "make",
      schedule: {
        dashboard: "executive",
        name: `Matrix ${randomUUID()}`,
        query: "",
        cadence: "monthly",
        weekday: null,
        monthDay: 28,
        minute: 1_439,
        zone: "UTC",
        format: "csv",
        recipients: [await sellerOf(world, about)],
      },
    }),
  stopMailAction: async () => payload({ id: await insertSchedule(world, about), stopped: true }),
});
