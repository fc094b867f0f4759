import { expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import type { DashboardViewAct } from "../core/view-input";
import type { DashboardName } from "../core/view-state";
import { DASHBOARDS } from "../core/view-state";
import { listDashboardViews } from "../reads/views";
import { configureView } from "./configure-view";
import { preferView } from "./prefer-view";

async function memberIn(house: House, workspaceId: string, group: Group): Promise<Member> {
  const person = await makePerson(house.db, workspaceId, { groups: [group], name: `A ${group}` });
  const ids = { userId: person.id as UserId, workspaceId: workspaceId as WorkspaceId };
  return { kind: "member", ...ids, name: person.name, groups: [group] };
}

const named = (
  dashboard: DashboardName,
  name: string,
  visibility: "private" | "shared",
): DashboardViewAct => ({
  act: "make",
  dashboard,
  name,
  query: "range=last-month",
  layout: { hidden: ["updates"], order: ["teams"] },
  visibility,
});

async function made(house: House, actor: Member, act: DashboardViewAct): Promise<string> {
  const done = await configureView({ actor, asked: act }, house);
  if (!done.ok) throw new Error(done.refusal);
  return done.value.id;
}

const seenBy = async (house: House, { workspaceId, userId }: Member, dashboard: DashboardName) =>
  (await listDashboardViews(house.db, { workspaceId, userId, dashboard })).map(({ name }) => name);

// Two groups and two kinds of configuration: what the rights of each are, one by one.
for (const dashboard of DASHBOARDS) {
  test(`sales managers make, read, change and delete views of the ${dashboard} dashboard`, async ({
    house,
  }) => {
    const workspaceId = await makeWorkspace(house.db);
    for (const group of ["crm_manager", "admin"] as const) {
      const actor = await memberIn(house, workspaceId, group);
      const id = await made(house, actor, named(dashboard, `Of ${group}`, "shared"));
      expect(await seenBy(house, actor, dashboard)).toContain(`Of ${group}`);
      const renamed = { act: "change", id, version: 1, name: `By ${group}` } as const;
      expect(await configureView({ actor, asked: renamed }, house)).toMatchObject({ ok: true });
      expect(await seenBy(house, actor, dashboard)).toContain(`By ${group}`);
      const dropped = { act: "delete", id, version: 2 } as const;
      expect(await configureView({ actor, asked: dropped }, house)).toMatchObject({ ok: true });
      expect(await seenBy(house, actor, dashboard)).not.toContain(`By ${group}`);
    }
  });

  test(`others make, change and delete no view of the ${dashboard} dashboard`, async ({
    house,
  }) => {
    const workspaceId = await makeWorkspace(house.db);
    const manager = await memberIn(house, workspaceId, "crm_manager");
    const id = await made(house, manager, named(dashboard, "Board", "shared"));
    const acts: readonly DashboardViewAct[] = [
      named(dashboard, "Mine", "private"),
      { act: "change", id, version: 1, name: "Taken" },
      { act: "delete", id, version: 1 },
      { act: "restore", id },
    ];
    for (const group of ["crm_user", "meeting_user", "meeting_manager"] as const) {
      const actor = await memberIn(house, workspaceId, group);
      for (const asked of acts)
        await expect(configureView({ actor, asked }, house)).rejects.toThrow(AccessDenied);
    }
    expect(await seenBy(house, manager, dashboard)).toEqual(["Board"]);
  });
}

test("a seller reads shared views and no private ones, and begins where they like", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const manager = await memberIn(house, workspaceId, "crm_manager");
  const seller = await memberIn(house, workspaceId, "crm_user");
  const shared = await made(house, manager, named("executive", "Board", "shared"));
  const hidden = await made(house, manager, named("executive", "Secret", "private"));
  expect(await seenBy(house, seller, "executive")).toEqual(["Board"]);
  const begin = (startViewId: string, dashboard: DashboardName = "executive") =>
    preferView({ actor: seller, asked: { dashboard, startViewId } }, house);
  expect(await begin(shared)).toMatchObject({ ok: true });
  expect(await begin(hidden)).toMatchObject({ ok: false, refusal: "not-here" });
  await expect(begin(shared, "strategic")).rejects.toThrow(AccessDenied);
  const { userId } = seller;
  const views = await listDashboardViews(house.db, { workspaceId, userId, dashboard: "executive" });
  expect(views).toMatchObject([
    { id: shared, isStart: true, own: false, layout: { hidden: ["updates"], order: ["teams"] } },
  ]);
  // What was chosen of one thing leaves the other as it is.
  await preferView({ actor: seller, asked: { dashboard: "executive", refreshMinutes: 0 } }, house);
  expect(
    await house.db.dashboardPreference.findMany({ where: { workspaceId, userId } }),
  ).toMatchObject([{ refreshMinutes: 0, startViewId: shared }]);
});

