import { expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { parseTimeZone } from "@/lib/time/zone";
import { attainmentOf } from "../core/target";
import { crmPolicy } from "../policy";
import { getScope } from "../reads/scope";
import { readTargets } from "../reads/targets";
import { changeLead } from "./change-leads";
import { makeLead } from "./make-lead";
import { saveTeam } from "./save-team";
import { setTargets } from "./set-targets";

const month = (text: string) => text as CalendarDate;

async function memberIn(house: House, workspaceId: string, group: Group, name: string) {
  const { id } = await makePerson(house.db, workspaceId, { groups: [group], name });
  const actor: Member = {
    kind: "member",
    userId: id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name,
    groups: [group],
  };
  return actor;
}

async function companyIn(house: House) {
  const workspaceId = await makeWorkspace(house.db, { zone: "Asia/Singapore" });
  const boss = await memberIn(house, workspaceId, "crm_manager", "Bo Ek");
  const ana = await memberIn(house, workspaceId, "crm_user", "Ana Lim");
  const cem = await memberIn(house, workspaceId, "crm_user", "Cem Ada");
  const zone = parseTimeZone("Asia/Singapore");
  if (zone === undefined) throw new Error("a zone");
  const team = await saveTeam(
    {
      id: undefined,
      version: undefined,
      name: "Asia",
      managerId: null,
      zone,
      responseMinutes: null,
      observesHolidays: true,
      hours: [],
      members: [{ userId: ana.userId, weight: 1 }],
    },
    crmPolicy.authorize(boss, "crm.configure", { workspaceId }),
    house,
  );
  if (!team.ok) throw new Error(team.refusal);
  const grant = crmPolicy.authorize(boss, "crm.target", { workspaceId });
  return { workspaceId, boss, ana, cem, teamId: team.value.id, grant };
}

/** A deal of somebody's, won at a moment. */
async function win(
  house: House,
  {
    boss,
    owner,
    teamId,
    closedAt,
  }: { boss: Member; owner: Member; teamId: string; closedAt: Instant },
) {
  const scope = await getScope(house.db, boss);
  const fields = { name: "A deal", amountMinor: 50_000, currency: "USD" };
  const made = await makeLead(
    {
      actor: boss,
      scope,
      via: "person",
      input: { kind: "opportunity", ownerId: owner.userId, teamId, fields },
    },
    { ...house, now: () => at("2026-09-01T00:00:00Z") },
  );
  if (!made.ok) throw new Error(made.refusal);
  const act = { kind: "win", closedAt } as const;
  const won = await changeLead(
    { actor: boss, scope, id: made.value.id, act, via: "person" },
    house,
  );
  if (!won.ok) throw new Error(won.refusal.reason);
}

test("targets are set for teams and people, changed by who saw the last version, and removed by emptying them", async ({
  house,
}) => {
  const { workspaceId, boss, ana, teamId, grant } = await companyIn(house);
  const cells = [
    {
      kind: "team",
      id: teamId,
      month: month("2026-11-01"),
      version: 0,
      amountMinor: 300_000,
      deals: null,
    },
    {
      kind: "person",
      id: ana.userId,
      month: month("2026-11-01"),
      version: 0,
      amountMinor: 100_000,
      deals: 4,
    },
  ] as const;
  expect(await setTargets(cells, grant, house)).toEqual({ ok: true, value: { versions: [1, 1] } });
  expect(await setTargets(cells, grant, house)).toEqual({
    ok: false,
    refusal: "changed-meanwhile",
  });
  const [first, second] = cells;
  const emptied = { ...second, version: 1, amountMinor: null, deals: null };
  expect(await setTargets([{ ...first, version: 1, deals: 9 }, emptied], grant, house)).toEqual({
    ok: true,
    value: { versions: [2, 0] },
  });
  const year = await readTargets(house.db, await getScope(house.db, boss), 2026, NOW);
  expect(year.rows.map(({ name, targets }) => ({ name, targets }))).toEqual([
    {
      name: "Asia",
      targets: [{ month: "2026-11-01", amountMinor: 300_000, deals: 9, version: 2 }],
    },
    { name: "Ana Lim", targets: [] },
    { name: "Bo Ek", targets: [] },
    { name: "Cem Ada", targets: [] },
  ]);
  const [told] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM audit_entry WHERE workspace_id = ${workspaceId}::uuid AND action = 'crm.target.set'`;
  expect(told?.count).toBe(2);
});

test("what was won counts in the month of its closing where the workspace is, for owner and team of that time", async ({
  house,
}) => {
  const { boss, ana, cem, teamId, grant } = await companyIn(house);
  // 1 November in Singapore, October in Greenwich.
  const closedAt = at("2026-10-31T18:00:00Z");
  await win(house, { boss, owner: ana, teamId, closedAt });
  await win(house, { boss, owner: cem, teamId, closedAt: at("2026-11-10T00:00:00Z") });
  const cell = { kind: "person", id: ana.userId, month: month("2026-11-01"), version: 0 } as const;
  await setTargets([{ ...cell, amountMinor: 90_000, deals: 2 }], grant, house);
  const { rows, months, today } = await readTargets(
    house.db,
    await getScope(house.db, boss),
    undefined,
    NOW,
  );
  const won = Object.fromEntries(rows.map(({ name, won: all }) => [name, all]));
  const november = (baseMinor: number, deals: number) => [
    { month: "2026-11-01", baseMinor, deals, withoutRate: 0 },
  ];
  expect(won).toEqual({
    Asia: november(100_000, 2),
    "Ana Lim": november(50_000, 1),
    "Cem Ada": november(50_000, 1),
    "Bo Ek": [],
  });
  const line = rows.find(({ name }) => name === "Ana Lim");
  // 23 of 30 days have passed: 69,000 of the 90,000 are due.
  expect(line && attainmentOf(line, months, today, "amount")).toEqual({
    due: 69_000,
    won: 50_000,
    share: 50_000 / 69_000,
  });
});

test("somebody of sales reads their own line and their teams', a person without a team only their own", async ({
  house,
}) => {
  const { ana, cem } = await companyIn(house);
  const namesFor = async (actor: Member) =>
    (await readTargets(house.db, await getScope(house.db, actor), 2026, NOW)).rows.map(
      ({ name }) => name,
    );
  expect(await namesFor(ana)).toEqual(["Asia", "Ana Lim"]);
  expect(await namesFor(cem)).toEqual(["Cem Ada"]);
});
