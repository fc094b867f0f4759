import { v7 as newId } from "uuid";
import { expect } from "vitest";
import { insertRows } from "@/lib/db/rows";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import {
  makeLink,
  makePerson,
  makeWorkspace,
  OFFICE_HOURS,
} from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, NOW, test } from "@/lib/testing/house";
import { pageWindow } from "../core/snapshot";
import { bookingPageOf, loadBookingPage } from "../loaders";
import { findLinkSnapshot } from "../reads";
import { bookingInput } from "../schema";
import { bookMeeting } from "./book-meeting";

const TEN = "2026-11-24T10:00:00Z";

async function aHost(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  return makePerson(house.db, workspaceId, { hours: OFFICE_HOURS });
}

async function pageOf(house: House, token: string) {
  const answer = await loadBookingPage(token, NOW, house.db);
  if (answer.kind !== "open") throw new Error("the page is closed");
  return answer.page;
}

const daysOf = (starts: readonly number[]): string[] => [
  ...new Set(starts.map((start) => new Date(start).toISOString().slice(0, 10))),
];

let guests = 0;
function book(house: House, token: string, more: Record<string, unknown> = {}) {
  guests += 1;
  const input = bookingInput.parse({
    start: TEN,
    zone: "UTC",
    name: "Mika Tanaka",
    email: `mika-${guests}@kaminari.example`,
    ...more,
  });
  return bookMeeting({ linkToken: token, input }, house);
}

async function meetingOf(house: House, { workspaceId }: Person) {
  const [meeting] = await house.db.meeting.findMany({ where: { workspaceId } });
  if (meeting === undefined) throw new Error("no meeting");
  return meeting;
}

const closeDay = (house: House, host: Person, date: string) =>
  insertRows(house.db, [
    {
      table: "holiday",
      rows: [{ workspace_id: host.workspaceId, id: newId(), on_date: date, name: "Holiday" }],
    },
  ]);

test("a holiday closes the day, unless the schedule does not observe it or the host has other hours that day", async ({
  house,
}) => {
  const host = await aHost(house);
  const link = await makeLink(house.db, [host], { horizon: { kind: "days", days: 3 } });
  await closeDay(house, host, "2026-11-25");
  expect(daysOf((await pageOf(house, link.token)).starts)).toEqual([
    "2026-11-23",
    "2026-11-24",
    "2026-11-26",
  ]);
  const where = { workspaceId: host.workspaceId, id: host.scheduleId };
  await house.db.schedule.updateMany({ where, data: { observesHolidays: false } });
  expect(daysOf((await pageOf(house, link.token)).starts)).toContain("2026-11-25");
  await house.db.schedule.updateMany({ where, data: { observesHolidays: true } });
  await insertRows(house.db, [
    {
      table: "schedule_override",
      rows: [
        {
          workspace_id: host.workspaceId,
          schedule_id: host.scheduleId,
          id: newId(),
          on_date: "2026-11-25",
          from_minute: 600,
          to_minute: 660,
        },
      ],
    },
  ]);
  const { starts } = await pageOf(house, link.token);
  expect(starts.filter((start) => daysOf([start])[0] === "2026-11-25")).toEqual([
    at("2026-11-25T10:00:00Z"),
    at("2026-11-25T10:30:00Z"),
  ]);
});

test("a host who is away offers nothing meanwhile, and the page says who takes meetings instead", async ({
  house,
}) => {
  const host = await aHost(house);
  const colleague = await makePerson(house.db, host.workspaceId);
  const other = await makeLink(house.db, [colleague], { name: "Talk to Ben" });
  const link = await makeLink(house.db, [host], { horizon: { kind: "days", days: 3 } });
  await insertRows(house.db, [
    {
      table: "out_of_office",
      rows: [
        {
          workspace_id: host.workspaceId,
          id: newId(),
          user_id: host.id,
          from_at: "2026-11-24T11:00:00Z",
          to_at: "2026-11-26T00:00:00Z",
          reason: "vacation",
          note: "Private: the dentist",
          redirect_link_id: other.id,
          created_at: new Date(0).toISOString(),
        },
      ],
    },
  ]);
  const page = await pageOf(house, link.token);
  expect(page.starts).toContain(at("2026-11-24T10:30:00Z"));
  expect(page.starts).not.toContain(at("2026-11-24T11:00:00Z"));
  expect(daysOf(page.starts)).toEqual(["2026-11-23", "2026-11-24", "2026-11-26"]);
  expect(page.away).toEqual([
    {
      name: host.name,
      from: at("2026-11-24T11:00:00Z"),
      until: at("2026-11-26T00:00:00Z"),
      redirect: { token: other.token, name: "Talk to Ben" },
    },
  ]);
  expect(JSON.stringify(page)).not.toContain("dentist");
  const refused = await book(house, link.token, { start: "2026-11-25T10:00:00Z" });
  expect(!refused.ok && refused.refusal.reason).toBe("slot-taken");
});

test("each length has its own times, and the one that was chosen is the one that is claimed", async ({
  house,
}) => {
  const host = await aHost(house);
  const link = await makeLink(house.db, [host], {
    duration_minutes: 60,
    other_durations: [120, 30],
    interval_minutes: 60,
  });
  const page = await pageOf(house, link.token);
  expect(page.otherOffers.map(({ durationMinutes }) => durationMinutes)).toEqual([30, 120]);
  const last = at("2026-11-24T16:00:00Z");
  expect(page.starts).toContain(last);
  expect(page.otherOffers[1]?.starts).not.toContain(last);
  const late = await book(house, link.token, {
    start: "2026-11-24T16:00:00Z",
    durationMinutes: 120,
  });
  expect(!late.ok && late.refusal.reason).toBe("slot-closed");
  const odd = await book(house, link.token, { durationMinutes: 45 });
  expect(!odd.ok && odd.refusal.reason).toBe("no-such-duration");
  const booked = await book(house, link.token, { durationMinutes: 120 });
  expect(booked.ok && booked.value.end - booked.value.start).toBe(120 * 60_000);
  expect((await pageOf(house, link.token)).starts).not.toContain(at("2026-11-24T11:00:00Z"));
});

