import { expect } from "vitest";
import type { Actor, Group } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { bookMeeting } from "@/lib/booking/commands/book-meeting";
import { rescheduleBooking } from "@/lib/booking/commands/reschedule-booking";
import { guestActor } from "@/lib/booking/core/guest-actor";
import { bookingInput } from "@/lib/booking/schema";
import { hashToken } from "@/lib/crypto/token";
import type { MeetingId, UserId, WorkspaceId } from "@/lib/ids";
import type { Person } from "@/lib/testing/factories/workspace";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import { handleExpireHold } from "../handlers/expire-hold";
import { findMeeting } from "../reads/meeting";
import { confirmMeeting, declineMeeting } from "./answer-request";
import { cancelMeeting } from "./cancel-meeting";
import { restoreMeeting } from "./restore-meeting";

const asMember = (person: Person, groups: readonly Group[] = ["meeting_user"]): Actor => ({
  kind: "member",
  userId: person.id as UserId,
  workspaceId: person.workspaceId as WorkspaceId,
  name: person.name,
  groups,
});

async function aHost(house: House, given: Parameters<typeof makeLink>[2] = {}) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId);
  const link = await makeLink(house.db, [host], given);
  return { workspaceId, host, link };
}

const SECRET = { email: "" };

async function book(house: House, token: string, start: string, now?: Instant) {
  SECRET.email = `mika+${Math.random().toString(36).slice(2)}@kaminari.example`;
  const input = bookingInput.parse({
    start,
    zone: "Asia/Tokyo",
    name: "Mika Tanaka",
    email: SECRET.email,
  });
  const deps = now === undefined ? house : { ...house, now: () => now };
  const booked = await bookMeeting({ linkToken: token, input }, deps);
  if (!booked.ok) throw new Error(booked.refusal.reason);
  const meeting = await findMeeting(house.db, { tokenHash: hashToken(booked.value.manageToken) });
  if (!meeting?.tokenAttendeeId) throw new Error("the capability opens nothing");
  return { meeting, guest: guestActor(meeting, meeting.tokenAttendeeId) };
}

const reread = async (house: House, { workspaceId, id }: Meeting): Promise<Meeting> => {
  const found = await findMeeting(house.db, { workspaceId, id });
  if (found === undefined) throw new Error("gone");
  return found;
};

const mailEvents = async (house: House, meeting: Meeting): Promise<string[]> =>
  (
    await house.db.mailMessage.findMany({
      where: { meetingId: meeting.id },
      orderBy: { id: "asc" },
    })
  ).map(({ event, state }) => (state === "suppressed" ? `${event} (held back)` : event));

test("a confirmed request keeps its claim, invites everybody and gives the host a task", async ({
  house,
}) => {
  const { host, link } = await aHost(house, { needs_approval: true });
  const { meeting } = await book(house, link.token, "2026-11-24T10:00:00Z");
  const confirmed = await confirmMeeting({ actor: asMember(host), meeting, version: 1 }, house);
  expect(confirmed.ok && confirmed.value.state).toBe("confirmed");
  const now = await reread(house, meeting);
  expect(now.claims).toHaveLength(1);
  expect((await mailEvents(house, meeting)).filter((event) => event === "confirmed")).toHaveLength(
    2,
  );
  expect(await house.db.task.count({ where: { meetingId: meeting.id, doneAt: null } })).toBe(1);
  const reminders = await house.queue.findJobs<{ meetingId: string }>("meetings.remind");
  expect(reminders.filter(({ data }) => data.meetingId === meeting.id)).toHaveLength(2);
});

test("two overlapping requests whose holds lapsed, confirmed at once: one wins, the other is told", async ({
  house,
}) => {
  for (let round = 0; round < 20; round += 1) {
    const { host, link } = await aHost(house, { needs_approval: true, hold_minutes: 5 });
    const longer = await makeLink(house.db, [host], {
      needs_approval: true,
      duration_minutes: 60,
      interval_minutes: 30,
      hold_minutes: 5,
    });
    const later = instantOf(NOW + 10 * 60_000);
    const meetings: Meeting[] = [];
    for (const [token, start] of [
      [link.token, "2026-11-24T10:30:00Z"],
      [longer.token, "2026-11-24T10:00:00Z"],
    ] as const) {
      const { meeting } = await book(house, token, start);
      await handleExpireHold(
        { workspaceId: meeting.workspaceId, meetingId: meeting.id, sequence: 0 },
        { ...house, now: () => later },
      );
      meetings.push(await reread(house, meeting));
    }
    expect(meetings.map(({ claims, state }) => [claims.length, state])).toEqual([
      [0, "draft"],
      [0, "draft"],
    ]);
    const answers = await Promise.all(
      meetings.map((meeting) => confirmMeeting({ actor: asMember(host), meeting }, house)),
    );
    expect(answers.map((answer) => (answer.ok ? "confirmed" : answer.refusal)).sort()).toEqual([
      "confirmed",
      "slot-taken",
    ]);
  }
});

