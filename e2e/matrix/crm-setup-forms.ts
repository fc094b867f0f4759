import { randomUUID } from "node:crypto";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;

/** One id of a table of the workspace of the meeting in question, by a condition. */
async function idOf({ db }: World, about: Booking, table: string, where: string): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT t.id FROM ${table} t JOIN meeting m ON m.workspace_id = t.workspace_id
      WHERE m.id = $1 AND ${where} ORDER BY t.id LIMIT 1`,
    [about.id],
  );
  return rows[0]?.id ?? "";
}

const versionOf = async ({ db }: World, table: string, id: string): Promise<string> => {
  const { rows } = await db.query<{ version: number }>(
    `SELECT version FROM ${table} WHERE id = $1`,
    [id],
  );
  return String(rows[0]?.version ?? 1);
};

/** A team of the workspace, made for the question. */
async function insertTeam({ db }: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO sales_team (workspace_id, id, name, zone)
     SELECT workspace_id, $2::uuid, 'Matrix ' || $2::uuid, 'UTC' FROM meeting WHERE id = $1`,
    [about.id, id],
  );
  return id;
}

/** A rule that takes nothing that could arrive. */
async function insertRule(world: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO assignment_rule (workspace_id, id, name, team_id, active)
     SELECT workspace_id, $2, 'Matrix', $3, false FROM meeting WHERE id = $1`,
    [about.id, id, await insertTeam(world, about)],
  );
  return id;
}

async function insertStage(world: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO stage (workspace_id, id, pipeline_id, name, probability, position)
     SELECT p.workspace_id, $2::uuid, p.id, 'Matrix ' || $2::uuid, 5, 50 FROM pipeline p JOIN meeting m ON m.workspace_id = p.workspace_id
      WHERE m.id = $1 AND p.is_default`,
    [about.id, id],
  );
  return id;
}

async function insertRate({ db }: World, about: Booking): Promise<Record<string, string>> {
  await db.query(
    `INSERT INTO fx_rate (workspace_id, currency, on_date, rate)
     SELECT workspace_id, 'ISK', '2003-01-01', 0.01 FROM meeting WHERE id = $1 ON CONFLICT DO NOTHING`,
    [about.id],
  );
  return { currency: "ISK", onDate: "2003-01-01" };
}

const named = () => `Matrix ${randomUUID()}`;

async function targetForm(world: World, about: Booking): Promise<Record<string, string>> {
  const cell = {
    kind: "team",
    id: await insertTeam(world, about),
    month: "2030-01-01",
    version: 0,
    amountMinor: 100,
    deals: null,
  };
  return { payload: JSON.stringify({ cells: [cell] }) };
}

/** The fields of the actions that set sales up, by the action's name. */
export const crmSetUpForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  savePipelineAction: async () => ({ name: named() }),
  // The one there is: who asks again is told in the audit log, too, and everybody else's deals begin where they did.
  makeDefaultAction: async () => ({ id: await idOf(world, about, "pipeline", "t.is_default") }),
  saveStageAction: async () => {
    const id = await insertStage(world, about);
    const pipelineId = await idOf(world, about, "pipeline", "t.is_default");
    const version = await versionOf(world, "stage", id);
    return { id, version, pipelineId, name: named(), rotDays: "", exitCriteria: "" };
  },
  archiveStageAction: async () => ({ id: await insertStage(world, about) }),
  saveChoiceAction: async () => ({ kind: "source", name: named() }),
  saveFieldAction: async () => ({ record: "lead", label: "Matrix", kind: "text" }),
  orderAction: async () => {
    const ids = [await insertTeam(world, about), await insertTeam(world, about)];
    return { what: "team", ids: JSON.stringify(ids) };
  },
  archiveAction: async () => ({
    what: "team",
    id: await insertTeam(world, about),
    archived: "yes",
  }),
  saveTeamAction: async () => ({ name: named(), zone: "UTC", hours: "[]", members: "[]" }),
  savePersonAction: async () => ({
    id: await idOf(world, about, "app_user", "t.email = 'sales@meridian.example'"),
    scope: "team",
    capacity: String(1 + Math.floor(Math.random() * 90_000)),
    takesLeads: "on",
    defaultTeamId: "",
  }),
  saveRuleAction: async () => ({
    name: named(),
    teamId: await insertTeam(world, about),
    currency: "USD",
  }),
  removeRuleAction: async () => ({ id: await insertRule(world, about) }),
  setRateAction: async () => ({
    currency: "ISK",
    onDate: "2001-01-01",
    rate: `0.0${1 + Math.floor(Math.random() * 1_000_000)}`,
  }),
  pasteRatesAction: async () => ({
    rates: `2002-01-01,ISK,0.0${1 + Math.floor(Math.random() * 1_000_000)}`,
  }),
  removeRateAction: () => insertRate(world, about),
  saveMoneyAction: async () => {
    const { rows } = await world.db.query<{ currency: string; month: number }>(
      `SELECT w.base_currency AS currency, w.fiscal_year_start AS month FROM workspace w
         JOIN meeting m ON m.workspace_id = w.id WHERE m.id = $1`,
      [about.id],
    );
    const [settings] = rows;
    // The stranger counts in the same currency: theirs could not be changed once they have a rate.
    await world.db.query(
      `UPDATE workspace w SET base_currency = $1
        WHERE NOT EXISTS (SELECT FROM lead l WHERE l.workspace_id = w.id AND l.amount_minor IS NOT NULL)`,
      [settings?.currency ?? "USD"],
    );
    return {
      currency: settings?.currency ?? "USD",
      fiscalStart: String(((settings?.month ?? 1) % 12) + 1),
    };
  },
  setTargetsAction: () => targetForm(world, about),
});
