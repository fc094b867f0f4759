import { expect } from "vitest";
import type { Actor, Group } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { addMinutes, toIso } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import { findMeeting } from "../reads/meeting";
import { listOpenProposals } from "../reads/proposals";
import { meetingInput } from "../schema";
import { acceptProposal, declineProposal } from "./answer-proposal";
import { makeMeeting } from "./make-meeting";
import { proposeTime } from "./propose-time";

const asMember = (person: Person, groups: readonly Group[] = ["meeting_user"]): Actor => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

const START = at("2026-11-24T10:00:00Z");
const LATER = { from: at("2026-11-24T15:00:00Z"), to: at("2026-11-24T16:00:00Z") };

async function aMeeting(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId, { name: "Ana" });
  const guestOfHonour = await makePerson(house.db, workspaceId, { name: "Lena" });
  const outsider = await makePerson(house.db, workspaceId, { name: "Noah" });
  const input = meetingInput.parse({
    subject: "Roadmap",
    start: toIso(START),
    end: toIso(addMinutes(START, 60)),
    people: [{ userId: guestOfHonour.id }],
  });
  const made = await makeMeeting({ actor: asMember(host), input, confirm: true }, house);
  if (!made.ok) throw new Error(made.refusal.reason);
  return { host, lena: guestOfHonour, outsider, meeting: await reread(house, made.value) };
}

async function reread(house: House, { workspaceId, id }: Meeting): Promise<Meeting> {
  const found = await findMeeting(house.db, { workspaceId, id });
  if (found === undefined) throw new Error("gone");
  return found;
}

async function proposed(
  house: House,
  person: Person,
  meeting: Meeting,
  note: string | null = null,
) {
  const said = await proposeTime({ actor: asMember(person), meeting, during: LATER, note }, house);
  if (!said.ok) throw new Error(said.refusal);
  return said.value;
}

const eventsOf = async (house: House, meeting: Meeting) =>
  (
    await house.db.meetingEvent.findMany({
      where: { meetingId: meeting.id },
      orderBy: [{ at: "asc" }, { id: "asc" }],
    })
  ).map(({ kind }) => kind);

test("somebody invited proposes another time: the host is told, and nothing moves", async ({
  house,
}) => {
  const { host, lena, meeting } = await aMeeting(house);
  await proposed(house, lena, meeting, "Dentist");
  const after = await reread(house, meeting);
  expect([after.start, after.version]).toEqual([meeting.start, meeting.version]);
  expect(await listOpenProposals(house.db, meeting)).toMatchObject([
    { name: "Lena", start: LATER.from, end: LATER.to, note: "Dentist" },
  ]);
  const notices = await house.db.notification.findMany({ where: { meetingId: meeting.id } });
  expect(notices.filter(({ kind }) => kind === "proposed").map(({ userId }) => userId)).toEqual([
    host.id,
  ]);
  const mails = await house.db.mailMessage.findMany({
    where: { meetingId: meeting.id, event: "proposed" },
  });
  expect(mails.map(({ toEmail }) => toEmail)).toEqual([host.email]);
});

test("a second proposal of the same person takes the place of the first", async ({ house }) => {
  const { lena, meeting } = await aMeeting(house);
  const first = await proposed(house, lena, meeting);
  const second = await proposed(house, lena, meeting);
  expect((await listOpenProposals(house.db, meeting)).map(({ id }) => id)).toEqual([second]);
  const asked = { actor: asMember(lena), meeting, proposalId: first };
  await expect(acceptProposal(asked, house)).rejects.toThrow(AccessDenied);
});