test("two people confirm one request at once: one does, the other learns that it is confirmed", async ({
  house,
}) => {
  const { host, link } = await aHost(house, { needs_approval: true });
  const { meeting } = await book(house, link.token, "2026-11-24T10:00:00Z");
  const answers = await Promise.all(
    [1, 2, 3].map(() => confirmMeeting({ actor: asMember(host), meeting }, house)),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect((await mailEvents(house, meeting)).filter((event) => event === "confirmed")).toHaveLength(
    2,
  );
});

test("a declined request gives its time back, tells the guest why, and cannot be confirmed any more", async ({
  house,
}) => {
  const { host, link } = await aHost(house, { needs_approval: true });
  const { meeting } = await book(house, link.token, "2026-11-24T10:00:00Z");
  const declined = await declineMeeting(
    { actor: asMember(host), meeting, reason: "I am away." },
    house,
  );
  expect(declined.ok).toBe(true);
  const now = await reread(house, meeting);
  expect([now.state, now.declined, now.claims.length, now.cancelReason]).toEqual([
    "cancelled",
    true,
    0,
    "I am away.",
  ]);
  const again = await confirmMeeting({ actor: asMember(host), meeting: now }, house);
  expect(!again.ok && again.refusal).toBe("already-cancelled");
  await expect(book(house, link.token, "2026-11-24T10:00:00Z")).resolves.toBeDefined();
});

test("another host may neither confirm nor cancel, a manager may, and that is logged as an override", async ({
  house,
}) => {
  const { workspaceId, link } = await aHost(house, { needs_approval: true });
  const other = await makePerson(house.db, workspaceId, { name: "Other Host" });
  const manager = await makePerson(house.db, workspaceId, { name: "Mei Tan" });
  const { meeting } = await book(house, link.token, "2026-11-24T10:00:00Z");
  const before = await house.db.meetingEvent.count({ where: { meetingId: meeting.id } });
  await expect(confirmMeeting({ actor: asMember(other), meeting }, house)).rejects.toThrow(
    AccessDenied,
  );
  await expect(
    cancelMeeting({ actor: asMember(other), meeting, reason: "x" }, house),
  ).rejects.toThrow(AccessDenied);
  expect(await house.db.meetingEvent.count({ where: { meetingId: meeting.id } })).toBe(before);
  const done = await confirmMeeting(
    { actor: asMember(manager, ["meeting_manager"]), meeting },
    house,
  );
  expect(done.ok).toBe(true);
  const event = await house.db.meetingEvent.findFirst({
    where: { meetingId: meeting.id, kind: "confirmed" },
  });
  expect(event?.override).toBe(true);
  expect(await house.db.auditEntry.count({ where: { workspaceId, subject: meeting.id } })).toBe(1);
});

test("a guest moves a booking: same UID, one more in sequence, the old time is free, everybody is told", async ({
  house,
}) => {
  const { link } = await aHost(house);
  const { meeting, guest } = await book(house, link.token, "2026-11-24T10:00:00Z");
  const moved = await rescheduleBooking(
    { actor: guest, meeting, start: at("2026-11-24T10:15:00Z") },
    house,
  );
  expect(moved.ok ? "moved" : moved.refusal.reason).toBe("slot-closed");
  const good = await rescheduleBooking(
    { actor: guest, meeting, start: at("2026-11-25T15:00:00Z"), version: 1 },
    house,
  );
  expect(good.ok && [good.value.uid, good.value.sequence, good.value.version]).toEqual([
    meeting.uid,
    1,
    2,
  ]);
  const stale = await rescheduleBooking(
    {
      actor: guest,
      meeting: await reread(house, meeting),
      start: at("2026-11-25T16:00:00Z"),
      version: 1,
    },
    house,
  );
  expect(!stale.ok && stale.refusal.reason).toBe("changed-meanwhile");
  expect((await mailEvents(house, meeting)).filter((event) => event === "moved")).toHaveLength(2);
  await expect(book(house, link.token, "2026-11-24T10:00:00Z")).resolves.toBeDefined();
  await expect(book(house, link.token, "2026-11-25T15:00:00Z")).rejects.toThrow("slot-taken");
});

test("two bookings that swap their times at once never overlap, and nothing is lost", async ({
  house,
}) => {
  for (let round = 0; round < 15; round += 1) {
    const { workspaceId, link } = await aHost(house);
    const one = await book(house, link.token, "2026-11-24T10:00:00Z");
    const two = await book(house, link.token, "2026-11-24T11:00:00Z");
    await Promise.all([
      rescheduleBooking(
        { actor: one.guest, meeting: one.meeting, start: at("2026-11-24T11:00:00Z") },
        house,
      ),
      rescheduleBooking(
        { actor: two.guest, meeting: two.meeting, start: at("2026-11-24T10:00:00Z") },
        house,
      ),
    ]);
    expect(await house.db.meetingClaim.count({ where: { workspaceId } })).toBe(2);
  }
});

test("a guest cancels, takes it back within eight seconds, and no mail about it is ever sent", async ({
  house,
}) => {
  const { link } = await aHost(house);
  const { meeting, guest } = await book(house, link.token, "2026-11-24T10:00:00Z");
  const cancelled = await cancelMeeting(
    { actor: guest, meeting, reason: "Something came up", undoable: true },
    house,
  );
  expect(cancelled.ok).toBe(true);
  const gone = await reread(house, meeting);
  expect(gone.claims).toHaveLength(0);
  const restored = await restoreMeeting({ actor: guest, meeting: gone }, house);
  expect(restored.ok && restored.value.state).toBe("confirmed");
  const back = await reread(house, meeting);
  expect([back.claims.length, back.cancelReason, back.sequence]).toEqual([1, null, 0]);
  expect(await mailEvents(house, meeting)).toEqual([
    "confirmed",
    "confirmed",
    "cancelled (held back)",
    "cancelled (held back)",
  ]);
  const late = { ...house, now: () => instantOf(NOW + 20_000) };
  await cancelMeeting({ actor: guest, meeting: back, reason: null, undoable: true }, house);
  const tooLate = await restoreMeeting(
    { actor: guest, meeting: await reread(house, meeting) },
    late,
  );
  expect(!tooLate.ok && tooLate.refusal).toBe("too-late");
});

test("an undo finds the time taken by somebody else and says so", async ({ house }) => {
  const { link } = await aHost(house);
  const { meeting, guest } = await book(house, link.token, "2026-11-24T10:00:00Z");
  await cancelMeeting({ actor: guest, meeting, reason: null, undoable: true }, house);
  await book(house, link.token, "2026-11-24T10:00:00Z");
  const answer = await restoreMeeting(
    { actor: guest, meeting: await reread(house, meeting) },
    house,
  );
  expect(!answer.ok && answer.refusal).toBe("slot-taken");
});

test("after the link's deadline a guest can neither move nor cancel; the host still can", async ({
  house,
}) => {
  const { host, link } = await aHost(house, { change_deadline_minutes: 24 * 60 });
  const { meeting, guest } = await book(house, link.token, "2026-11-24T07:00:00Z");
  const moved = await rescheduleBooking(
    { actor: guest, meeting, start: at("2026-11-25T10:00:00Z") },
    house,
  );
  expect(!moved.ok && moved.refusal.reason).toBe("not-changeable");
  const cancelled = await cancelMeeting({ actor: guest, meeting, reason: null }, house);
  expect(!cancelled.ok && cancelled.refusal).toBe("not-changeable");
  expect((await cancelMeeting({ actor: asMember(host), meeting, reason: "Ill" }, house)).ok).toBe(
    true,
  );
});

test("a request nobody answered lapses when its time has come, and its guest is told", async ({
  house,
}) => {
  const { link } = await aHost(house, { needs_approval: true });
  const { meeting } = await book(house, link.token, "2026-11-23T09:00:00Z");
  const late = { ...house, now: () => at("2026-11-23T09:00:01Z") };
  await handleExpireHold(
    { workspaceId: meeting.workspaceId, meetingId: meeting.id, sequence: 0 },
    late,
  );
  const lapsed = await reread(house, meeting);
  expect([lapsed.state, lapsed.cancelledBy, lapsed.claims.length]).toEqual([
    "cancelled",
    "system",
    0,
  ]);
  expect(await mailEvents(house, meeting)).toContain("expired");
});

test("a meeting of another workspace is not found by its id", async ({ house }) => {
  const { link } = await aHost(house);
  const elsewhere = await makeWorkspace(house.db);
  const { meeting } = await book(house, link.token, "2026-11-24T10:00:00Z");
  const asked = { workspaceId: elsewhere as WorkspaceId, id: meeting.id as MeetingId };
  expect(await findMeeting(house.db, asked)).toBeUndefined();
});
