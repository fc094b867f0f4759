import { v7 as newId } from "uuid";
import { expect } from "vitest";
import type { Db } from "@/lib/db/client";
import { insertRows, rangeText } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace, OFFICE_HOURS } from "@/lib/testing/factories/workspace";
import { at, test } from "@/lib/testing/house";
import { addMinutes, DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import { suggestTimes } from "../core/find-time";
import type { FreeBusy } from "../core/free-busy";
import { soughtOf } from "../core/free-busy";
import { listFreeBusy } from "./free-busy";

const DAY = { from: at("2026-11-24T00:00:00Z"), to: at("2026-11-25T00:00:00Z") };

type Given = {
  readonly host: Person;
  readonly start: string;
  readonly minutes?: number;
  readonly visibility?: "public" | "private";
  readonly subject?: string;
  readonly claims?: readonly string[];
  readonly optional?: readonly Person[];
  readonly state?: string;
};

const meetingRows = (given: Given) => {
  const { host, visibility = "public", subject = "Roadmap", state = "confirmed" } = given;
  const id = newId();
  const start = at(given.start);
  const end = addMinutes(start, given.minutes ?? 60);
  const { workspaceId: workspace_id } = host;
  const people = [
    { person: host, kind: "host", required: true },
    ...(given.optional ?? []).map((person) => ({ person, kind: "attendee", required: false })),
  ];
  return {
    id,
    meeting: {
      workspace_id,
      id,
      host_id: host.id,
      subject,
      state,
      visibility,
      starts_at: toIso(start),
      ends_at: toIso(end),
      uid: id,
    },
    attendees: people.map(({ person, kind, required }) => ({
      workspace_id,
      id: newId(),
      meeting_id: id,
      kind,
      user_id: person.id,
      name: person.name,
      email: person.email,
      zone: person.zone,
      locale: "en",
      required,
      starts_at: toIso(start),
    })),
    claims: (given.claims ?? [host.resourceId]).map((resource_id) => ({
      workspace_id,
      id: newId(),
      resource_id,
      meeting_id: id,
      during: rangeText({ from: start, to: end }),
      live: true,
    })),
  };
};

async function makeMeetings(db: Db, all: readonly Given[]): Promise<string[]> {
  const rows = all.map(meetingRows);
  await insertRows(db, [
    { table: "meeting", rows: rows.map(({ meeting }) => meeting) },
    { table: "attendee", rows: rows.flatMap(({ attendees }) => attendees) },
    { table: "meeting_claim", rows: rows.flatMap(({ claims }) => claims) },
  ]);
  return rows.map(({ id }) => id);
}

const ask = (reader: Person, people: readonly Person[], rooms: readonly { id: string }[] = []) => ({
  workspaceId: reader.workspaceId as WorkspaceId,
  readerId: reader.id as UserId,
  manages: false,
  people: people.map(({ id }) => id),
  rooms: rooms.map(({ id }) => id),
  window: DAY,
});

const told = ({ people }: FreeBusy) =>
  people.flatMap(({ busy }) => busy.map(({ kind, subject }) => [kind, subject]));

test("a colleague's meetings are seen with their subjects, private ones only as busy", async ({
  house,
}) => {
  const workspaceId = await makeWorkspace(house.db);
  const [reader, ana] = [
    await makePerson(house.db, workspaceId, { name: "Reader" }),
    await makePerson(house.db, workspaceId, { name: "Ana" }),
  ];
  await makeMeetings(house.db, [
    { host: ana, start: "2026-11-24T09:00:00Z" },
    { host: ana, start: "2026-11-24T11:00:00Z", visibility: "private", subject: "Salary" },
  ]);
  const seen = await listFreeBusy(house.db, ask(reader, [ana]));
  expect(told(seen)).toEqual([
    ["meeting", "Roadmap"],
    ["meeting", null],
  ]);
  expect(JSON.stringify(seen)).not.toContain("Salary");
  expect(told(await listFreeBusy(house.db, ask(ana, [ana])))).toContainEqual(["meeting", "Salary"]);
  const managing = { ...ask(reader, [ana]), manages: true };
  expect(told(await listFreeBusy(house.db, managing))).toContainEqual(["meeting", "Salary"]);
});

test("what is optional, away or in another calendar is told apart, and only the first leaves time free", async ({
  house,
}) => {
  const { db } = house;
  const workspaceId = await makeWorkspace(db);
  const ana = await makePerson(db, workspaceId, { name: "Ana" });
  const host = await makePerson(db, workspaceId, { name: "Host" });
  await makeMeetings(db, [{ host, start: "2026-11-24T08:00:00Z", optional: [ana] }]);
  const calendar = { workspace_id: workspaceId, user_id: ana.id, kind: "ics", sealed: "\\x00" };
  const calendars = [true, false].map((blocks) => ({
    ...calendar,
    id: newId(),
    name: "Mine",
    host: "calendar.example",
    blocks,
  }));
  await insertRows(db, [
    {
      table: "out_of_office",
      rows: [
        {
          workspace_id: workspaceId,
          id: newId(),
          user_id: ana.id,
          from_at: "2026-11-24T20:00:00Z",
          to_at: "2026-11-26T00:00:00Z",
          reason: "away",
        },
      ],
    },
    { table: "external_calendar", rows: calendars },
    {
      table: "external_busy",
      rows: calendars.map(({ id }, index) => ({
        workspace_id: workspaceId,
        calendar_id: id,
        id: newId(),
        resource_id: ana.resourceId,
        during: rangeText({
          from: at(`2026-11-24T1${index}:00:00Z`),
          to: at(`2026-11-24T1${index}:30:00Z`),
        }),
      })),
    },
  ]);
  const seen = await listFreeBusy(db, ask(host, [ana]));
  expect(told(seen)).toEqual([
    ["optional", "Roadmap"],
    // The calendar that does not block is left out.
    ["elsewhere", null],
    ["away", null],
  ]);
  expect(seen.people[0]?.busy.at(-1)?.to).toBe(DAY.to);
  const [days] = seen.people;
  expect(days && soughtOf(days, true).busy).toHaveLength(2);
});

test("a room is taken by its parts' meetings, out of hours, and while it is set up and cleaned", async ({
  house,
}) => {
  const { db } = house;
  const workspaceId = await makeWorkspace(db);
  const host = await makePerson(db, workspaceId);
  const whole = await makeRoom(db, workspaceId, { name: "Hall", zone: "UTC", location: "London" });
  const part = await makeRoom(db, workspaceId, { name: "Left", zone: "UTC", location: "London" });
  await insertRows(db, [
    {
      table: "room_part",
      rows: [{ workspace_id: workspaceId, whole_id: whole.id, part_id: part.id }],
    },
    {
      table: "room_hours",
      rows: [
        {
          workspace_id: workspaceId,
          room_id: whole.id,
          id: newId(),
          day: 2,
          from_minute: 480,
          to_minute: 1080,
        },
      ],
    },
  ]);
  await db.$executeRaw`UPDATE room SET setup_minutes = 10, cleanup_minutes = 20 WHERE id = ${whole.id}::uuid`;
  await makeMeetings(db, [{ host, start: "2026-11-24T12:00:00Z", claims: [part.resourceId] }]);
  const { rooms } = await listFreeBusy(db, ask(host, [], [whole]));
  expect(rooms[0]?.busy.map(({ kind, from, to }) => [kind, toIso(from), toIso(to)])).toEqual([
    ["closed", "2026-11-24T00:00:00.000Z", "2026-11-24T08:00:00.000Z"],
    ["meeting", "2026-11-24T11:40:00.000Z", "2026-11-24T13:10:00.000Z"],
    ["closed", "2026-11-24T18:00:00.000Z", "2026-11-25T00:00:00.000Z"],
  ]);
});

test("a meeting that is being changed does not stand in its own way", async ({ house }) => {
  const workspaceId = await makeWorkspace(house.db);
  const host = await makePerson(house.db, workspaceId);
  const [except] = await makeMeetings(house.db, [{ host, start: "2026-11-24T09:00:00Z" }]);
  const seen = await listFreeBusy(house.db, { ...ask(host, [host]), except });
  expect(told(seen)).toEqual([]);
});

test("nobody of another workspace is found", async ({ house }) => {
  const [here, there] = [await makeWorkspace(house.db), await makeWorkspace(house.db)];
  const reader = await makePerson(house.db, here);
  const stranger = await makePerson(house.db, there);
  const room = await makeRoom(house.db, there);
  expect(await listFreeBusy(house.db, ask(reader, [stranger], [room]))).toEqual({
    people: [],
    rooms: [],
  });
});

test("a time is found for twenty busy people in four zones within two weeks", async ({ house }) => {
  const { db } = house;
  const workspaceId = await makeWorkspace(db);
  const zones = ["Asia/Singapore", "Europe/Berlin", "America/New_York", "Asia/Tokyo"];
  const people = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      makePerson(db, workspaceId, {
        name: `Person ${index}`,
        zone: zones[index % zones.length] ?? "UTC",
        hours: OFFICE_HOURS,
      }),
    ),
  );
  const window = { from: DAY.from, to: instantOf(DAY.from + 14 * DAY_MS) };
  // Six meetings a day for each; how fast this is answered, bench/find-time says.
  const given = people.flatMap((host, index) =>
    Array.from({ length: 16 }, (_, day) => day - 1).flatMap((day) =>
      [6, 8, 10, 13, 15, 18].map((hour) => ({
        host,
        start: toIso(instantOf(DAY.from + day * DAY_MS + (hour * 60 + index) * 60_000)),
        minutes: 45,
      })),
    ),
  );
  await makeMeetings(db, given);
  await db.$executeRaw`ANALYZE meeting_claim, meeting, attendee`;
  const [reader] = people;
  if (reader === undefined) throw new Error("nobody");
  const asked = { ...ask(reader, people), window };
  const { people: days } = await listFreeBusy(db, asked);
  const found = suggestTimes(
    {
      window,
      now: window.from,
      durationMinutes: 30,
      people: days.map((day) => soughtOf(day, true)),
      rooms: [],
    },
    8,
  );
  expect(days).toHaveLength(20);
  expect(days.every(({ busy }) => busy.length >= 14 * 6)).toBe(true);
  expect(found.length).toBeGreaterThan(0);
  const clashes = found.flatMap(({ start, end }) =>
    days.flatMap(({ busy }) => busy.filter(({ from, to }) => from < end && to > start)),
  );
  expect(clashes).toEqual([]);
});
