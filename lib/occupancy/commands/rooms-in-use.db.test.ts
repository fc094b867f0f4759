import { expect } from "vitest";
import { AccessDenied } from "@/lib/access/policy";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { listFreeRooms } from "@/lib/rooms/reads";
import { meetIn, memberOf } from "@/lib/testing/factories/room-scene";
import { makeRoom } from "@/lib/testing/factories/rooms";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { handleReleaseRoom } from "../handlers/release-room";
import { listTimeline } from "../reads";
import { answerRoom } from "./answer-room";
import { checkIn } from "./use-room";

const hour = (count: number): Instant => addMinutes(NOW, count * 60);
const later = (house: House, at: Instant): House => ({ ...house, now: () => at });

async function team(house: House, groups: Parameters<typeof memberOf>[1] = ["meeting_user"]) {
  const workspaceId = await makeWorkspace(house.db);
  const [manager, host] = await Promise.all([
    makePerson(house.db, workspaceId, { name: "Mei", groups: ["meeting_manager"] }),
    makePerson(house.db, workspaceId, { name: "Ana", groups: groups ?? ["meeting_user"] }),
  ]);
  return {
    workspaceId,
    managerId: manager.id,
    hostId: host.id,
    manager: memberOf(manager, ["meeting_manager"]),
    host: memberOf(host, groups),
  };
}

