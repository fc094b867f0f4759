import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { findSession, insertSession } from "@/lib/auth/session-rows";
import { insertRows } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { noticeRows } from "@/lib/notifications/writes";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/people";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import { chooseNotifications } from "./commands/choose-notifications";
import { createApiKey } from "./commands/create-api-key";
import {
  invitePeople,
  nameOfAddress,
  resendInvitation,
  withdrawInvitation,
} from "./commands/invite-people";
import { removePerson } from "./commands/remove-person";
import { endSessions, resetTwoFactor, sendPasswordReset } from "./commands/reset-access";
import { revokeApiKey } from "./commands/revoke-api-key";
import { setDisabled, setGroups } from "./commands/set-groups";
import { updateProfile } from "./commands/update-profile";
import { NOTIFICATION_SWITCHES } from "./core/notification-choices";
import type { PeopleAsked } from "./core/person";
import { peoplePolicy } from "./policy";
import { listPeople } from "./reads/people";
import { findPerson } from "./reads/person";
import { listApiKeys, listSwitchedOff } from "./reads/settings";
import { invitationInput, profileInput } from "./schema";

type Home = {
  readonly workspaceId: WorkspaceId;
  readonly admin: Member;
  readonly by: ReturnType<typeof grantOf>;
};

const memberOf = (workspaceId: string, userId: string, groups: readonly Group[]): Member => ({
  kind: "member",
  userId: userId as UserId,
  workspaceId: workspaceId as WorkspaceId,
  name: "Ada Admin",
  groups,
});

const grantOf = (admin: Member) =>
  peoplePolicy.authorize(admin, "people.manage", {
    workspaceId: admin.workspaceId,
    userId: null,
  });

async function home(house: House): Promise<Home> {
  const workspaceId = await makeWorkspace(house.db);
  const { id } = await makePerson(house.db, house.keys, { workspaceId, groups: ["admin"] });
  const admin = memberOf(workspaceId, id, ["admin"]);
  return { workspaceId, admin, by: grantOf(admin) };
}

const ALL: PeopleAsked = { q: "", group: undefined, state: undefined, after: undefined };
const invitation = (emails: string, groups: readonly Group[] = ["meeting_user"]) =>
  invitationInput.parse({ emails, groups: [...groups] });

const mailsTo = (house: House, toEmail: string) =>
  house.db.mailMessage.findMany({ where: { toEmail }, orderBy: { createdAt: "asc" } });

async function actionsIn(house: House, workspaceId: string): Promise<readonly string[]> {
  const rows = await house.db.auditEntry.findMany({
    where: { workspaceId },
    orderBy: { sequence: "asc" },
  });
  return rows.map(({ action }) => action);
}