test("the host takes a proposal: the meeting moves for everybody, once", async ({ house }) => {
  const { host, lena, meeting } = await aMeeting(house);
  const proposalId = await proposed(house, lena, meeting);
  const asked = { actor: asMember(host), meeting, proposalId, version: meeting.version };
  const taken = await acceptProposal(asked, house);
  expect(taken.ok && taken.value.start).toBe(LATER.from);
  expect(await eventsOf(house, meeting)).toEqual(
    expect.arrayContaining(["proposed", "moved", "proposal-accepted"]),
  );
  const now = await reread(house, meeting);
  expect(now.sequence).toBe(meeting.sequence + 1);
  expect(await listOpenProposals(house.db, meeting)).toEqual([]);
  const moved = await house.db.mailMessage.findMany({
    where: { meetingId: meeting.id, event: "moved" },
  });
  expect(moved.map(({ toEmail }) => toEmail).sort()).toEqual([host.email, lena.email].sort());
  expect(await acceptProposal({ ...asked, meeting: now }, house)).toEqual({
    ok: false,
    refusal: "already-answered",
  });
});

test("a proposal of a time that is taken is refused with who is in the way, and stays open", async ({
  house,
}) => {
  const { host, lena, meeting } = await aMeeting(house);
  const proposalId = await proposed(house, lena, meeting);
  const input = meetingInput.parse({
    subject: "Review",
    start: toIso(LATER.from),
    end: toIso(LATER.to),
  });
  await makeMeeting({ actor: asMember(lena), input, confirm: true }, house);
  const taken = await acceptProposal({ actor: asMember(host), meeting, proposalId }, house);
  expect(taken).toMatchObject({
    ok: false,
    refusal: { reason: "conflict", conflicts: [{ name: "Lena", subject: "Review" }] },
  });
  expect(await listOpenProposals(house.db, meeting)).toHaveLength(1);
  expect(await eventsOf(house, meeting)).not.toContain("proposal-accepted");
});

test("the host keeps the time, and whoever proposed is told", async ({ house }) => {
  const { host, lena, meeting } = await aMeeting(house);
  const proposalId = await proposed(house, lena, meeting);
  const asked = { actor: asMember(host), meeting, proposalId };
  expect(await declineProposal(asked, house)).toEqual({ ok: true, value: null });
  expect(await declineProposal(asked, house)).toEqual({ ok: false, refusal: "already-answered" });
  const notices = await house.db.notification.findMany({
    where: { meetingId: meeting.id, userId: lena.id, kind: "proposal-declined" },
  });
  expect(notices).toHaveLength(1);
  expect((await reread(house, meeting)).start).toBe(meeting.start);
});

test("a manager who answers in the host's place is written into the audit log", async ({
  house,
}) => {
  const { lena, outsider, meeting } = await aMeeting(house);
  const proposalId = await proposed(house, lena, meeting);
  const actor = asMember(outsider, ["meeting_manager"]);
  await declineProposal({ actor, meeting, proposalId }, house);
  const audited = await house.db.auditEntry.findMany({ where: { subject: meeting.id } });
  expect(audited.map(({ action }) => action)).toEqual(["meeting.reschedule (override)"]);
});

test("who is not invited proposes nothing, and a host moves the meeting instead", async ({
  house,
}) => {
  const { host, outsider, meeting } = await aMeeting(house);
  const propose = (actor: Actor) =>
    proposeTime({ actor, meeting, during: LATER, note: null }, house);
  await expect(propose(asMember(outsider))).rejects.toThrow(AccessDenied);
  expect(await propose(asMember(host))).toEqual({ ok: false, refusal: "not-invited" });
});

test("a time that has passed, is the meeting's own or no meeting long is refused", async ({
  house,
}) => {
  const { lena, meeting } = await aMeeting(house);
  const refusalOf = async (from: number, minutes: number) => {
    const start = addMinutes(at("2026-11-24T00:00:00Z"), from);
    const during = { from: start, to: addMinutes(start, minutes) };
    const said = await proposeTime({ actor: asMember(lena), meeting, during, note: null }, house);
    return said.ok ? "ok" : said.refusal;
  };
  expect(await refusalOf(-24 * 60, 60)).toBe("slot-passed");
  expect(await refusalOf(600, 60)).toBe("same-time");
  expect(await refusalOf(660, 1)).toBe("bad-length");
  const over = { ...house, now: () => addMinutes(NOW, 10 * 24 * 60) };
  const late = await proposeTime(
    { actor: asMember(lena), meeting, during: LATER, note: null },
    over,
  );
  expect(late).toEqual({ ok: false, refusal: "not-asked" });
});
