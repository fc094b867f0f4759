import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { passwordMatches } from "@/lib/auth/password";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { cloneDatabase } from "@/lib/testing/database";
import { makePerson, makeWorkspace, testKeys } from "@/lib/testing/factories/people";
import { instantOf } from "@/lib/time/instant";
import type { PeopleDeps } from "./commands/create-user";
import { createUser } from "./commands/create-user";
import { setDisabled, setGroups } from "./commands/set-groups";
import { peoplePolicy } from "./policy";
import { findUserByEmail, findViewer, listUsers } from "./reads";

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let db: Database;
let deps: PeopleDeps;
let workspaceId: WorkspaceId;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = openDatabase(clone.url);
  deps = { db, keys: testKeys(), now: () => instantOf(Date.now()) };
});
afterAll(async () => {
  await db.$disconnect();
  await clone.drop();
});
beforeEach(async () => {
  workspaceId = await makeWorkspace(db);
});

const create = (email: string, more: object = {}) =>
  createUser(
    { workspaceId, email, name: "Ada", groups: ["meeting_user"], ...more },
    "operator",
    deps,
  );

describe("a new account", () => {
  test("can be booked at once: it has a resource and office hours in its own zone", async () => {
    const made = await create("Ada@Example.org", { zone: "Asia/Tokyo" });
    const userId = made.ok ? made.value.id : "";
    expect(await db.resource.findMany({ where: { workspaceId } })).toMatchObject([
      { kind: "person", userId, name: "Ada" },
    ]);
    const [schedule] = await db.schedule.findMany({ where: { workspaceId, userId } });
    expect(schedule).toMatchObject({ isDefault: true, zone: "Asia/Tokyo" });
    const hours = await db.scheduleHours.findMany({ where: { scheduleId: schedule?.id ?? "" } });
    expect(
      hours.map(({ day, fromMinute, toMinute }) => [day, fromMinute, toMinute]).sort(),
    ).toEqual([1, 2, 3, 4, 5].map((day) => [day, 540, 1020]));
    expect(await findUserByEmail(db, workspaceId, " ADA@example.org")).toMatchObject({
      id: userId,
    });
  });

  test("gets a password of its own that works and is not stored", async () => {
    const [one, two] = [await create("a@example.org"), await create("b@example.org")];
    if (!one.ok || !two.ok) throw new Error("not created");
    expect(one.value.password).toMatch(/^(?:[a-z2-9]{4}-){4}[a-z2-9]{4}$/);
    expect(one.value.password).not.toBe(two.value.password);
    const row = await db.appUser.findFirstOrThrow({ where: { id: one.value.id } });
    expect(JSON.stringify(row)).not.toContain(one.value.password);
    expect(await passwordMatches(row.passwordHash, one.value.password)).toBe(true);
  });

  test("is refused for an address that is taken in any case, also when two are made at once", async () => {
    const both = await Promise.all([create("x@example.org"), create("X@EXAMPLE.org")]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, refusal: "email-taken" });
    expect(await db.resource.count({ where: { workspaceId } })).toBe(1);
  });

  test.each([
    ["no address", { email: "x" }],
    ["an address with a name", { email: "Ada <ada@example.org>" }],
    ["a letter that looks like another", { email: "аda@example.org" }],
    ["two addresses", { email: "a@example.org,b@example.org" }],
    ["quotes", { email: '"a@b"@example.org' }],
    ["no name", { name: "  " }],
    ["a line end in the name", { name: "Ada\r\nBcc: x" }],
    ["a group that is none", { groups: ["root"] }],
    ["a zone that is none", { zone: "Mars/Olympus" }],
    ["a field that is none", { admin: true }],
  ])("is not made from %s", async (_what, wrong) => {
    await expect(create("ok@example.org", wrong)).rejects.toThrow();
    expect(await db.appUser.count({ where: { workspaceId } })).toBe(0);
  });

  test("needs a workspace that exists", async () => {
    const elsewhere = { workspaceId: "019a9f7e-0000-7abc-8def-0123456789ab" };
    expect(await create("x@example.org", elsewhere)).toEqual({
      ok: false,
      refusal: "no-workspace",
    });
  });
});