describe("an invitation", () => {
  test("makes an account without a way in, and mails its link; taken addresses are named", async ({
    house,
  }) => {
    const { workspaceId, by } = await home(house);
    const one = `mei.tan-${randomUUID()}@halden.example`;
    const both = invitation(`${one}, ${one.toUpperCase()};\nb-${one}`);
    expect(await invitePeople(both, by, house)).toEqual({ invited: [one, `b-${one}`], taken: [] });
    expect(await invitePeople(invitation(one), by, house)).toEqual({ invited: [], taken: [one] });
    const { rows, counts } = await listPeople(house.db, workspaceId, { ...ALL, state: "invited" });
    expect(rows.map(({ email, groups }) => [email, groups])).toEqual(
      [one, `b-${one}`].sort().map((email) => [email, ["meeting_user"]]),
    );
    expect(counts).toEqual({ active: 1, invited: 2, deactivated: 0 });
    const [mail, ...more] = await mailsTo(house, one);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ event: "account/invitation", state: "queued" });
    const detail = await findPerson(
      house.db,
      { workspaceId, userId: rows[0]?.id ?? "" },
      { now: NOW },
    );
    expect(detail).toMatchObject({ hasPassword: false, held: { linkCount: 0, meetingCount: 0 } });
    expect(detail?.invitedUntil).toBeGreaterThan(NOW);
  });

  test("is sent again with a new link, and taken back whole", async ({ house }) => {
    const { workspaceId, by } = await home(house);
    const email = `x-${randomUUID()}@halden.example`;
    await invitePeople(invitation(email), by, house);
    const [row] = (await listPeople(house.db, workspaceId, { ...ALL, state: "invited" })).rows;
    const person = { workspaceId, userId: row?.id ?? "" };
    expect(await resendInvitation(person, by, house)).toMatchObject({ ok: true });
    expect(await mailsTo(house, email)).toHaveLength(2);
    expect(await house.db.accountToken.count({ where: { ...person, usedAt: null } })).toBe(1);
    expect(await withdrawInvitation(person, by, house)).toMatchObject({ ok: true });
    expect(await house.db.appUser.count({ where: { email } })).toBe(0);
    expect(await house.db.accountToken.count({ where: person })).toBe(0);
    expect(await resendInvitation(person, by, house)).toMatchObject({ refusal: "not-invited" });
    expect(await actionsIn(house, workspaceId)).toEqual([
      "user.create",
      "user.invite",
      "user.invite-again",
      "user.invite-withdraw",
    ]);
  });

  test("that was accepted is neither sent again nor taken back", async ({ house }) => {
    const { workspaceId, by } = await home(house);
    const { id: userId } = await makePerson(house.db, house.keys, { workspaceId });
    const person = { workspaceId, userId };
    expect(await resendInvitation(person, by, house)).toMatchObject({ refusal: "not-invited" });
    expect(await withdrawInvitation(person, by, house)).toMatchObject({ refusal: "not-invited" });
    expect(await house.db.appUser.count({ where: { id: userId } })).toBe(1);
  });

  test("makes nobody the admin the workspace is left with", async ({ house }) => {
    const { workspaceId, admin, by } = await home(house);
    await invitePeople(invitation(`a-${randomUUID()}@halden.example`, ["admin"]), by, house);
    const self = { workspaceId, userId: admin.userId };
    expect(await setGroups(self, [], by, house)).toMatchObject({ refusal: "last-admin" });
    expect(await setDisabled(self, true, by, house)).toMatchObject({ refusal: "last-admin" });
    expect(await findPerson(house.db, self, { now: NOW })).toMatchObject({ lastAdmin: true });
  });

  test.for([
    ["mei.tan+sales@halden.example", "Mei Tan"],
    ["ana@halden.example", "Ana"],
    ["+x@halden.example", "+x@halden.example"],
  ])("%s is called %s until they say otherwise", ([email = "", name]) => {
    expect(nameOfAddress(email)).toBe(name);
  });

  test.for([
    ["nothing", ""],
    ["no address", "ana"],
    ["fifty-one", Array.from({ length: 51 }, (_, at) => `a${at}@x.example`).join()],
    ["a letter that looks like another", "аna@halden.example"],
    ["a line end inside", "a@x.example\r\nBcc: b"],
  ])("is not sent to %s", ([, emails]) => {
    expect(invitationInput.safeParse({ emails, groups: [] }).success).toBe(false);
  });
});

describe("the list of people", () => {
  test("pages by name without leaving anybody out or showing anybody twice", async ({ house }) => {
    const { workspaceId } = await home(house);
    const names = Array.from({ length: 250 }, (_, at) => `Person ${at % 60}`);
    await insertRows(house.db, [
      {
        table: "app_user",
        rows: names.map((name, at) => ({
          workspace_id: workspaceId,
          id: randomUUID(),
          email: `p${at}@list.example`,
          name,
          zone: "UTC",
          locale: "en",
          hour_cycle: 24,
          week_start: 1,
          version: 1,
          created_at: new Date(0).toISOString(),
        })),
      },
    ]);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await listPeople(house.db, workspaceId, { ...ALL, q: "PERSON ", after });
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(new Set(seen).size).toBe(250);
    expect(seen).toHaveLength(250);
    expect((await listPeople(house.db, workspaceId, { ...ALL, q: "%" })).rows).toEqual([]);
    expect((await listPeople(house.db, workspaceId, { ...ALL, q: "p7@list" })).rows).toHaveLength(
      1,
    );
    const admins = await listPeople(house.db, workspaceId, { ...ALL, group: "admin" });
    expect(admins.rows).toHaveLength(1);
  });
});

