import { expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { parseTimeZone } from "@/lib/time/zone";
import { ruleForm } from "../core/rule-form";
import { crmPolicy } from "../policy";
import { listAssignmentRules } from "../reads/assignment";
import { getScope } from "../reads/scope";
import {
  getMoneySettings,
  listChoices,
  listFields,
  listPipelines,
  listSalesPeople,
  listTeams,
} from "../reads/set-up";
import { archiveStage } from "./archive-stage";
import { archiveThing, orderThings } from "./arrange-set-up";
import { makeLead } from "./make-lead";
import { saveChoice } from "./save-choice";
import { saveField } from "./save-field";
import { saveMoney } from "./save-money";
import { makeDefault, savePipeline } from "./save-pipeline";
import { removeRule, saveRule } from "./save-rule";
import { saveStage } from "./save-stage";
import { savePerson, saveTeam } from "./save-team";

async function salesIn(house: House, groups: Member["groups"] = ["crm_manager"]) {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { groups, name: "Mira Sol" });
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups,
  };
  const scope = await getScope(house.db, actor);
  const grant = crmPolicy.authorize(actor, "crm.configure", { workspaceId });
  const [pipeline] = await listPipelines(house.db, workspaceId);
  if (pipeline === undefined) throw new Error("a workspace is born with a pipeline");
  return { workspaceId, person, actor, scope, grant, pipeline };
}

type Sales = Awaited<ReturnType<typeof salesIn>>;

async function dealIn(house: House, { actor, scope }: Sales, stageId: string, custom = {}) {
  const made = await makeLead(
    {
      actor,
      scope,
      via: "person",
      input: {
        kind: "opportunity",
        stageId,
        fields: { name: "Northwind", amountMinor: 100, custom },
      },
    },
    house,
  );
  if (!made.ok) throw new Error(made.refusal);
  return made.value;
}

const actionsOf = async (house: House, workspaceId: string) =>
  (
    await house.db.$queryRaw<{ action: string }[]>`
      SELECT action FROM audit_entry WHERE workspace_id = ${workspaceId}::uuid ORDER BY sequence`
  ).map(({ action }) => action);

const stageOf = (pipelineId: string, more: object = {}) => ({
  pipelineId,
  name: "Trial",
  probability: 40,
  category: undefined,
  rotDays: 7,
  exitCriteria: "They use it.",
  ...more,
});

test("a stage joins at the end of the open ones, and a name is there once", async ({ house }) => {
  const { grant, pipeline, workspaceId } = await salesIn(house);
  expect((await saveStage(stageOf(pipeline.id), grant, house)).ok).toBe(true);
  expect(await saveStage(stageOf(pipeline.id, { name: "TRIAL" }), grant, house)).toEqual({
    ok: false,
    refusal: "name-taken",
  });
  const [after] = await listPipelines(house.db, workspaceId);
  expect(after?.stages.map(({ name }) => name)).toEqual([
    ...pipeline.stages.slice(0, 6).map(({ name }) => name),
    "Trial",
    "Won",
    "Lost",
  ]);
  expect(after?.stages[6]).toMatchObject({ probability: 40, rotDays: 7, category: "pipeline" });
  expect(await actionsOf(house, workspaceId)).toEqual(["crm.stage.make"]);
});