test("a private view is its owner's alone, and only its owner hides a shared one", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const owner = await memberIn(house, workspaceId, "crm_manager");
  const admin = await memberIn(house, workspaceId, "admin");
  const hidden = await made(house, owner, named("strategic", "Secret", "private"));
  const shared = await made(house, owner, named("strategic", "Board", "shared"));
  const asAdmin = (asked: DashboardViewAct) => configureView({ actor: admin, asked }, house);
  expect(await asAdmin({ act: "delete", id: hidden, version: 1 })).toMatchObject({
    refusal: "not-here",
  });
  expect(
    await asAdmin({ act: "change", id: shared, version: 1, visibility: "private" }),
  ).toMatchObject({ refusal: "not-yours" });
  expect(await asAdmin({ act: "change", id: shared, version: 1, name: "Bored" })).toMatchObject({
    ok: true,
  });
  // Whoever still saw the former one is told, and overwrites nothing.
  expect(
    await configureView(
      { actor: owner, asked: { act: "change", id: shared, version: 1, name: "Board 2" } },
      house,
    ),
  ).toMatchObject({ refusal: "changed-meanwhile" });
});

test("a workspace has one first view for each dashboard, and it is shared", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const actor = await memberIn(house, workspaceId, "crm_manager");
  const one = await made(house, actor, named("executive", "One", "shared"));
  const two = await made(house, actor, named("executive", "Two", "shared"));
  const hidden = await made(house, actor, named("executive", "Hidden", "private"));
  const first = (id: string, version: number) =>
    configureView({ actor, asked: { act: "change", id, version, isDefault: true } }, house);
  expect(await first(one, 1)).toMatchObject({ ok: true });
  expect(await first(two, 1)).toMatchObject({ ok: true });
  expect(await first(hidden, 1)).toMatchObject({ refusal: "default-is-shared" });
  const { userId } = actor;
  const views = await listDashboardViews(house.db, { workspaceId, userId, dashboard: "executive" });
  expect(views.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(["Two"]);
  expect(views[0]?.name).toBe("Two");
});

test("a deleted view comes back as it was, unless its name is taken, and everything is written down", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const actor = await memberIn(house, workspaceId, "crm_manager");
  const id = await made(house, actor, named("executive", "Board", "shared"));
  const act = (asked: DashboardViewAct) => configureView({ actor, asked }, house);
  expect(await act({ act: "restore", id })).toMatchObject({ refusal: "not-here" });
  await act({ act: "delete", id, version: 1 });
  expect(await act({ act: "restore", id })).toMatchObject({ ok: true });
  await act({ act: "delete", id, version: 3 });
  await made(house, actor, named("executive", "board", "private"));
  expect(await act({ act: "restore", id })).toMatchObject({ refusal: "name-taken" });
  const entries = await house.db.auditEntry.findMany({
    where: { workspaceId, action: { startsWith: "dashboard.view." } },
    orderBy: { sequence: "asc" },
  });
  expect(entries.map(({ action }) => action)).toEqual([
    "dashboard.view.make",
    "dashboard.view.delete",
    "dashboard.view.restore",
    "dashboard.view.delete",
    "dashboard.view.make",
  ]);
});

test("another workspace's views are not there", async ({ house }) => {
  const [here, there] = [await makeWorkspace(house.db), await makeWorkspace(house.db)];
  const owner = await memberIn(house, here, "crm_manager");
  const stranger = await memberIn(house, there, "admin");
  const id = await made(house, owner, named("executive", "Board", "shared"));
  expect(await seenBy(house, stranger, "executive")).toEqual([]);
  const asked = { act: "delete", id, version: 1 } as const;
  expect(await configureView({ actor: stranger, asked }, house)).toMatchObject({
    refusal: "not-here",
  });
});