describe("an admin helps somebody back in", () => {
  test("two-factor goes with a reason: app, codes and passkeys, and the sessions; they are told", async ({
    house,
  }) => {
    const { workspaceId, by } = await home(house);
    const { id: userId, email } = await makePerson(house.db, house.keys, { workspaceId });
    const person = { workspaceId, userId };
    expect(await resetTwoFactor({ ...person, reason: "lost phone" }, by, house)).toMatchObject({
      refusal: "nothing-to-reset",
    });
    await house.db.userTotp.create({
      data: { ...person, sealed: randomBytes(40), confirmedAt: new Date(NOW) },
    });
    await house.db.recoveryCode.create({
      data: { ...person, id: randomUUID(), codeHash: randomBytes(32) },
    });
    const { token } = await insertSession(house.db, {
      ...person,
      userAgent: null,
      address: null,
      method: "password",
      now: NOW,
    });
    expect(await findPerson(house.db, person, { now: NOW })).toMatchObject({ twoFactor: true });
    expect(await resetTwoFactor({ ...person, reason: "lost phone" }, by, house)).toMatchObject({
      ok: true,
    });
    expect(await findSession(house.db, token, NOW)).toBeUndefined();
    expect(await house.db.userTotp.count({ where: person })).toBe(0);
    expect(await house.db.recoveryCode.count({ where: person })).toBe(0);
    const [mail] = await mailsTo(house, email);
    expect(mail).toMatchObject({
      event: "account/two-factor-reset",
      facts: { by: "Ada Admin", reason: "lost phone" },
    });
    expect(await actionsIn(house, workspaceId)).toContain("user.two-factor-reset");
  });

  test("a password is reset by a mailed link, for those who may sign in", async ({ house }) => {
    const { workspaceId, by } = await home(house);
    const { id: userId, email } = await makePerson(house.db, house.keys, { workspaceId });
    const person = { workspaceId, userId };
    expect(await sendPasswordReset(person, by, house)).toMatchObject({ ok: true });
    expect((await mailsTo(house, email))[0]).toMatchObject({ event: "account/password-reset" });
    await setDisabled(person, true, by, house);
    expect(await sendPasswordReset(person, by, house)).toMatchObject({ refusal: "no-user" });
  });

  test("one session is ended, or all, and only those of this person", async ({ house }) => {
    const { workspaceId, by } = await home(house);
    const made = await Promise.all(
      [1, 2].map(() => makePerson(house.db, house.keys, { workspaceId })),
    );
    const [one, two] = made.map(({ id }) => ({ workspaceId, userId: id }));
    if (!one || !two) throw new Error("nobody");
    const about = { userAgent: null, address: null, method: "password", now: NOW } as const;
    const open = (person: typeof one) => insertSession(house.db, { ...person, ...about });
    await open(one);
    await open(one);
    const other = await open(two);
    const [first] = (await findPerson(house.db, one, { now: NOW }))?.sessions ?? [];
    const sessionId = first?.id ?? "";
    expect(await endSessions({ ...two, sessionId }, by, house)).toMatchObject({
      refusal: "no-session",
    });
    expect(await endSessions({ ...one, sessionId }, by, house)).toMatchObject({
      value: { ended: 1 },
    });
    expect(await endSessions({ ...one, sessionId: "all" }, by, house)).toMatchObject({
      value: { ended: 1 },
    });
    expect(await findSession(house.db, other.token, NOW)).toBeDefined();
  });
});

describe("removing somebody", () => {
  test("ends every way in, frees the address, and leaves the name", async ({ house }) => {
    const { workspaceId, admin, by } = await home(house);
    const { id: userId, email } = await makePerson(house.db, house.keys, {
      workspaceId,
      name: "Old Hand",
    });
    const person = { workspaceId, userId };
    const self = { workspaceId, userId: admin.userId };
    expect(await removePerson(self, by, house)).toMatchObject({
      refusal: { reason: "own-account" },
    });
    expect(await removePerson(person, by, house)).toMatchObject({ ok: true });
    expect(await house.db.appUser.findFirst({ where: { id: userId } })).toMatchObject({
      name: "Old Hand",
      passwordHash: null,
    });
    expect(await findPerson(house.db, person, { now: NOW })).toBeUndefined();
    expect(await setDisabled(person, false, by, house)).toMatchObject({ refusal: "no-user" });
    expect(await setGroups(person, ["admin"], by, house)).toMatchObject({ refusal: "no-user" });
    expect(await invitePeople(invitation(email), by, house)).toMatchObject({ invited: [email] });
    expect(await removePerson(person, by, house)).toMatchObject({
      refusal: { reason: "no-user" },
    });
  });

  test("leaves an admin when two admins remove each other at the same moment", async ({
    house,
  }) => {
    for (let round = 0; round < 5; round += 1) {
      const { workspaceId, admin, by } = await home(house);
      const { id } = await makePerson(house.db, house.keys, { workspaceId, groups: ["admin"] });
      const other = memberOf(workspaceId, id, ["admin"]);
      const both = await Promise.all([
        removePerson({ workspaceId, userId: other.userId }, by, house),
        removePerson({ workspaceId, userId: admin.userId }, grantOf(other), house),
      ]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: { reason: "last-admin" } });
    }
  });
});