const overlaps = async (house: House, workspaceId: string): Promise<number> => {
  const [row] = await house.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM meeting_claim a JOIN meeting_claim b
      ON a.workspace_id = b.workspace_id AND a.resource_id = b.resource_id AND a.id < b.id
     AND a.live AND b.live AND a.during && b.during
    WHERE a.workspace_id = ${workspaceId}::uuid`;
  return row?.count ?? -1;
};

test("64 people want left, right and both at once: nobody is in a room somebody else has", async ({
  house,
}) => {
  const { workspaceId } = await team(house);
  const left = await makeRoom(house.db, workspaceId, { name: "Left" });
  const right = await makeRoom(house.db, workspaceId, { name: "Right" });
  const whole = await makeRoom(house.db, workspaceId, { name: "Both", parts: [left, right] });
  const people = await Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      makePerson(house.db, workspaceId, { name: `Host ${index}` }),
    ),
  );
  const time = { start: hour(1), end: hour(2) };
  const wants = [left, right, whole];
  const answers = await Promise.all(
    people.map((person, index) => {
      const room = wants[index % 3] ?? whole;
      return meetIn(house, memberOf(person), [room], time);
    }),
  );
  const won = answers.flatMap((answer) => (answer.ok ? [answer.value.rooms[0]?.id] : []));
  expect(won.length).toBeGreaterThan(0);
  expect(won.includes(whole.id as never) ? won.length : new Set(won).size).toBe(won.length);
  if (won.includes(whole.id as never)) expect(won).toEqual([whole.id]);
  for (const answer of answers) {
    if (!answer.ok) expect(answer.refusal.reason).toBe("conflict");
  }
  expect(await overlaps(house, workspaceId)).toBe(0);
  const [row] = await house.db.$queryRaw<{ claims: number }[]>`
    SELECT count(*)::int AS claims FROM meeting_claim c JOIN resource r ON r.workspace_id = c.workspace_id AND r.id = c.resource_id
    WHERE c.workspace_id = ${workspaceId}::uuid AND r.kind = 'room'`;
  expect(row?.claims).toBe(won.includes(whole.id as never) ? 3 : won.length);
});

test("a taken part keeps the joined room from being free, and the other part stays free", async ({
  house,
}) => {
  const { workspaceId, host, manager } = await team(house);
  const left = await makeRoom(house.db, workspaceId, { name: "Left", capacity: 4 });
  const right = await makeRoom(house.db, workspaceId, { name: "Right", capacity: 6 });
  await makeRoom(house.db, workspaceId, { name: "Both", capacity: 12, parts: [left, right] });
  const time = { start: hour(1), end: hour(2) };
  expect((await meetIn(house, host, [left], time)).ok).toBe(true);
  const free = await listFreeRooms(house.db, {
    workspaceId,
    viewer: manager,
    from: time.start,
    to: time.end,
  });
  expect(free.map(({ name, free: answer }) => [name, answer])).toEqual([
    ["Right", true],
    ["Both", { kind: "taken", until: time.end }],
    ["Left", { kind: "taken", until: time.end }],
  ]);
});

test("free rooms come first, the smallest that fits before others, and the rest say why not", async ({
  house,
}) => {
  const { workspaceId, host } = await team(house);
  const room = (name: string, given: Parameters<typeof makeRoom>[2]) =>
    makeRoom(house.db, workspaceId, { name, ...given });
  await room("Merlion", { capacity: 12, equipment: ["Video bar"] });
  await room("Kaede", { capacity: 8, equipment: ["Video bar"], location: "Tokyo" });
  await room("Tembusu", { capacity: 4, equipment: ["Video bar"] });
  await room("Orchid", { capacity: 9, equipment: ["Screen"] });
  await room("Boards", {
    capacity: 9,
    equipment: ["video BAR"],
    settings: { booking_groups: ["crm_manager"] },
  });
  // NOW is Monday, 16:00 in Singapore.
  await room("Shut", {
    capacity: 9,
    equipment: ["Video bar"],
    hours: [
      [1, 540, 960],
      [2, 540, 960],
    ],
  });
  await room("Gone", { capacity: 9, equipment: ["Video bar"], settings: { active: false } });
  const { id: brokenId } = await room("Broken", { capacity: 9, equipment: ["Video bar"] });
  await house.db.roomClosure.create({
    data: {
      workspaceId,
      id: crypto.randomUUID(),
      roomId: brokenId,
      fromAt: new Date(NOW),
      toAt: new Date(hour(48)),
      note: "Display repair",
    },
  });
  const found = await listFreeRooms(house.db, {
    workspaceId,
    viewer: host,
    from: hour(1),
    to: hour(2),
    people: 6,
    equipment: ["Video bar"],
  });
  expect(found.map(({ name, free }) => [name, free === true ? true : free.kind])).toEqual([
    ["Kaede", true],
    ["Merlion", true],
    ["Boards", "not-yours"],
    ["Broken", "out-of-service"],
    ["Orchid", "lacks"],
    ["Shut", "closed"],
    ["Tembusu", "too-small"],
  ]);
  const shut = found.find(({ name }) => name === "Shut");
  // Tuesday, 09:00 in Singapore.
  expect(shut?.free).toEqual({ kind: "closed", opens: hour(17) });
});

test("who is in none of a room's groups cannot book it; a manager can", async ({ house }) => {
  const { workspaceId, host, manager } = await team(house);
  const room = await makeRoom(house.db, workspaceId, {
    settings: { booking_groups: ["crm_manager"] },
  });
  const refused = await meetIn(house, host, [room], { start: hour(1), end: hour(2) });
  expect(refused).toMatchObject({ ok: false, refusal: { reason: "invalid" } });
  expect((await meetIn(house, manager, [room], { start: hour(1), end: hour(2) })).ok).toBe(true);
});

test("a room with approval is held until its keeper answers: a yes settles it, a no frees it and tells the host", async ({
  house,
}) => {
  const { workspaceId, host, hostId } = await team(house);
  const keeper = await makePerson(house.db, workspaceId, { name: "Kim" });
  const settings = { needs_approval: true, keeper_id: keeper.id };
  const hall = await makeRoom(house.db, workspaceId, { name: "Hall", settings });
  const first = await meetIn(house, host, [hall], { start: hour(1), end: hour(2) });
  const second = await meetIn(house, host, [hall], { start: hour(3), end: hour(4) });
  if (!first.ok || !second.ok) throw new Error("not made");
  expect(first.value.rooms[0]?.state).toBe("asked");
  const other = memberOf(await makePerson(house.db, workspaceId));
  expect(await meetIn(house, other, [hall], { start: hour(1), end: hour(2) })).toMatchObject({
    ok: false,
    refusal: { reason: "conflict" },
  });
  const tasks = () =>
    house.db.task.count({
      where: { workspaceId, userId: keeper.id, kind: "request", doneAt: null },
    });
  expect(await tasks()).toBe(2);

  const about = (meetingId: string, yes: boolean) => ({
    workspaceId,
    meetingId,
    roomId: hall.id,
    yes,
    reason: yes ? "" : "The choir has it",
  });
  await expect(answerRoom({ actor: other, ...about(first.value.id, true) }, house)).rejects.toThrow(
    AccessDenied,
  );
  const actor = memberOf(keeper);
  expect((await answerRoom({ actor, ...about(first.value.id, true) }, house)).ok).toBe(true);
  expect((await answerRoom({ actor, ...about(second.value.id, false) }, house)).ok).toBe(true);
  expect(await tasks()).toBe(0);
  expect(await answerRoom({ actor, ...about(first.value.id, false) }, house)).toEqual({
    ok: false,
    refusal: "no-such-request",
  });
  const rows = await house.db.meetingRoom.findMany({
    where: { workspaceId, roomId: hall.id },
    orderBy: { meetingId: "asc" },
  });
  expect(rows.map(({ state, decidedBy }) => [state, decidedBy])).toEqual([
    ["approved", keeper.id],
    ["declined", keeper.id],
  ]);
  expect((await meetIn(house, other, [hall], { start: hour(3), end: hour(4) })).ok).toBe(true);
  const notices = await house.db.notification.findMany({ where: { workspaceId, userId: hostId } });
  expect(notices.map(({ kind, detail }) => [kind, detail]).sort()).toEqual([
    ["room-declined", "Hall"],
    ["updated", "Hall is approved"],
  ]);
});

test("a room nobody checked in to is free exactly when it said, once, and only that room", async ({
  house,
}) => {
  const { workspaceId, host, hostId } = await team(house);
  const settings = { check_in: true, release_minutes: 15 };
  const orchid = await makeRoom(house.db, workspaceId, { name: "Orchid", settings });
  const merlion = await makeRoom(house.db, workspaceId, { name: "Merlion" });
  const made = await meetIn(house, host, [orchid, merlion], { start: hour(1), end: hour(2) });
  if (!made.ok) throw new Error(made.refusal.reason);
  const { id, start } = made.value;
  const [order] = await house.db.$queryRaw<{ data: object; due: Date }[]>`
    SELECT data, start_after AS due FROM pgboss.job WHERE name = 'rooms.release' AND data->>'meetingId' = ${id}`;
  const due = addMinutes(hour(1), 15);
  expect(order).toEqual({
    data: { workspaceId, meetingId: id, roomId: orchid.id, start },
    due: new Date(due),
  });
  const about = { workspaceId, meetingId: id, roomId: orchid.id, start };
  const state = async () =>
    (
      await house.db.meetingRoom.findMany({
        where: { workspaceId, meetingId: id },
        orderBy: { position: "asc" },
      })
    ).map((row) => row.state);
  await handleReleaseRoom(about, later(house, addMinutes(due, -1)));
  expect(await state()).toEqual(["approved", "approved"]);
  await handleReleaseRoom({ ...about, start: start - 1 }, later(house, due));
  expect(await state()).toEqual(["approved", "approved"]);
  await Promise.all([1, 2, 3].map(() => handleReleaseRoom(about, later(house, due))));
  expect(await state()).toEqual(["released", "approved"]);
  const notices = await house.db.notification.count({
    where: { workspaceId, userId: hostId, kind: "room-released" },
  });
  expect(notices).toBe(1);
  const claimed = await house.db.meetingClaim.findMany({ where: { workspaceId, meetingId: id } });
  expect(claimed.map(({ resourceId }) => resourceId)).not.toContain(orchid.resourceId);
  expect(claimed.map(({ resourceId }) => resourceId)).toContain(merlion.resourceId);
  const window = { from: NOW, to: hour(12) };
  const day = await listTimeline(house.db, workspaceId, window, { userId: hostId, manages: false });
  expect(day.find(({ name }) => name === "Orchid")?.released).toEqual([{ from: start, to: due }]);
});

test("a check-in keeps the room; it is taken from ten minutes before the start, and once", async ({
  house,
}) => {
  const { workspaceId, host } = await team(house);
  const settings = { check_in: true, release_minutes: 10 };
  const room = await makeRoom(house.db, workspaceId, { settings });
  const made = await meetIn(house, host, [room], { start: hour(1), end: hour(2) });
  if (!made.ok) throw new Error(made.refusal.reason);
  const asked = { actor: host, workspaceId, meetingId: made.value.id, roomId: room.id };
  expect(await checkIn(asked, house)).toEqual({ ok: false, refusal: "too-early" });
  const soon = later(house, addMinutes(hour(1), -10));
  const stranger = memberOf(await makePerson(house.db, workspaceId));
  await expect(checkIn({ ...asked, actor: stranger }, soon)).rejects.toThrow(AccessDenied);
  expect(await checkIn(asked, soon)).toEqual({ ok: true, value: undefined });
  expect(await checkIn(asked, soon)).toEqual({ ok: false, refusal: "already-checked-in" });
  const about = { workspaceId, meetingId: made.value.id, roomId: room.id, start: hour(1) };
  await handleReleaseRoom(about, later(house, addMinutes(hour(1), 10)));
  const after = await findMeeting(house.db, { workspaceId: host.workspaceId, id: made.value.id });
  expect(after?.rooms[0]).toMatchObject({ state: "approved", checkedInAt: soon.now() });
});

test("a day's timeline says nothing of others' private meetings, and shows a joined room's parts as taken", async ({
  house,
}) => {
  const { workspaceId, host, hostId, managerId } = await team(house);
  const left = await makeRoom(house.db, workspaceId, {
    name: "Left",
    settings: { setup_minutes: 10, cleanup_minutes: 15 },
  });
  const both = await makeRoom(house.db, workspaceId, { name: "Both", parts: [left] });
  const secret = { start: hour(1), end: hour(2), visibility: "private" as const };
  expect((await meetIn(house, host, [left], secret)).ok).toBe(true);
  const open = await meetIn(house, host, [both], { start: hour(4), end: hour(5) });
  expect(open.ok).toBe(true);
  const other = await makePerson(house.db, workspaceId);
  const window = { from: NOW, to: hour(12) };
  const seenBy = async (userId: string, manages: boolean) => {
    const rooms = await listTimeline(house.db, workspaceId, window, { userId, manages });
    return Object.fromEntries(
      rooms.map(({ name, stays }) => [
        name,
        stays.map(({ subject, host: who, mine, through }) => [subject, who, mine, through]),
      ]),
    );
  };
  expect(await seenBy(other.id, false)).toEqual({
    Left: [
      [null, null, false, null],
      ["Roadmap review", "Ana", false, "Both"],
    ],
    Both: [
      [null, null, false, "Left"],
      ["Roadmap review", "Ana", false, null],
    ],
  });
  expect((await seenBy(hostId, false)).Left?.[0]).toEqual(["Roadmap review", "Ana", true, null]);
  expect((await seenBy(managerId, true)).Left?.[0]).toEqual(["Roadmap review", "Ana", false, null]);
  const [leftRoom] = (
    await listTimeline(house.db, workspaceId, window, { userId: hostId, manages: false })
  ).filter(({ name }) => name === "Left");
  expect(leftRoom?.stays[0]).toMatchObject({
    from: addMinutes(hour(1), -10),
    start: hour(1),
    end: hour(2),
    to: addMinutes(hour(2), 15),
  });
});
