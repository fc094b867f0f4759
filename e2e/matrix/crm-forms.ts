import { randomUUID } from "node:crypto";
import { newMerge, twoCompanies, twoLeads } from "./crm-merges";
import type { Booking, World } from "./world";

type Form = () => Promise<Record<string, string>>;
type Body = (world: World, about: Booking) => object | Promise<object>;
type Maker = (world: World, about: Booking) => string | Promise<string>;

const made = new Map<string, Promise<string>>();

/** Makes a thing once for each booking the question is about. */
const once =
  (name: string, make: (world: World) => Promise<string>): Maker =>
  (world, about) => {
    const key = `${name}/${about.id}`;
    const found = made.get(key) ?? make(world);
    made.set(key, found);
    return found;
  };

/** The lead in question: open, and owned by the person of sales. */
export const leadOf = once("lead", async ({ db }) => {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO lead (workspace_id, id, kind, name, currency, owner_id, created_at, updated_at)
     SELECT workspace_id, $1, 'lead', 'Matrix lead', 'USD', id, now(), now() FROM app_user WHERE email = 'sales@meridian.example'
     RETURNING id`,
    [randomUUID()],
  );
  return rows[0]?.id ?? "";
});

/** The deal in question: in the first stage, owned by the person of sales. */
export const dealOf = once("deal", async ({ db }) => {
  const { rows } = await db.query<{ id: string }>(
    `INSERT INTO lead (workspace_id, id, kind, name, currency, amount_minor, owner_id, pipeline_id, stage_id, stage_type,
                       stage_entered_at, opportunity_at, created_at, updated_at)
     SELECT u.workspace_id, $1, 'opportunity', 'Matrix deal', 'USD', 120000, u.id, s.pipeline_id, s.id, s.type, now(), now(), now(), now()
       FROM app_user u
       JOIN stage s ON s.workspace_id = u.workspace_id AND s.type = 'open' AND s.archived_at IS NULL
       JOIN pipeline p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id AND p.is_default
      WHERE u.email = 'sales@meridian.example' ORDER BY s.position LIMIT 1
     RETURNING id`,
    [randomUUID()],
  );
  return rows[0]?.id ?? "";
});

/** Something planned with the lead in question. */
export const activityOf: Maker = (world, about) =>
  once("activity", async () => {
    const { rows } = await world.db.query<{ id: string }>(
      `INSERT INTO activity (workspace_id, id, lead_id, kind, subject, due_at, assignee_id, created_at)
       SELECT workspace_id, $1, id, 'call', 'Call', now() + interval '1 day', owner_id, now() FROM lead WHERE id = $2
       RETURNING id`,
      [randomUUID(), await leadOf(world, about)],
    );
    return rows[0]?.id ?? "";
  })(world, about);

/** A company or a contact nobody has a deal with. */
async function newParty({ db }: World, record: "company" | "contact"): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO ${record} (workspace_id, id, name) SELECT workspace_id, $1, 'Matrix ${record}' FROM app_user WHERE email = 'sales@meridian.example'`,
    [id],
  );
  return id;
}

const IMPORT_MAPPING = {
  version: 1,
  externalSource: "matrix",
  kind: "lead",
  columns: [
    { column: "id", field: "externalId" },
    { column: "name", field: "name" },
  ],
  dateFormat: "YYYY-MM-DD",
  decimal: "point",
  formulas: "fail",
  make: [],
};

/** An import of the workspace in question, of a file that is gone by now. */
async function newImport({ db }: World, state: string): Promise<string> {
  const id = randomUUID();
  await db.query(
    `INSERT INTO import_run (workspace_id, id, file_name, file_path, mapping, state, dry_run, asked_by, asked_at, finished_at)
     SELECT workspace_id, $1::uuid, 'matrix.csv', '/nowhere/matrix.csv', $2, $3::text, true, id, now(), CASE WHEN $3::text = 'done' THEN now() END
       FROM app_user WHERE email = 'sales@meridian.example'`,
    [id, JSON.stringify(IMPORT_MAPPING), state],
  );
  return id;
}

/** What `[id]` stands for in paths of sales, by how the path begins. */
export const crmIds: Readonly<Record<string, Maker>> = {
  "/api/v1/leads/[id]": leadOf,
  "/api/v1/activities/[id]": activityOf,
  "/leads/[id]": leadOf,
  "/leads/import/[id]": once("import", (world) => newImport(world, "done")),
  "/api/v1/leads/import/[id]": once("import", (world) => newImport(world, "done")),
  "/companies/[id]": once("company", (world) => newParty(world, "company")),
  "/api/v1/metrics/[id]": () => "won_revenue",
  "/metrics/[id]": () => "won_revenue",
  "/contacts/[id]": once("contact", (world) => newParty(world, "contact")),
};

