import { v7 as newId } from "uuid";
import { describe, expect } from "vitest";
import type { Member } from "@/lib/access/actor";
import { insertRows } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { memberOf } from "@/lib/testing/factories/link-scene";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { at, test } from "@/lib/testing/house";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { editMeeting } from "../commands/edit-meeting";
import { makeMeeting } from "../commands/make-meeting";
import { meetingInput } from "../schema";
import { findSurroundings, listBlocks } from "./calendar";
import { listColleagues } from "./editor";
import { findMeeting } from "./meeting";

const WEEK = {
  from: at("2026-11-23T00:00:00Z"),
  to: at("2026-11-30T00:00:00Z"),
  firstDay: "2026-11-23" as CalendarDate,
  lastDay: "2026-11-29" as CalendarDate,
};

async function scene(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const person = (name: string, rest: object = {}) =>
    makePerson(house.db, workspaceId, { name, ...rest });
  const [ana, ben, cleo, dora] = await Promise.all([
    person("Ana Lim", { zone: "Asia/Singapore" }),
    person("Ben Ode"),
    person("Cleo Rost"),
    person("Dora Manager", { groups: ["meeting_manager"] }),
  ]);
  return { workspaceId, ana, ben, cleo, dora };
}

async function made(
  house: House,
  host: Person,
  given: Record<string, unknown> = {},
  confirm = true,
) {
  const input = meetingInput.parse({
    subject: "Salary talk",
    start: "2026-11-25T05:00:00Z",
    end: "2026-11-25T06:00:00Z",
    ...given,
  });
  const result = await makeMeeting({ actor: memberOf(host), input, confirm }, house);
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

const read = (house: House, member: Member, ...people: readonly Person[]) =>
  listBlocks(
    house.db,
    member,
    people.map(({ id }) => id as UserId),
    WEEK,
  );

const manager = (person: Person) => memberOf(person, ["meeting_manager"]);

describe("what stands in a calendar", () => {
  test("a private meeting is told to its people and those who manage, and is only busy to others", async ({
    house,
  }) => {
    const { ana, ben, cleo, dora } = await scene(house);
    const meeting = await made(house, ana, {
      visibility: "private",
      people: [{ userId: ben.id }],
      guests: [{ name: "Lukas Brandt", email: "lukas@halden.example", zone: "Europe/Oslo" }],
      place: { kind: "address", detail: "Raffles Place 1" },
      agenda: "Her raise",
    });
    for (const [who, movable] of [
      [memberOf(ana), true],
      [memberOf(ben), false],
      [manager(dora), true],
    ] as const) {
      const [block] = await read(house, who, ana);
      expect(block).toMatchObject({
        id: meeting.id,
        subject: "Salary talk",
        kind: "private",
        movable,
      });
    }
    const seen = await read(house, memberOf(cleo), ana, ben);
    expect(seen).toHaveLength(2);
    for (const block of seen) {
      expect(block).toMatchObject({
        id: null,
        version: 0,
        subject: "",
        kind: "private",
        movable: false,
        start: at("2026-11-25T05:00:00Z"),
        end: at("2026-11-25T06:00:00Z"),
      });
    }
    // Nothing of it at all, in whatever field it might come to stand.
    expect(JSON.stringify(seen)).not.toMatch(
      new RegExp(`Salary|Lukas|Oslo|Raffles|raise|Ana|${meeting.id}`),
    );
  });

  test("a public meeting of colleagues is readable, and moved by those who run it only", async ({
    house,
  }) => {
    const { ana, ben, cleo } = await scene(house);
    await made(house, ana, { people: [{ userId: ben.id, coHost: true, required: false }] });
    const block = async (who: Person, whose: Person) =>
      (await read(house, memberOf(who), whose))[0];
    expect(await block(cleo, ana)).toMatchObject({ subject: "Salary talk", movable: false });
    expect(await block(ben, ben)).toMatchObject({ movable: true, required: false, others: 1 });
    expect(await block(ana, ana)).toMatchObject({ movable: true, required: true });
  });

  test("a draft is its makers' own business: to a colleague its time is free", async ({
    house,
  }) => {
    const { ana, ben, cleo } = await scene(house);
    await made(house, ana, { people: [{ userId: ben.id }] }, false);
    expect(await read(house, memberOf(ana), ana)).toMatchObject([{ status: "draft" }]);
    expect(await read(house, memberOf(ben), ben)).toMatchObject([{ movable: false }]);
    expect(await read(house, memberOf(cleo), ana, ben)).toEqual([]);
  });

  test("who is optional in a private meeting, or declined it, is not busy because of it", async ({
    house,
  }) => {
    const { ana, ben, cleo, dora } = await scene(house);
    const people = [{ userId: ben.id, required: false }, { userId: dora.id }];
    const meeting = await made(house, ana, { visibility: "private", people });
    await house.db.attendee.updateMany({
      where: { meetingId: meeting.id, userId: dora.id },
      data: { answer: "declined" },
    });
    const seen = await read(house, memberOf(cleo), ana, ben, dora);
    expect(seen.map(({ personId }) => personId)).toEqual([ana.id]);
    expect(await read(house, memberOf(ben), ben)).toMatchObject([{ required: false }]);
  });

  test("people of another workspace do not exist, also for who knows their ids", async ({
    house,
  }) => {
    const { ana } = await scene(house);
    const { ben } = await scene(house);
    await made(house, ana);
    expect(await read(house, memberOf(ben), ana)).toEqual([]);
    const around = await findSurroundings(house.db, memberOf(ben), [ana.id as UserId], WEEK);
    expect(around.people).toEqual([]);
  });

  test("a meeting that is moved stands in the other week, for its colleagues too, and a cancelled one nowhere", async ({
    house,
  }) => {
    const { workspaceId, ana, ben } = await scene(house);
    const { id } = await made(house, ana, { people: [{ userId: ben.id }] });
    const meeting = await findMeeting(house.db, { workspaceId: memberOf(ana).workspaceId, id });
    if (meeting === undefined) throw new Error("no meeting");
    const input = { start: at("2026-12-02T05:00:00Z"), end: at("2026-12-02T06:00:00Z") };
    expect((await editMeeting({ actor: memberOf(ana), meeting, input }, house)).ok).toBe(true);
    expect(await read(house, memberOf(ben), ben)).toEqual([]);
    const later = { from: WEEK.to, to: at("2026-12-07T00:00:00Z") };
    const ids = [ben.id as UserId];
    expect(await listBlocks(house.db, memberOf(ben), ids, later)).toMatchObject([{ id }]);
    await house.db.meeting.updateMany({ where: { workspaceId, id }, data: { state: "cancelled" } });
    expect(await listBlocks(house.db, memberOf(ben), ids, later)).toEqual([]);
  });

  test("a meeting over midnight stands on both sides of the span's ends", async ({ house }) => {
    const { ana } = await scene(house);
    await made(house, ana, { start: "2026-11-29T23:00:00Z", end: "2026-11-30T02:00:00Z" });
    const next = { from: WEEK.to, to: at("2026-12-07T00:00:00Z") };
    expect(await read(house, memberOf(ana), ana)).toHaveLength(1);
    expect(await listBlocks(house.db, memberOf(ana), [ana.id as UserId], next)).toHaveLength(1);
  });

  test("rooms are named, and a room that was given up is told", async ({ house }) => {
    const { workspaceId, ana } = await scene(house);
    const room = await makeRoom(house.db, workspaceId, { name: "Orchid" });
    const meeting = await made(house, ana, { roomIds: [room.id] });
    expect(await read(house, memberOf(ana), ana)).toMatchObject([
      { place: "Orchid", roomReleased: false },
    ]);
    await house.db.meetingRoom.updateMany({
      where: { meetingId: meeting.id },
      data: { state: "released" },
    });
    expect(await read(house, memberOf(ana), ana)).toMatchObject([{ roomReleased: true }]);
  });
});

describe("what stands around a calendar", () => {
  const absence = (person: Person, from: string, to: string) => ({
    table: "out_of_office",
    rows: [
      {
        workspace_id: person.workspaceId,
        id: newId(),
        user_id: person.id,
        from_at: from,
        to_at: to,
        reason: "sick",
        note: "operation",
      },
    ],
  });

  test("is who is away of those one meets, without why; strangers' absences are not told", async ({
    house,
  }) => {
    const { ana, ben, cleo } = await scene(house);
    await made(house, ana, { people: [{ userId: ben.id }] });
    await insertRows(house.db, [
      absence(ben, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"),
      absence(cleo, "2026-11-26T00:00:00Z", "2026-11-27T00:00:00Z"),
      absence(ana, "2026-10-01T00:00:00Z", "2026-10-02T00:00:00Z"),
    ]);
    const around = await findSurroundings(house.db, memberOf(ana), [ana.id as UserId], WEEK);
    expect(around.away).toEqual([
      {
        personId: ben.id,
        name: "Ben Ode",
        from: at("2026-11-26T00:00:00Z"),
        to: at("2026-11-27T00:00:00Z"),
      },
    ]);
    const asked = [ana.id, cleo.id] as UserId[];
    const beside = await findSurroundings(house.db, memberOf(ana), asked, WEEK);
    expect(beside.away.map(({ name }) => name).sort()).toEqual(["Ben Ode", "Cleo Rost"]);
    expect(JSON.stringify(beside)).not.toMatch(/sick|operation/);
  });

  test("is people in the order asked for, their stays elsewhere and the workspace's holidays", async ({
    house,
  }) => {
    const { workspaceId, ana, ben } = await scene(house);
    await insertRows(house.db, [
      {
        table: "holiday",
        rows: [
          { workspace_id: workspaceId, id: newId(), on_date: "2026-11-26", name: "Thanksgiving" },
          { workspace_id: workspaceId, id: newId(), on_date: "2026-12-25", name: "Christmas" },
        ],
      },
      {
        table: "schedule_travel",
        rows: [
          {
            workspace_id: workspaceId,
            schedule_id: ben.scheduleId,
            id: newId(),
            from_date: "2026-11-20",
            to_date: "2026-11-24",
            zone: "Asia/Singapore",
          },
        ],
      },
    ]);
    const asked = [ben.id, ana.id, newId()] as UserId[];
    const around = await findSurroundings(house.db, memberOf(ana), asked, WEEK);
    expect(around.people).toEqual([
      { id: ben.id, name: "Ben Ode", zone: "UTC", photoId: null },
      { id: ana.id, name: "Ana Lim", zone: "Asia/Singapore", photoId: null },
    ]);
    expect(around.holidays).toEqual([{ date: "2026-11-26", name: "Thanksgiving" }]);
    expect(around.stays).toEqual([
      {
        personId: ben.id,
        name: "Ben Ode",
        from: "2026-11-20",
        to: "2026-11-24",
        zone: "Asia/Singapore",
      },
    ]);
  });

  test("is what other calendars have taken: nothing but when, and only where they count", async ({
    house,
  }) => {
    const { workspaceId, ana, ben } = await scene(house);
    for (const blocks of [true, false]) {
      const id = newId();
      await house.db.$executeRaw`
        INSERT INTO external_calendar (workspace_id, id, user_id, kind, name, sealed, host, blocks)
        VALUES (${workspaceId}::uuid, ${id}::uuid, ${ben.id}::uuid, 'ics', 'Private life', '\\x00'::bytea,
          'calendar.example', ${blocks})`;
      await house.db.$executeRaw`
        INSERT INTO external_busy (workspace_id, calendar_id, id, resource_id, during)
        VALUES (${workspaceId}::uuid, ${id}::uuid, ${newId()}::uuid, ${ben.resourceId}::uuid,
          tstzrange('2026-11-25T10:00:00Z', '2026-11-25T11:00:00Z'))`;
    }
    const around = await findSurroundings(house.db, memberOf(ana), [ben.id as UserId], WEEK);
    expect(around.taken).toEqual([
      { personId: ben.id, from: at("2026-11-25T10:00:00Z"), to: at("2026-11-25T11:00:00Z") },
    ]);
  });
});

test("whoever a time is drawn with is found by id, as long as they hold meetings here", async ({
  house,
}) => {
  const { workspaceId, ana, ben } = await scene(house);
  const stranger = await scene(house);
  const seller = await makePerson(house.db, workspaceId, { groups: ["crm_user"] });
  const left = await makePerson(house.db, workspaceId);
  await house.db.appUser.updateMany({ where: { id: left.id }, data: { disabledAt: new Date() } });
  const ids = [ben, ana, stranger.ana, seller, left].map(({ id }) => id);
  const found = await listColleagues(house.db, workspaceId as WorkspaceId, ids);
  expect(found.map(({ userId, zone }) => [userId, zone])).toEqual([
    [ana.id, "Asia/Singapore"],
    [ben.id, "UTC"],
  ]);
});
