import { expect } from "vitest";
import type { Group, Member } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { bookingInput } from "@/lib/booking/schema";
import { hashToken } from "@/lib/crypto/token";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { removePerson } from "@/lib/people/commands/remove-person";
import { peoplePolicy } from "@/lib/people/policy";
import type { Person } from "@/lib/testing/factories/workspace";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { test } from "@/lib/testing/house";
import { findMeeting } from "../reads/meeting";
import { handOver } from "./hand-over";

const memberOf = (person: Person, groups: readonly Group[]): Member => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

async function team(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const [admin, old, heir] = await Promise.all([
    makePerson(house.db, workspaceId, { name: "Ada", groups: ["admin"], passwordHash: "x" }),
    makePerson(house.db, workspaceId, { name: "Old Hand" }),
    makePerson(house.db, workspaceId, { name: "Heir", zone: "Asia/Tokyo" }),
  ]);
  return { workspaceId, admin, old, heir, actor: memberOf(admin, ["admin"]) };
}

async function book(house: House, token: string, start: string) {
  const input = bookingInput.parse({
    start,
    zone: "UTC",
    name: "Mika",
    email: `mika+${Math.random().toString(36).slice(2)}@kaminari.example`,
  });
  return bookMeeting({ linkToken: token, input }, house);
}

async function booked(house: House, token: string, start: string) {
  const made = await book(house, token, start);
  if (!made.ok) throw new Error(made.refusal.reason);
  const meeting = await findMeeting(house.db, { tokenHash: hashToken(made.value.manageToken) });
  if (!meeting) throw new Error("not found");
  return meeting;
}

const between = (from: Person, to: Person) => ({
  from: from.id as UserId,
  to: to.id as UserId,
});