describe("the last admin", () => {
  test("cannot leave the group or be disabled, and can when there is another", async () => {
    const first = await makePerson(db, deps.keys, { workspaceId, groups: ["admin"] });
    const who = { workspaceId, userId: first.id };
    expect(await setGroups(who, ["crm_user"], "operator", deps)).toMatchObject({
      refusal: "last-admin",
    });
    expect(await setDisabled(who, true, "operator", deps)).toMatchObject({ refusal: "last-admin" });
    await makePerson(db, deps.keys, { workspaceId, groups: ["admin", "meeting_user"] });
    expect(await setGroups(who, ["crm_user"], "operator", deps)).toMatchObject({ ok: true });
  });

  test("stays when two admins leave at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const here = await makeWorkspace(db);
      const two = [
        await makePerson(db, deps.keys, { workspaceId: here, groups: ["admin"] }),
        await makePerson(db, deps.keys, { workspaceId: here, groups: ["admin"] }),
      ];
      const left = await Promise.all(
        two.map(({ id }, at) =>
          at === 0
            ? setGroups({ workspaceId: here, userId: id }, [], "operator", deps)
            : setDisabled({ workspaceId: here, userId: id }, true, "operator", deps),
        ),
      );
      expect(left.filter(({ ok }) => ok)).toHaveLength(1);
    }
  });

  test("of another workspace does not count", async () => {
    const elsewhere = await makeWorkspace(db);
    await makePerson(db, deps.keys, { workspaceId: elsewhere, groups: ["admin"] });
    const only = await makePerson(db, deps.keys, { workspaceId, groups: ["admin"] });
    expect(await setGroups({ workspaceId, userId: only.id }, [], "operator", deps)).toMatchObject({
      refusal: "last-admin",
    });
  });
});

test("groups are replaced as a whole, and the audit log says what they were", async () => {
  const person = await makePerson(db, deps.keys, { workspaceId, groups: ["meeting_user"] });
  await setGroups(
    { workspaceId, userId: person.id },
    ["crm_user", "crm_manager"],
    "operator",
    deps,
  );
  const [user] = await listUsers(db, workspaceId);
  expect(user).toMatchObject({ groups: ["crm_manager", "crm_user"], disabled: false });
  const [entry] = await db.auditEntry.findMany({ where: { workspaceId, action: "user.groups" } });
  expect(entry?.details).toEqual({ before: ["meeting_user"], after: ["crm_manager", "crm_user"] });
});

test("somebody who does not exist is not regrouped or disabled", async () => {
  const ghost = { workspaceId, userId: "019a9f7e-0000-7abc-8def-0123456789ab" };
  expect(await setGroups(ghost, ["admin"], "operator", deps)).toMatchObject({ refusal: "no-user" });
  expect(await setDisabled(ghost, true, "operator", deps)).toMatchObject({ refusal: "no-user" });
  expect(await db.auditEntry.count({ where: { workspaceId } })).toBe(0);
});

test("a screen knows its reader in one query", async () => {
  const { id } = await makePerson(db, deps.keys, { workspaceId, name: "Ada" });
  const viewer = await findViewer(db, { workspaceId, userId: id, groups: ["meeting_user"] });
  expect(viewer).toMatchObject({
    id,
    name: "Ada",
    zone: "Europe/Berlin",
    hourCycle: 24,
    weekStart: 1,
    workspaceName: "Test",
    demo: false,
    unread: 0,
    waiting: 0,
  });
});

describe("who may change accounts", () => {
  const me = "u1" as UserId;
  const here = "w1" as WorkspaceId;
  const facts = { workspaceId: "w1", userId: "u1" };
  const member = (groups: readonly ("admin" | "meeting_manager" | "meeting_user")[]): Actor => ({
    kind: "member",
    userId: me,
    workspaceId: here,
    name: "Ada",
    groups: [...groups],
  });

  test.each([
    [
      "an admin, anybody here",
      member(["admin"]),
      { ...facts, userId: "u2" },
      ["people.manage", "people.find", "people.create-key"],
    ],
    ["an admin, elsewhere", member(["admin"]), { ...facts, workspaceId: "w2" }, []],
    [
      "a manager, anybody",
      member(["meeting_manager"]),
      { ...facts, userId: "u2" },
      ["people.find"],
    ],
    [
      "a host, themselves",
      member(["meeting_user"]),
      facts,
      ["people.find", "people.edit-profile", "people.create-key"],
    ],
    ["nobody", { kind: "anonymous" } as Actor, facts, []],
  ])("%s", (_who, actor, about, may) => {
    expect(peoplePolicy.permitted(actor, about)).toEqual(may);
  });

  test("a change demands the grant, and the grant is not given", () => {
    expect(() => peoplePolicy.authorize(member(["meeting_user"]), "people.manage", facts)).toThrow(
      AccessDenied,
    );
  });
});
