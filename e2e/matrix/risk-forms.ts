import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

const payload = (data: object): Record<string, string> => ({ payload: JSON.stringify(data) });

const DAY_MS = 86_400_000;
const inDays = (days: number): string =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

const FILTER = { team: [], owner: [], source: [], product: [] };

/** An open deal of the person of sales whose close date passed long ago. */
async function insertOverdue({ db }: World): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO lead (workspace_id, id, kind, name, currency, amount_minor, owner_id, pipeline_id, stage_id, stage_type,
                       stage_entered_at, opportunity_at, expected_close, created_at, updated_at)
     SELECT u.workspace_id, $1, 'opportunity', 'Matrix overdue', 'USD', 120000, u.id, s.pipeline_id, s.id, s.type,
            now() - interval '90 days', now() - interval '90 days', current_date - 60, now() - interval '90 days', now()
       FROM app_user u
       JOIN stage s ON s.workspace_id = u.workspace_id AND s.type = 'open' AND s.archived_at IS NULL
       JOIN pipeline p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id AND p.is_default
      WHERE u.email = 'sales@meridian.example' ORDER BY s.position LIMIT 1`,
    [id],
  );
  return id;
}

/** A task somebody planned for it a moment ago. */
async function insertTask(world: World): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO activity (workspace_id, id, lead_id, kind, subject, due_at, assignee_id, created_at)
     SELECT workspace_id, $1, id, 'task', 'Follow up', now() + interval '1 day', owner_id, now() FROM lead WHERE id = $2`,
    [id, await insertOverdue(world)],
  );
  return id;
}

/** No risk rests, wherever: only one of a kind can. */
const wakeAll = ({ db }: World) => db.query("DELETE FROM risk_snooze");

async function insertSnooze(world: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await wakeAll(world);
  await world.db.query(
    `INSERT INTO risk_snooze (workspace_id, id, risk, reason, until_day, set_at)
     SELECT workspace_id, $2, 'overdue', 'Matrix', current_date + 7, now() FROM meeting WHERE id = $1`,
    [about.id, id],
  );
  return id;
}

/** Forms about what could be lost. */
export const riskForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  planRiskTaskAction: async () =>
    payload({ risk: "overdue", leadId: await insertOverdue(world), filter: FILTER }),
  undoRiskTaskAction: async () => payload({ id: await insertTask(world), version: 1 }),
  snoozeRiskAction: async () => {
    await wakeAll(world);
    return payload({ risk: "overdue", until: inDays(14), reason: `Matrix ${randomUUID()}` });
  },
  wakeRiskAction: async () => payload({ id: await insertSnooze(world, about) }),
  setRiskThresholdsAction: async () => {
    await world.db.query("DELETE FROM risk_threshold");
    return payload({
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
    });
  },
});
