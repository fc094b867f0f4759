import { expect } from "vitest";
import { hashToken } from "@/lib/crypto/token";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { guestBookingOf } from "../core/guest-view";
import { listStarts, seatsLeft } from "../core/offer";
import { pageWindow } from "../core/snapshot";
import { findLinkSnapshot } from "../reads";
import { bookingInput } from "../schema";
import { bookMeeting } from "./book-meeting";
import { cancelBooking } from "./cancel-booking";
import { moveBooking } from "./move-booking";
import { restoreBooking } from "./restore-booking";

const TEN = "2026-11-24T10:00:00Z";
const ELEVEN = "2026-11-24T11:00:00Z";

async function aClass(house: House, given: Parameters<typeof makeLink>[2] = {}) {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId);
  const link = await makeLink(house.db, [host], {
    name: "Open class",
    duration_minutes: 60,
    seats: 7,
    ...given,
  });
  return { workspaceId, host, link };
}

let guests = 0;
function book(house: House, token: string, start = TEN, more: Record<string, unknown> = {}) {
  guests += 1;
  const input = bookingInput.parse({
    start,
    zone: "Asia/Tokyo",
    name: `Guest ${guests}`,
    email: `guest-${guests}@kaminari.example`,
    ...more,
  });
  return bookMeeting({ linkToken: token, input }, house);
}

async function held(house: House, manageToken: string) {
  const meeting = await findMeeting(house.db, { tokenHash: hashToken(manageToken) });
  if (meeting?.tokenAttendeeId == null) throw new Error("this capability opens nothing");
  return { meeting: meeting as Meeting, attendeeId: meeting.tokenAttendeeId };
}

async function seatOf(house: House, token: string, start = TEN, more = {}) {
  const booked = await book(house, token, start, more);
  if (!booked.ok) throw new Error(booked.refusal.reason);
  return { ...(await held(house, booked.value.manageToken)), token: booked.value.manageToken };
}

const snapshot = async (house: House, token: string) => {
  const link = await findLinkSnapshot(house.db, { by: { token }, window: pageWindow(NOW) });
  if (link === undefined) throw new Error("no link");
  return link;
};

test("two hundred guests want the seven seats of one time: exactly seven get one, in one meeting", async ({
  house,
}) => {
  const { workspaceId, link } = await aClass(house);
  const results = await Promise.all(Array.from({ length: 200 }, () => book(house, link.token)));
  const refused = results.flatMap((result) => (result.ok ? [] : [result.refusal.reason]));
  expect(results.filter(({ ok }) => ok)).toHaveLength(7);
  expect(new Set(refused)).toEqual(new Set(["slot-taken"]));
  const where = { workspaceId };
  expect(await house.db.meeting.count({ where })).toBe(1);
  expect(await house.db.meetingClaim.count({ where })).toBe(1);
  expect(await house.db.attendee.count({ where: { ...where, kind: "guest" } })).toBe(7);
  expect((await house.db.meeting.findFirst({ where }))?.seatsTaken).toBe(7);
  expect(listStarts(await snapshot(house, link.token), NOW)).not.toContain(at(TEN));
}, 60_000);

test("a party takes its seats whole or not at all, and is told when only some are left", async ({
  house,
}) => {
  const { link } = await aClass(house, { seats: 3 });
  await seatOf(house, link.token, TEN, { guests: ["one@kaminari.example"] });
  expect(seatsLeft(await snapshot(house, link.token))).toEqual([[at(TEN), 1]]);
  const party = await book(house, link.token, TEN, { guests: ["two@kaminari.example"] });
  expect(!party.ok && party.refusal.reason).toBe("too-few-seats");
  expect((await book(house, link.token)).ok).toBe(true);
  const crowd = { guests: ["a@x.example", "b@x.example", "c@x.example"] };
  const tooMany = await book(house, link.token, ELEVEN, crowd);
  expect(!tooMany.ok && tooMany.refusal.reason).toBe("too-few-seats");
});

test("a guest of a shared meeting learns nothing of the others, in no mail and on no page", async ({
  house,
}) => {
  const { workspaceId, link } = await aClass(house);
  const first = await seatOf(house, link.token, TEN, { guests: ["friend@kaminari.example"] });
  const second = await seatOf(house, link.token, TEN, { name: "Second Secret", note: "My note" });
  const page = JSON.stringify(
    guestBookingOf((await held(house, first.token)).meeting, first.attendeeId, NOW, {
      calendarFileUrl: null,
      googleUrl: null,
      outlookUrl: null,
    }),
  );
  expect(page).toContain("friend@kaminari.example");
  expect(page).not.toContain("Second Secret");
  const mails = await house.db.mailMessage.findMany({ where: { workspaceId } });
  for (const { toEmail, facts } of mails.filter(({ toName }) => toName !== "Second Secret")) {
    expect(JSON.stringify(facts), toEmail).not.toContain("Second Secret");
  }
  expect(second.meeting.subject).toBe("Open class");
  const note = await house.db.questionAnswer.findFirst({ where: { workspaceId, key: "note" } });
  expect(note?.value).toBe("My note");
});