test("a new probability tells how many open deals follow it, and an old view of a stage is refused", async ({
  house,
}) => {
  const sales = await salesIn(house);
  const { grant, pipeline } = sales;
  const [stage] = pipeline.stages;
  await dealIn(house, sales, stage?.id ?? "");
  const change = { ...stageOf(pipeline.id), id: stage?.id, version: 1, name: "Qualified" };
  expect(await saveStage(change, grant, house)).toMatchObject({
    ok: true,
    value: { reweighted: 1 },
  });
  expect(await saveStage(change, grant, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
});

test("what is won stays certain whatever a form says", async ({ house }) => {
  const { grant, pipeline, workspaceId } = await salesIn(house);
  const won = pipeline.stages.find(({ type }) => type === "won");
  const change = {
    ...stageOf(pipeline.id),
    id: won?.id,
    version: 1,
    name: "Signed",
    probability: 12,
  };
  expect((await saveStage(change, grant, house)).ok).toBe(true);
  const [after] = await listPipelines(house.db, workspaceId);
  expect(after?.stages.find(({ type }) => type === "won")).toMatchObject({
    name: "Signed",
    probability: 100,
    category: "closed",
    rotDays: null,
  });
});

test("a stage with open deals is put away only with a place for them, and their history says where they went", async ({
  house,
}) => {
  const sales = await salesIn(house);
  const { actor, scope, grant, pipeline, workspaceId } = sales;
  const [first, second] = pipeline.stages;
  const deal = await dealIn(house, sales, first?.id ?? "");
  const who = { actor, scope, grant };
  const id = first?.id ?? "";
  expect(await archiveStage({ id }, who, house)).toEqual({ ok: false, refusal: "deals-left" });
  expect(await archiveStage({ id, moveTo: pipeline.stages[6]?.id }, who, house)).toEqual({
    ok: false,
    refusal: "no-such-stage",
  });
  expect(await archiveStage({ id, moveTo: second?.id }, who, house)).toEqual({
    ok: true,
    value: { name: "Qualified", moved: 1 },
  });
  const [after] = await listPipelines(house.db, workspaceId);
  expect(after?.archivedStages).toEqual([{ id, name: "Qualified" }]);
  expect(after?.stages[0]).toMatchObject({ id: second?.id, openDeals: 1 });
  const events = await house.db.$queryRaw<{ event: string }[]>`
    SELECT event FROM stage_history WHERE lead_id = ${deal.id}::uuid ORDER BY seq`;
  expect(events.map(({ event }) => event)).toEqual(["created", "moved"]);
  const back = { what: "stage", id, archived: "no" } as const;
  expect(await archiveThing(back, grant, house)).toEqual({
    ok: true,
    value: { name: "Qualified" },
  });
});

test("the stages of won and lost deals stay, and so does the last open one", async ({ house }) => {
  const { actor, scope, grant, pipeline } = await salesIn(house);
  const who = { actor, scope, grant };
  for (const stage of pipeline.stages.filter(({ type }) => type !== "open"))
    expect(await archiveStage({ id: stage.id }, who, house)).toEqual({
      ok: false,
      refusal: "closing-stage",
    });
  const open = pipeline.stages.filter(({ type }) => type === "open");
  for (const [at, { id }] of open.entries())
    expect((await archiveStage({ id }, who, house)).ok).toBe(at < open.length - 1);
});

test("a second pipeline copies the stages, can become the default, and the first is put away then", async ({
  house,
}) => {
  const { grant, pipeline, workspaceId } = await salesIn(house);
  const input = { id: undefined, version: undefined, name: "Renewals", copyOf: pipeline.id };
  const made = await savePipeline(input, grant, house);
  if (!made.ok) throw new Error(made.refusal);
  expect(await savePipeline(input, grant, house)).toEqual({ ok: false, refusal: "name-taken" });
  const away = { what: "pipeline", id: pipeline.id, archived: "yes" } as const;
  expect(await archiveThing(away, grant, house)).toEqual({
    ok: false,
    refusal: "default-pipeline",
  });
  expect(await makeDefault({ id: made.value.id }, grant, house)).toMatchObject({ ok: true });
  expect(await archiveThing(away, grant, house)).toMatchObject({ ok: true });
  const after = await listPipelines(house.db, workspaceId);
  expect(after.map(({ name, isDefault, archived }) => ({ name, isDefault, archived }))).toEqual([
    { name: "Renewals", isDefault: true, archived: false },
    { name: "Sales", isDefault: false, archived: true },
  ]);
  expect(after[0]?.stages.map(({ name }) => name)).toEqual(pipeline.stages.map(({ name }) => name));
});

test("reasons, sources and products are added, put in order and put away, each name once", async ({
  house,
}) => {
  const { grant, workspaceId } = await salesIn(house);
  const base = { id: undefined, series: null, price: null, currency: null };
  const reason = { ...base, kind: "lost", name: "Went quiet" } as const;
  const made = await saveChoice(reason, grant, house);
  if (!made.ok) throw new Error(made.refusal);
  expect(await saveChoice(reason, grant, house)).toEqual({ ok: false, refusal: "name-taken" });
  // The same words may be a reason for junk.
  expect((await saveChoice({ ...reason, kind: "junk" }, grant, house)).ok).toBe(true);
  const before = await listChoices(house.db, workspaceId, "lost");
  const ids = [made.value.id, ...before.map(({ id }) => id).filter((id) => id !== made.value.id)];
  expect((await orderThings({ what: "lost", ids }, grant, house)).ok).toBe(true);
  expect((await listChoices(house.db, workspaceId, "lost"))[0]?.name).toBe("Went quiet");
  const product = {
    ...base,
    kind: "product",
    name: "GTX Pro",
    price: "4821.50",
    currency: "EUR",
  } as const;
  expect((await saveChoice(product, grant, house)).ok).toBe(true);
  expect(await saveChoice({ ...product, name: "X", currency: "JPY" }, grant, house)).toEqual({
    ok: false,
    refusal: "not-an-amount",
  });
  expect(await listChoices(house.db, workspaceId, "product")).toMatchObject([
    { name: "GTX Pro", priceMinor: 482_150, currency: "EUR", used: 0 },
  ]);
});

test("a renamed option is renamed where it stands, names may be swapped, and what is left out stays in records", async ({
  house,
}) => {
  const sales = await salesIn(house);
  const { grant, workspaceId, pipeline } = sales;
  const field = {
    id: undefined,
    record: "lead",
    label: "Größe!",
    kind: "select",
    required: false,
  } as const;
  const options = ["small", "large", "odd"].map((name) => ({ name }));
  const made = await saveField({ ...field, options }, grant, house);
  if (!made.ok) throw new Error(made.refusal);
  const [stage] = pipeline.stages;
  const deals = [];
  for (const size of ["small", "large", "odd"])
    deals.push(await dealIn(house, sales, stage?.id ?? "", { grosse: size }));
  const [defined] = await listFields(house.db, workspaceId);
  expect(defined).toMatchObject({ key: "grosse", used: 3 });
  const renamed = await saveField(
    {
      ...field,
      id: made.value.id,
      label: "Size",
      options: [
        { was: "small", name: "large" },
        { was: "large", name: "small" },
      ],
    },
    grant,
    house,
  );
  expect(renamed).toMatchObject({ ok: true, value: { renamed: 2 } });
  const rows = await house.db.$queryRaw<{ size: string; version: number }[]>`
    SELECT custom ->> 'grosse' AS size, version FROM lead WHERE workspace_id = ${workspaceId}::uuid ORDER BY number`;
  expect(rows).toEqual([
    { size: "large", version: 2 },
    { size: "small", version: 2 },
    { size: "odd", version: 1 },
  ]);
  const changes = await house.db.$queryRaw<{ actor: string }[]>`
    SELECT actor_id AS actor FROM opportunity_change WHERE lead_id = ${deals[0]?.id}::uuid AND field = 'custom'`;
  expect(changes).toEqual([{ actor: sales.actor.userId }]);
  // The key stays taken, so that another field of that name does not show old values.
  expect(
    (await archiveThing({ what: "field", id: made.value.id, archived: "yes" }, grant, house)).ok,
  ).toBe(true);
  await saveField({ ...field, kind: "text", options: undefined }, grant, house);
  expect((await listFields(house.db, workspaceId)).map(({ key }) => key)).toEqual([
    "grosse_2",
    "grosse",
  ]);
});

test("a team is saved whole, who stays keeps their place in the round, and an old view is refused", async ({
  house,
}) => {
  const { grant, workspaceId, person } = await salesIn(house);
  const other = await makePerson(house.db, workspaceId, {
    groups: ["crm_user"],
    name: "Otto Vale",
  });
  const zone = parseTimeZone("Asia/Singapore");
  if (zone === undefined) throw new Error("a zone");
  const team = {
    id: undefined,
    version: undefined,
    name: "Asia",
    managerId: person.id,
    zone,
    responseMinutes: 60,
    observesHolidays: true,
    hours: [[1, 540, 1080]] as [number, number, number][],
    members: [{ userId: other.id, weight: 3 }],
  };
  const made = await saveTeam(team, grant, house);
  if (!made.ok) throw new Error(made.refusal);
  const { id } = made.value;
  await house.db.$executeRaw`UPDATE sales_team_member SET credit = 2 WHERE team_id = ${id}::uuid`;
  const members = [
    { userId: person.id, weight: 1 },
    { userId: other.id, weight: 2 },
  ];
  const changed = { ...team, id, version: 1, members, hours: [] };
  expect((await saveTeam(changed, grant, house)).ok).toBe(true);
  expect(await saveTeam(changed, grant, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  expect(await listTeams(house.db, workspaceId)).toMatchObject([
    {
      name: "Asia",
      hours: [],
      members: [
        { name: "Mira Sol", weight: 1 },
        { name: "Otto Vale", weight: 2 },
      ],
    },
  ]);
  const [kept] = await house.db.$queryRaw<{ credit: number }[]>`
    SELECT credit FROM sales_team_member WHERE team_id = ${id}::uuid AND user_id = ${other.id}::uuid`;
  expect(kept?.credit).toBe(2);
  const settings = { scope: "own", capacity: 40, takesLeads: false, defaultTeamId: id } as const;
  expect((await savePerson({ id: other.id, ...settings }, grant, house)).ok).toBe(true);
  const people = await listSalesPeople(house.db, workspaceId);
  expect(people.find(({ name }) => name === "Otto Vale")).toMatchObject({
    ...settings,
    teams: ["Asia"],
  });
});

test("a rule is made from what its form sends, changed by who saw the last version, and removed", async ({
  house,
}) => {
  const { grant, workspaceId, person } = await salesIn(house);
  const zone = parseTimeZone("UTC");
  if (zone === undefined) throw new Error("a zone");
  const team = await saveTeam(
    {
      id: undefined,
      version: undefined,
      name: "North",
      managerId: null,
      zone,
      responseMinutes: null,
      observesHolidays: false,
      hours: [],
      members: [{ userId: person.id, weight: 1 }],
    },
    grant,
    house,
  );
  if (!team.ok) throw new Error(team.refusal);
  const form = {
    name: "Large ones",
    active: "on",
    teamId: team.value.id,
    currency: "USD",
    countries: "de, at ,CH",
    minAmount: "5,000",
  };
  const made = await saveRule(ruleForm.parse(form), grant, house);
  if (!made.ok) throw new Error(made.refusal);
  const change = ruleForm.parse({ ...form, id: made.value.id, version: "1", name: "Larger ones" });
  expect((await saveRule(change, grant, house)).ok).toBe(true);
  expect(await saveRule(change, grant, house)).toEqual({ ok: false, refusal: "changed-meanwhile" });
  expect(await listAssignmentRules(house.db, workspaceId)).toMatchObject([
    {
      name: "Larger ones",
      version: 2,
      active: true,
      inHours: false,
      personId: null,
      conditions: { countries: ["DE", "AT", "CH"], minAmountMinor: 500_000 },
    },
  ]);
  // Its team stays while the rule gives it leads.
  const away = { what: "team", id: team.value.id, archived: "yes" } as const;
  expect(await archiveThing(away, grant, house)).toEqual({ ok: false, refusal: "rules-left" });
  expect(await removeRule({ id: made.value.id }, grant, house)).toMatchObject({ ok: true });
  expect((await archiveThing(away, grant, house)).ok).toBe(true);
  expect(await saveRule(ruleForm.parse(form), grant, house)).toEqual({
    ok: false,
    refusal: "no-such-team",
  });
  const wrong = ruleForm.safeParse({ ...form, countries: "Germany" });
  expect(wrong.error?.issues.map(({ path }) => path.join())).toEqual(["countries"]);
});

test("the business year is set, and the currency only while nothing is counted in it", async ({
  house,
}) => {
  const sales = await salesIn(house);
  const { grant, actor, workspaceId, pipeline } = sales;
  const set = (currency: string) => saveMoney({ actor, currency, fiscalStart: 4 }, grant, house);
  expect((await set("SGD")).ok).toBe(true);
  expect(await getMoneySettings(house.db, workspaceId)).toEqual({
    currency: "SGD",
    fiscalStart: 4,
    zone: "UTC",
  });
  await dealIn(house, sales, pipeline.stages[0]?.id ?? "");
  expect(await set("EUR")).toEqual({ ok: false, refusal: "currency-in-use" });
  expect(await actionsOf(house, workspaceId)).toEqual([
    "crm.currency-changed",
    "crm.business-year",
  ]);
});

test("a foreign workspace's person, team and stage are nobody here", async ({ house }) => {
  const here = await salesIn(house);
  const there = await salesIn(house);
  const settings = { scope: "own", capacity: null, takesLeads: true, defaultTeamId: null } as const;
  expect(await savePerson({ id: there.person.id, ...settings }, here.grant, house)).toEqual({
    ok: false,
    refusal: "no-such-person",
  });
  const foreign = there.pipeline.stages[0]?.id ?? "";
  expect(
    await saveStage({ ...stageOf(there.pipeline.id), id: foreign, version: 1 }, here.grant, house),
  ).toEqual({ ok: false, refusal: "no-stage" });
  expect(await saveStage(stageOf(there.pipeline.id), here.grant, house)).toEqual({
    ok: false,
    refusal: "no-pipeline",
  });
  expect(await orderThings({ what: "stage", ids: [foreign] }, here.grant, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
});

test("somebody who only sells sets nothing up", async ({ house }) => {
  await expect(salesIn(house, ["crm_user"])).rejects.toThrow(AccessDenied);
});