describe("one's own settings", () => {
  const settings = (version: number, more: object = {}) =>
    profileInput.parse({
      name: "Mei Tan",
      title: "",
      zone: "Asia/Tokyo",
      locale: "ja",
      hourCycle: "12",
      weekStart: "0",
      version: String(version),
      ...more,
    });

  async function own(house: House) {
    const { workspaceId } = await home(house);
    const { id: userId } = await makePerson(house.db, house.keys, { workspaceId });
    const facts = { workspaceId, userId };
    const actor = memberOf(workspaceId, userId, ["meeting_user"]);
    return {
      person: facts,
      by: peoplePolicy.authorize(actor, "people.edit-profile", facts),
      forKeys: peoplePolicy.authorize(actor, "people.create-key", facts),
    };
  }

  test("are saved once per version; the later of two saves is shown what is there now", async ({
    house,
  }) => {
    const { person, by } = await own(house);
    const both = await Promise.all([
      updateProfile(settings(1, { title: "One" }), by, house),
      updateProfile(settings(1, { title: "Two" }), by, house),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      refusal: { reason: "changed-meanwhile", current: { version: 2, name: "Mei Tan" } },
    });
    expect(await house.db.resource.findFirst({ where: { ...person } })).toMatchObject({
      name: "Mei Tan",
    });
  });

  test.for([
    ["a zone that is none", { zone: "Mars/Olympus" }],
    ["a language nobody speaks here", { locale: "tlh" }],
    ["a clock of 13 hours", { hourCycle: "13" }],
    ["an eighth day", { weekStart: "7" }],
    ["a fractional version", { version: "1.5" }],
    ["a name of 10,000 letters", { name: "x".repeat(10_000) }],
    ["a field of somebody's own", { groups: "admin" }],
  ])("are not saved with %s", ([, wrong]) => {
    expect(() => settings(1, wrong as object)).toThrow();
  });

  test("decide about notices and mails, whoever sends them", async ({ house }) => {
    const { person, by } = await own(house);
    const on = [...NOTIFICATION_SWITCHES.keys()].filter(
      (name) => name !== "moved:inbox" && name !== "reminder:mail",
    );
    await Promise.all([chooseNotifications(on, by, house), chooseNotifications(on, by, house)]);
    expect(await listSwitchedOff(house.db, person)).toHaveLength(2);
    const notice = (kind: "moved" | "cancelled") => ({
      ...person,
      meetingId: null as unknown as string,
      kind,
      title: "Roadmap",
      detail: null,
    });
    await insertRows(house.db, [noticeRows([notice("moved"), notice("cancelled")], NOW)]);
    const kept = await house.db.notification.findMany({ where: person });
    expect(kept.map(({ kind }) => kind)).toEqual(["cancelled"]);
  });

  test("end a key, which is nobody's from then on; somebody else's key is not there", async ({
    house,
  }) => {
    const { person, forKeys } = await own(house);
    const stranger = await own(house);
    const made = await createApiKey({ ...person, name: "Script" }, forKeys, house);
    const id = made.ok ? made.value.id : "";
    expect(await listApiKeys(house.db, person)).toMatchObject([{ id, name: "Script" }]);
    expect(await revokeApiKey({ ...stranger.person, id }, stranger.forKeys, house)).toMatchObject({
      refusal: "no-key",
    });
    expect(await revokeApiKey({ ...person, id }, forKeys, house)).toMatchObject({ ok: true });
    expect(await listApiKeys(house.db, person)).toEqual([]);
    expect(await revokeApiKey({ ...person, id }, forKeys, house)).toMatchObject({
      refusal: "no-key",
    });
  });
});