test("a guest who cancels gives up their own seat, and may take it back while it is free", async ({
  house,
}) => {
  const { workspaceId, link } = await aClass(house, { seats: 2 });
  const first = await seatOf(house, link.token);
  const second = await seatOf(house, link.token);
  const left = await cancelBooking({ ...first, reason: null, undoable: true }, house);
  expect(left.ok && left.value.state).toBe("confirmed");
  expect(left.ok && left.value.seatsTaken).toBe(1);
  const view = guestBookingOf((await held(house, first.token)).meeting, first.attendeeId, NOW, {
    calendarFileUrl: "x",
    googleUrl: null,
    outlookUrl: null,
  });
  expect(view.status).toBe("cancelled");
  expect(view.undoableUntil).toBe(NOW + 8_000);
  expect((await held(house, second.token)).meeting.attendees.map(({ id }) => id)).not.toContain(
    first.attendeeId,
  );
  const twice = await cancelBooking({ ...(await held(house, first.token)), reason: null }, house);
  expect(!twice.ok && twice.refusal).toBe("already-cancelled");
  const back = await restoreBooking(await held(house, first.token), house);
  expect(back.ok && back.value.seatsTaken).toBe(2);
  const cancelled = { workspaceId, event: "cancelled" };
  const mails = await house.db.mailMessage.findMany({ where: cancelled });
  expect(mails.map(({ state }) => state)).toEqual(["suppressed"]);

  await cancelBooking({ ...(await held(house, first.token)), reason: null, undoable: true }, house);
  await seatOf(house, link.token);
  const late = await restoreBooking(await held(house, first.token), house);
  expect(!late.ok && late.refusal).toBe("slot-taken");
});

test("when the last guest leaves, the meeting is cancelled and the host's time is free", async ({
  house,
}) => {
  const { workspaceId, link } = await aClass(house);
  const both = [await seatOf(house, link.token), await seatOf(house, link.token)];
  const answers = await Promise.all(
    both.map(({ meeting, attendeeId }) =>
      cancelBooking({ meeting, attendeeId, reason: null }, house),
    ),
  );
  expect(answers.every(({ ok }) => ok)).toBe(true);
  const [meeting] = await house.db.meeting.findMany({ where: { workspaceId } });
  expect(meeting?.state).toBe("cancelled");
  expect(await house.db.meetingClaim.count({ where: { workspaceId } })).toBe(0);
  expect((await book(house, link.token)).ok).toBe(true);
});

test("a guest moves to another time of the class: the new seat is theirs before the old one is given up", async ({
  house,
}) => {
  const { workspaceId, link } = await aClass(house, {
    seats: 2,
    questions: [{ key: "level", kind: "text", label: "Your level", required: true }],
  });
  const answers = { level: "Beginner" };
  const mover = await seatOf(house, link.token, TEN, { answers });
  await seatOf(house, link.token, TEN, { answers });
  await seatOf(house, link.token, ELEVEN, { answers });
  const moved = await moveBooking({ ...mover, start: at(ELEVEN) }, house);
  if (!moved.ok) throw new Error(moved.refusal.reason);
  expect(moved.value.manageToken).toBeDefined();
  expect(moved.value.meeting.start).toBe(at(ELEVEN));
  const guest = moved.value.meeting.attendees.find(({ id }) => id === moved.value.attendeeId);
  expect(guest?.answers).toEqual([
    { key: "level", kind: "text", label: "Your level", value: "Beginner" },
  ]);
  const taken = await house.db.meeting.findMany({
    where: { workspaceId },
    orderBy: { startsAt: "asc" },
    select: { seatsTaken: true },
  });
  expect(taken).toEqual([{ seatsTaken: 1 }, { seatsTaken: 2 }]);
  const full = await seatOf(house, link.token, TEN, { answers });
  const refused = await moveBooking({ ...full, start: at(ELEVEN) }, house);
  expect(!refused.ok && refused.refusal.reason).toBe("slot-taken");
  expect((await held(house, full.token)).meeting.seatsTaken).toBe(2);
});

test("coming and going at once never counts a seat twice or loses one", async ({ house }) => {
  const { workspaceId, link } = await aClass(house, { seats: 5 });
  const stay = await seatOf(house, link.token);
  const others = [];
  for (let seat = 0; seat < 4; seat += 1) others.push(await seatOf(house, link.token));
  await Promise.all([
    ...others.map(({ meeting, attendeeId }) =>
      cancelBooking({ meeting, attendeeId, reason: null }, house),
    ),
    ...others.map(({ meeting, attendeeId }) =>
      cancelBooking({ meeting, attendeeId, reason: null }, house),
    ),
    ...Array.from({ length: 12 }, () => book(house, link.token)),
  ]);
  const { meeting } = await held(house, stay.token);
  const inside = await house.db.attendee.count({
    where: { workspaceId, meetingId: meeting.id, kind: "guest", leftAt: null },
  });
  expect(meeting.seatsTaken).toBe(inside);
  expect(inside).toBeLessThanOrEqual(5);
});