/** What the routes of sales are sent, by `METHOD path`. */
export const crmBodies: Readonly<Record<string, Body>> = {
  "POST /api/v1/leads": () => ({ name: `Matrix ${randomUUID()}` }),
  "PATCH /api/v1/leads/[id]": () => ({ name: `Matrix ${randomUUID()}` }),
  "POST /api/v1/leads/[id]/acts": () => ({ act: { kind: "park", until: "2030-01-01" } }),
  // A file of one line, which is its header.
  "POST /api/v1/leads/import": () => ({}),
  "POST /api/v1/opportunities": () => ({ name: `Matrix ${randomUUID()}` }),
  "POST /api/v1/activities": async (world, about) => ({
    leadId: await leadOf(world, about),
    kind: "call",
    subject: "Called",
    doneAt: new Date().toISOString(),
  }),
  "PATCH /api/v1/activities/[id]": () => ({ done: true }),
};

const payload = (data: object) => ({ payload: JSON.stringify(data) });

/** Something planned with the lead in question, made for one question. */
async function newActivity(world: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO activity (workspace_id, id, lead_id, kind, subject, due_at, assignee_id, created_at)
     SELECT workspace_id, $1, id, 'call', 'Call', now() + interval '1 day', owner_id, now() FROM lead WHERE id = $2`,
    [id, await leadOf(world, about)],
  );
  return id;
}

/** A lead of nobody's in a team of the person of sales, whose turn it is. */
async function unassignedLead({ db }: World): Promise<string> {
  const [team, lead] = [randomUUID(), randomUUID()];
  const seller = "SELECT workspace_id, id FROM app_user WHERE email = 'sales@meridian.example'";
  await db.query(
    `INSERT INTO sales_team (workspace_id, id, name, zone) SELECT u.workspace_id, $1::uuid, 'Turn ' || $1::uuid, 'UTC' FROM (${seller}) u`,
    [team],
  );
  await db.query(
    `INSERT INTO sales_team_member (workspace_id, team_id, user_id) SELECT u.workspace_id, $1, u.id FROM (${seller}) u`,
    [team],
  );
  await db.query(
    `INSERT INTO lead (workspace_id, id, kind, name, currency, team_id, created_at, updated_at)
     SELECT u.workspace_id, $1, 'lead', 'Whose turn', 'USD', $2, now(), now() FROM (${seller}) u`,
    [lead, team],
  );
  return lead;
}

/** A change the person of sales made to the lead in question a moment ago. */
async function newUndo(world: World, about: Booking): Promise<string> {
  const [id, lead] = [randomUUID(), await leadOf(world, about)];
  await world.db.query(
    `INSERT INTO crm_undo (workspace_id, id, user_id, label, before, made_at)
     SELECT workspace_id, $1, owner_id, 'Matrix', jsonb_agg(to_jsonb(l)), now() FROM lead l WHERE id = $2
      GROUP BY workspace_id, owner_id`,
    [id, lead],
  );
  await world.db.query("UPDATE lead SET version = version + 1, updated_at = now() WHERE id = $1", [
    lead,
  ]);
  return id;
}

/** The lead in question at its version, for an act of this moment. */
async function actOf(world: World, about: Booking, act: object): Promise<object> {
  const id = await leadOf(world, about);
  const { rows } = await world.db.query<{ version: number }>(
    "SELECT version FROM lead WHERE id = $1",
    [id],
  );
  return { id, version: rows[0]?.version ?? 1, act };
}

/** A note the person of sales wrote on the lead in question. */
async function newNote(world: World, about: Booking): Promise<string> {
  const id = randomUUID();
  await world.db.query(
    `INSERT INTO lead_note (workspace_id, id, lead_id, author_id, body, at)
     SELECT workspace_id, $1, id, owner_id, 'Matrix', now() FROM lead WHERE id = $2`,
    [id, await leadOf(world, about)],
  );
  return id;
}

const NEW_LEAD = {
  kind: "lead",
  name: "Matrix",
  companyName: "",
  contactName: "",
  email: "",
  phone: "",
  amount: "",
  currency: "USD",
  stageId: "",
  ownerId: "rules",
  sourceId: "",
  productId: "",
  expectedClose: "",
  description: "",
  anyway: "yes",
};
const COMPANY = {
  name: "Matrix",
  domain: "",
  website: "",
  phone: "",
  industry: "",
  country: "",
  employees: "",
  ownerId: "",
  tags: "",
  description: "",
  custom: {},
};
const CONTACT = {
  name: "Matrix",
  email: "",
  phone: "",
  title: "",
  companyName: "",
  tags: "",
  description: "",
  custom: {},
};

/** A stage of the demonstration's own pipeline. */
async function stageOf({ db }: World): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT s.id FROM stage s JOIN app_user u ON u.workspace_id = s.workspace_id
      WHERE u.email = 'sales@meridian.example' AND s.type = 'open' AND s.archived_at IS NULL LIMIT 1`,
  );
  return rows[0]?.id ?? "";
}

