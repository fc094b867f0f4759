import { expect } from "vitest";
import { meetIn, memberOf } from "@/lib/testing/factories/room-scene";
import { makeRoom } from "@/lib/testing/factories/rooms";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { roomsPolicy } from "../policy";
import { listFreeRooms, listRooms } from "../reads";
import { roomForm } from "../schema";
import { closeRoom, reopenRoom } from "./close-room";
import { dropLocation, saveLocation } from "./save-location";
import { saveRoom } from "./save-room";

const hour = (count: number): Instant => addMinutes(NOW, count * 60);

async function office(house: House) {
  const workspaceId = await makeWorkspace(house.db);
  const person = await makePerson(house.db, workspaceId, { groups: ["meeting_manager"] });
  const actor = memberOf(person, ["meeting_manager"]);
  const grant = roomsPolicy.authorize(actor, "rooms.manage", { workspaceId });
  return { workspaceId, person, actor, grant };
}

const typed = (more: Readonly<Record<string, string | readonly string[]>> = {}) =>
  roomForm.parse({
    name: "Hall",
    location: "Singapore",
    capacity: "20",
    setupMinutes: "0",
    cleanupMinutes: "0",
    releaseMinutes: "10",
    active: "on",
    ...more,
  });

const claimsOf = async (house: House, workspaceId: string): Promise<readonly string[]> => {
  const rows = await house.db.$queryRaw<{ name: string }[]>`
    SELECT r.name FROM meeting_claim c
    JOIN resource r ON r.workspace_id = c.workspace_id AND r.id = c.resource_id AND r.kind = 'room'
    WHERE c.workspace_id = ${workspaceId}::uuid ORDER BY r.name`;
  return rows.map(({ name }) => name);
};

test("a joined room that gets another part takes it for meetings to come, and gives it back with the part", async ({
  house,
}) => {
  const { workspaceId, actor, grant } = await office(house);
  const left = await makeRoom(house.db, workspaceId, { name: "Left" });
  const right = await makeRoom(house.db, workspaceId, { name: "Right" });
  const made = await saveRoom(typed({ parts: [left.id] }), grant, house);
  if (!made.ok) throw new Error(made.refusal);
  const { id } = made.value;
  expect((await meetIn(house, actor, [{ id }], { start: hour(1), end: hour(2) })).ok).toBe(true);
  expect(await claimsOf(house, workspaceId)).toEqual(["Hall", "Left"]);
  const change = (version: string, parts: readonly string[]) =>
    saveRoom(typed({ id, version, parts }), grant, house);
  expect((await change("1", [left.id, right.id])).ok).toBe(true);
  expect(await claimsOf(house, workspaceId)).toEqual(["Hall", "Left", "Right"]);
  expect(await change("1", [])).toEqual({ ok: false, refusal: "changed-meanwhile" });
  expect((await change("2", [right.id])).ok).toBe(true);
  expect(await claimsOf(house, workspaceId)).toEqual(["Hall", "Right"]);
  const nested = await saveRoom(typed({ name: "House", parts: [id] }), grant, house);
  expect(nested).toEqual({ ok: false, refusal: "part-is-made-of-parts" });
});

test("a part that somebody else has meanwhile is refused, and nothing of the form is saved", async ({
  house,
}) => {
  const { workspaceId, grant } = await office(house);
  const left = await makeRoom(house.db, workspaceId, { name: "Left" });
  const made = await saveRoom(typed(), grant, house);
  if (!made.ok) throw new Error(made.refusal);
  const { id } = made.value;
  const [one, other] = await Promise.all([1, 2].map(() => makePerson(house.db, workspaceId)));
  if (one === undefined || other === undefined) throw new Error("nobody");
  const time = { start: hour(1), end: hour(2) };
  expect((await meetIn(house, memberOf(one), [{ id }], time)).ok).toBe(true);
  expect((await meetIn(house, memberOf(other), [left], time)).ok).toBe(true);
  const input = typed({ id, version: "1", name: "Great hall", parts: [left.id] });
  expect(await saveRoom(input, grant, house)).toEqual({ ok: false, refusal: "part-is-taken" });
  const rooms = await listRooms(house.db, workspaceId);
  expect(rooms.map(({ name, partIds }) => [name, partIds])).toEqual([
    ["Left", []],
    ["Hall", []],
  ]);
});

test("a location takes its rooms along when it is renamed or moved to another zone, and is not removed from under them", async ({
  house,
}) => {
  const { workspaceId, grant } = await office(house);
  await makeRoom(house.db, workspaceId, { name: "Kaede" });
  const tokyo = { name: "Tokyo", zone: "Asia/Tokyo" as TimeZone, address: null };
  expect((await saveLocation({ was: "Singapore", ...tokyo }, grant, house)).ok).toBe(true);
  const [room] = await listRooms(house.db, workspaceId);
  expect(room).toMatchObject({ location: "Tokyo", zone: "Asia/Tokyo", version: 2 });
  expect(await saveLocation(tokyo, grant, house)).toEqual({
    ok: false,
    refusal: "location-exists",
  });
  expect(await dropLocation("Tokyo", grant, house)).toEqual({
    ok: false,
    refusal: "location-has-rooms",
  });
  const lost = await saveLocation({ was: "Singapore", ...tokyo, name: "Osaka" }, grant, house);
  expect(lost).toEqual({ ok: false, refusal: "no-location" });
});

test("a room out of service is not free, nor is what it is part of; its link's pages are withdrawn, and all is audited", async ({
  house,
}) => {
  const { workspaceId, person, actor, grant } = await office(house);
  const left = await makeRoom(house.db, workspaceId, { name: "Left" });
  await makeRoom(house.db, workspaceId, { name: "Whole", parts: [left] });
  const link = await makeLink(house.db, [person], { rooms: [left] });
  // NOW is 16:00 in Singapore.
  const asked = {
    roomId: left.id,
    from: "2026-11-23T17:00",
    to: "2026-11-23T19:00",
    note: "Paint",
  };
  expect(await closeRoom({ ...asked, to: asked.from }, grant, house)).toEqual({
    ok: false,
    refusal: "ends-before-it-starts",
  });
  expect((await closeRoom(asked, grant, house)).ok).toBe(true);
  expect(house.withdrawn).toContain(link.token);
  const free = async () => {
    const rooms = await listFreeRooms(house.db, {
      workspaceId,
      viewer: actor,
      from: hour(2),
      to: hour(3),
    });
    return rooms.map(({ name, free: answer }) => [name, answer === true ? true : answer.kind]);
  };
  expect(await free()).toEqual([
    ["Left", "out-of-service"],
    ["Whole", "out-of-service"],
  ]);
  const [closure] = await house.db.roomClosure.findMany({ where: { workspaceId } });
  expect(closure?.fromAt).toEqual(new Date(hour(1)));
  const one = { roomId: left.id, id: closure?.id ?? "" };
  expect((await reopenRoom(one, grant, house)).ok).toBe(true);
  expect(await reopenRoom(one, grant, house)).toEqual({ ok: false, refusal: "no-closure" });
  expect((await free()).every(([, answer]) => answer === true)).toBe(true);
  const audited = await house.db.auditEntry.findMany({
    where: { workspaceId },
    orderBy: { sequence: "asc" },
  });
  expect(audited.map(({ action }) => action)).toEqual(["room.close", "room.reopen"]);
});