const doubleBooked = async (house: House): Promise<number> => {
  const [row] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM meeting_claim a JOIN meeting_claim b
      ON a.workspace_id = b.workspace_id AND a.resource_id = b.resource_id AND a.id < b.id
     AND a.live AND b.live AND a.during && b.during`;
  return row?.count ?? -1;
};

test("links and meetings to come go to the successor, who is told; the guest gets the new invitation", async ({
  house,
}) => {
  const { workspaceId, old, heir, actor } = await team(house);
  const link = await makeLink(house.db, [old], { owner_id: old.id });
  const before = await booked(house, link.token, "2026-11-24T09:00:00Z");
  const done = await handOver({ actor, ...between(old, heir) }, house);
  expect(done).toMatchObject({
    ok: true,
    value: { links: ["Product conversation"], meetings: 1, kept: [], next: undefined },
  });
  expect(house.withdrawn).toContain(link.token);
  const after = await findMeeting(house.db, before);
  expect(after).toMatchObject({
    hostId: heir.id,
    hostName: "Heir",
    sequence: before.sequence + 1,
    uid: before.uid,
    start: before.start,
    claims: [{ resourceId: heir.resourceId }],
  });
  expect(after?.attendees.map(({ kind, email }) => [kind, email])).toEqual([
    ["host", heir.email],
    ["guest", expect.stringContaining("kaminari")],
  ]);
  expect(
    await house.db.bookingLink.findFirst({ where: { id: link.id }, select: { ownerId: true } }),
  ).toEqual({ ownerId: heir.id });
  expect(await house.db.bookingLinkHost.findMany({ where: { linkId: link.id } })).toMatchObject([
    { userId: heir.id, scheduleId: heir.scheduleId },
  ]);
  const mails = await house.db.mailMessage.findMany({
    where: { meetingId: before.id, idempotencyKey: { endsWith: `/${after?.version}` } },
  });
  expect(mails.map(({ toEmail }) => toEmail).sort()).toEqual(
    after?.attendees.map(({ email }) => email).sort(),
  );
  expect(await house.db.notification.count({ where: { workspaceId, userId: heir.id } })).toBe(1);
  const actions = await house.db.auditEntry.findMany({ where: { workspaceId } });
  expect(actions.map(({ action }) => action).sort()).toEqual([
    "link.hand-over",
    "meeting.hand-over (override)",
  ]);
});

test("a meeting at whose time the successor is not free stays and is named; nothing is double-booked", async ({
  house,
}) => {
  const { old, heir, actor } = await team(house);
  const [his, hers] = await Promise.all([
    makeLink(house.db, [old], { name: "His" }),
    makeLink(house.db, [heir], { name: "Hers" }),
  ]);
  await booked(house, hers.token, "2026-11-24T09:00:00Z");
  const clash = await booked(house, his.token, "2026-11-24T09:00:00Z");
  const free = await booked(house, his.token, "2026-11-24T10:00:00Z");
  expect(await handOver({ actor, ...between(old, heir) }, house)).toMatchObject({
    value: { meetings: 1, kept: [{ id: clash.id, subject: clash.subject, reason: "slot-taken" }] },
  });
  expect(await findMeeting(house.db, clash)).toMatchObject({ hostId: old.id });
  expect(await findMeeting(house.db, free)).toMatchObject({ hostId: heir.id });
  expect(await doubleBooked(house)).toBe(0);
});

test("of a request the new host alone is told, and the guest's time stays held", async ({
  house,
}) => {
  const { old, heir, actor } = await team(house);
  const link = await makeLink(house.db, [old], { needs_approval: true });
  const before = await booked(house, link.token, "2026-11-25T09:00:00Z");
  await handOver({ actor, ...between(old, heir) }, house);
  const after = await findMeeting(house.db, before);
  expect(after).toMatchObject({ state: "draft", hostId: heir.id });
  expect(after?.claims).toEqual([{ resourceId: heir.resourceId }]);
  const mails = await house.db.mailMessage.findMany({
    where: { meetingId: before.id, idempotencyKey: { endsWith: `/${after?.version}` } },
  });
  expect(mails.map(({ event, toEmail }) => [event, toEmail])).toEqual([
    ["new-request", heir.email],
  ]);
});

test("who hosts a link with them already is there once, with both counts", async ({ house }) => {
  const { old, heir, actor } = await team(house);
  const link = await makeLink(house.db, [old, heir], { role: "one_of" });
  await house.db.bookingLinkHost.updateMany({ where: { linkId: link.id }, data: { assigned: 3 } });
  const both = await makeLink(house.db, [old, heir], { name: "Both of us" });
  const meeting = await booked(house, both.token, "2026-11-26T09:00:00Z");
  await handOver({ actor, ...between(old, heir) }, house);
  expect(await house.db.bookingLinkHost.findMany({ where: { linkId: link.id } })).toMatchObject([
    { userId: heir.id, assigned: 6, scheduleId: heir.scheduleId },
  ]);
  const after = await findMeeting(house.db, meeting);
  expect(after?.attendees.map(({ kind, userId }) => [kind, userId])).toEqual([
    ["host", heir.id],
    ["guest", null],
  ]);
  expect(after?.claims).toEqual([{ resourceId: heir.resourceId }]);
});

test("many meetings are handed over in several calls", async ({ house }) => {
  const { old, heir, actor } = await team(house);
  const link = await makeLink(house.db, [old]);
  for (let at = 0; at < 27; at += 1) {
    const start = new Date(Date.parse("2026-11-24T00:00:00Z") + at * 3_600_000).toISOString();
    await booked(house, link.token, start);
  }
  const first = await handOver({ actor, ...between(old, heir) }, house);
  expect(first).toMatchObject({ value: { meetings: 25 } });
  const after = first.ok ? first.value.next : undefined;
  expect(await handOver({ actor, ...between(old, heir), after }, house)).toMatchObject({
    value: { links: [], meetings: 2, next: undefined },
  });
});

test("while guests go on booking both of them, nobody is booked twice and nothing is lost", async ({
  house,
}) => {
  const { old, heir, actor, admin, workspaceId } = await team(house);
  const [his, hers] = await Promise.all([makeLink(house.db, [old]), makeLink(house.db, [heir])]);
  const starts = Array.from(
    { length: 12 },
    (_, at) => `2026-12-0${1 + (at % 4)}T1${Math.floor(at / 4)}:00:00Z`,
  );
  const [, ...answers] = await Promise.all([
    handOver({ actor, ...between(old, heir) }, house),
    ...starts.flatMap((start) => [book(house, his.token, start), book(house, hers.token, start)]),
  ]);
  const made = answers.filter(({ ok }) => ok).length;
  expect(await doubleBooked(house)).toBe(0);
  expect(await house.db.meeting.count({ where: { workspaceId, state: "confirmed" } })).toBe(made);
  // Whoever is left with them cannot be removed; what was refused is named.
  const by = peoplePolicy.authorize(actor, "people.manage", { workspaceId, userId: null });
  const removed = await removePerson({ workspaceId, userId: old.id }, by, house);
  const left = await house.db.meeting.count({ where: { workspaceId, hostId: old.id } });
  if (left > 0) {
    expect(removed).toMatchObject({
      refusal: { reason: "still-held", held: { meetingCount: left } },
    });
  } else expect(removed).toMatchObject({ ok: true });
  expect(admin.id).not.toBe(old.id);
});

test("only an admin hands over, only to somebody here who may hold meetings", async ({ house }) => {
  const { old, heir, actor, workspaceId } = await team(house);
  const manager = memberOf(heir, ["meeting_manager"]);
  await expect(handOver({ actor: manager, ...between(old, heir) }, house)).rejects.toThrow(
    AccessDenied,
  );
  const sales = await makePerson(house.db, workspaceId, { groups: ["crm_user"] });
  const stranger = await makePerson(house.db, await makeWorkspace(house.db));
  for (const [to, refusal] of [
    [old, "same-person"],
    [sales, "no-successor"],
    [stranger, "no-successor"],
  ] as const) {
    expect(await handOver({ actor, ...between(old, to) }, house)).toEqual({ ok: false, refusal });
  }
  expect(await handOver({ actor, ...between(stranger, heir) }, house)).toMatchObject({
    refusal: "no-person",
  });
});