/** The fields of the actions of sales, by the action's name. */
export const crmForms = (world: World, about: Booking): Readonly<Record<string, Form>> => ({
  beginImportAction: async () =>
    payload({
      id: await newImport(world, "uploaded"),
      mapping: IMPORT_MAPPING,
      name: `Matrix ${randomUUID()}`,
      dryRun: true,
    }),
  reviseImportAction: async () => payload({ id: await newImport(world, "done") }),
  planActivityAction: async () =>
    payload({
      leadId: await leadOf(world, about),
      kind: "task",
      subject: "Matrix",
      day: "2030-01-01",
      minute: 600,
    }),
  logActivityAction: async () =>
    payload({ leadId: await leadOf(world, about), kind: "call", subject: "Matrix" }),
  finishActivityAction: async () => payload({ id: await newActivity(world, about), done: true }),
  moveActivityAction: async () =>
    payload({ id: await newActivity(world, about), day: "2030-01-01", minute: null }),
  removeActivityAction: async () => payload({ id: await newActivity(world, about), removed: true }),
  mailLeadAction: async () => {
    const leadId = await leadOf(world, about);
    await world.db.query("UPDATE lead SET email = 'matrix@customer.example' WHERE id = $1", [
      leadId,
    ]);
    return payload({ leadId, subject: "Matrix", body: "Hello" });
  },
  assignByRulesAction: async () => payload({ ids: [await unassignedLead(world)] }),
  quickDealAction: async () => payload({ name: "Matrix", stageId: await stageOf(world) }),
  changeDealAction: async () => {
    const fields = { industry: `Matrix ${randomUUID()}` };
    return payload(await actOf(world, about, { kind: "edit", fields }));
  },
  changeManyAction: async () =>
    payload({
      ids: [await leadOf(world, about)],
      act: { kind: "edit", fields: { industry: `Matrix ${randomUUID()}` } },
      label: "Changed",
    }),
  keepViewAction: async () =>
    payload({
      act: "keep",
      place: "leads",
      name: randomUUID(),
      query: "is=overdue",
      shared: false,
    }),
  writeNoteAction: async () =>
    payload({ leadId: await leadOf(world, about), body: "Matrix", mentions: [] }),
  editNoteAction: async () =>
    payload({ noteId: await newNote(world, about), version: 1, body: "Other", mentions: [] }),
  deleteNoteAction: async () => payload({ noteId: await newNote(world, about), version: 1 }),
  followLeadAction: async () => {
    const leadId = await leadOf(world, about);
    await world.db.query("DELETE FROM lead_follower WHERE lead_id = $1", [leadId]);
    return payload({ leadId, following: true });
  },
  mergeLeadsAction: async () => {
    const [survivorId, other] = await twoLeads(world);
    return payload({ survivorId, mergedIds: [other], picks: {}, versions: {} });
  },
  undoMergeAction: async () => payload({ mergeId: await newMerge(world, "lead") }),
  mergePartiesAction: async () => {
    const [survivorId, other] = await twoCompanies(world);
    const merging = { record: "company", survivorId, mergedIds: [other] };
    return payload({ ...merging, picks: {}, versions: {} });
  },
  undoPartyMergeAction: async () => payload({ mergeId: await newMerge(world, "company") }),
  newLeadAction: async () => NEW_LEAD,
  saveCompanyAction: async () => payload({ fields: COMPANY }),
  saveContactAction: async () => payload({ fields: CONTACT }),
  removePartyAction: async () =>
    payload({ record: "company", id: await newParty(world, "company"), removed: true }),
  undoChangeAction: async () => payload({ undoId: await newUndo(world, about) }),
  // Who runs the meeting and sells; the deal itself is one of those they may see.
  linkDealAction: async () => ({ meetingId: about.id, deal: await dealOf(world, about) }),
});

/** Brings things into the state in which one of these actions would do something. */
export async function prepareCrm(_world: World, _name: string, _about: Booking): Promise<void> {}