test("a guest chooses where: a room is looked for only when a room was chosen", async ({
  house,
}) => {
  const host = await aHost(house);
  const second = await makePerson(house.db, host.workspaceId, { hours: OFFICE_HOURS });
  const room = await makeRoom(house.db, host.workspaceId);
  const places = [
    { kind: "room", label: "A room" },
    { kind: "phone", label: "We call you", asks: "phone" },
  ] as const;
  const link = await makeLink(house.db, [host, second], { role: "one_of", rooms: [room], places });
  const page = await pageOf(house, link.token);
  const [inRoom, byPhone] = page.places.map(({ id }) => id);
  expect((await book(house, link.token, { place: inRoom })).ok).toBe(true);
  expect((await pageOf(house, link.token)).starts).toContain(at(TEN));
  const full = await book(house, link.token, { place: inRoom });
  expect(!full.ok && full.refusal.reason).toBe("slot-taken");
  const silent = await book(house, link.token, { place: byPhone });
  expect(!silent.ok && silent.refusal).toMatchObject({
    reason: "answers-incomplete",
    fields: { placeAnswer: "required" },
  });
  expect((await book(house, link.token, { place: byPhone, placeAnswer: "+65 6123 4567" })).ok).toBe(
    true,
  );
  const calls = await house.db.meeting.findMany({
    where: { workspaceId: host.workspaceId, placeKind: "phone" },
  });
  expect(calls.map(({ placeDetail }) => placeDetail)).toEqual(["+65 6123 4567"]);
  const meetingId = calls[0]?.id ?? "";
  expect(await house.db.meetingRoom.count({ where: { meetingId } })).toBe(0);
  const foreign = await book(house, link.token, { place: newId() });
  expect(!foreign.ok && foreign.refusal.reason).toBe("no-such-place");
});

test("answers are checked against the link's questions and kept as they were asked; campaigns are kept too", async ({
  house,
}) => {
  const host = await aHost(house);
  const link = await makeLink(house.db, [host], {
    questions: [
      { key: "company", kind: "text", label: "Company", required: true },
      { key: "size", kind: "select", label: "Size", options: ["small", "large"] },
    ],
  });
  const refused = await book(house, link.token, { answers: { size: "huge" } });
  expect(!refused.ok && refused.refusal.fields).toEqual({
    company: "required",
    size: "not-an-option",
  });
  const source = { utm_source: "newsletter", utm_campaign: "" };
  const answers = { company: "Kaminari", size: "small", gone: "x" };
  expect((await book(house, link.token, { answers, source })).ok).toBe(true);
  const { id } = await meetingOf(house, host);
  const guest = await house.db.attendee.findFirst({ where: { meetingId: id, kind: "guest" } });
  expect(guest?.source).toEqual({ utm_source: "newsletter" });
  const kept = await house.db.questionAnswer.findMany({
    where: { attendeeId: guest?.id ?? "" },
    orderBy: { position: "asc" },
  });
  expect(kept.map(({ key, label, value }) => [key, label, value])).toEqual([
    ["company", "Company", "Kaminari"],
    ["size", "Size", "small"],
  ]);
  const mails = await house.db.mailMessage.findMany({ where: { meetingId: id } });
  for (const { toEmail, facts } of mails) {
    const told = JSON.stringify(facts).includes("Kaminari");
    expect(told, toEmail).toBe(toEmail === host.email);
  }
});

test("a repeated request is answered with its own booking, also when the link asks more by then", async ({
  house,
}) => {
  const host = await aHost(house);
  const link = await makeLink(house.db, [host]);
  const input = bookingInput.parse({ start: TEN, zone: "UTC", name: "M", email: "m@x.example" });
  const asked = { linkToken: link.token, input, idempotencyKey: "once" };
  const first = await bookMeeting(asked, house);
  await house.db.bookingLinkQuestion.create({
    data: {
      workspaceId: host.workspaceId,
      linkId: link.id,
      id: newId(),
      position: 0,
      key: "company",
      kind: "text",
      label: "Company",
      required: true,
    },
  });
  const again = await bookMeeting(asked, house);
  expect(again.ok && again.value.repeated).toBe(true);
  expect(again.ok && again.value.meetingId).toBe(first.ok && first.value.meetingId);
  const other = await bookMeeting({ ...asked, input: { ...input, name: "N" } }, house);
  expect(!other.ok && other.refusal.reason).toBe("key-reused");
  const fresh = await bookMeeting({ ...asked, idempotencyKey: "twice" }, house);
  expect(!fresh.ok && fresh.refusal.reason).toBe("answers-incomplete");
});

test("the first start of a day is moved by the link's offset", async ({ house }) => {
  const host = await aHost(house);
  const link = await makeLink(house.db, [host], {
    duration_minutes: 30,
    interval_minutes: 60,
    offset_minutes: 15,
  });
  const stored = await findLinkSnapshot(house.db, {
    by: { token: link.token },
    window: pageWindow(NOW),
  });
  if (stored === undefined) throw new Error("no link");
  const minutes = new Set(
    bookingPageOf(stored, NOW).starts.map((s) => new Date(s).getUTCMinutes()),
  );
  expect(minutes).toEqual(new Set([15]));
});
