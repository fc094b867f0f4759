import { expect } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { AccessDenied } from "@/lib/access/policy";
import { hashToken } from "@/lib/crypto/token";
import type { RoomId, WorkspaceId } from "@/lib/ids";
import { roomsPolicy } from "@/lib/rooms/policy";
import { meetIn, memberOf } from "@/lib/testing/factories/room-scene";
import { makeRoom } from "@/lib/testing/factories/rooms";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import type { House } from "@/lib/testing/house";
import { NOW, test } from "@/lib/testing/house";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { doorState } from "../core/board";
import { findBoard, findDisplay } from "../reads";
import { askPairing, pairDisplay, sendDisplayAway } from "./pair-display";
import { takeRoom } from "./take-room";
import { checkIn, endStay, extendStay } from "./use-room";

const min = (count: number): Instant => addMinutes(NOW, count);
const later = (house: House, at: Instant): House => ({ ...house, now: () => at });

async function door(house: House, settings: Readonly<Record<string, number | boolean>> = {}) {
  const workspaceId = await makeWorkspace(house.db);
  const manager = await makePerson(house.db, workspaceId, {
    name: "Mei",
    groups: ["meeting_manager"],
  });
  const room = await makeRoom(house.db, workspaceId, { name: "Merlion", settings });
  const actor: Extract<Actor, { kind: "display" }> = {
    kind: "display",
    workspaceId: workspaceId as WorkspaceId,
    roomId: room.id as RoomId,
    name: "Display at Merlion",
  };
  const stateAt = async (at: Instant) => {
    const board = await findBoard(house.db, workspaceId, room.id, at);
    if (board === undefined) throw new Error("no board");
    return doorState(board, at);
  };
  const take = (minutes: number, deps: House = house) =>
    takeRoom({ actor, pairedBy: manager.id, minutes }, deps);
  const asked = (meetingId: string) => ({ actor, workspaceId, meetingId, roomId: room.id });
  return { workspaceId, manager, room, actor, stateAt, take, asked };
}

test("a tablet's code makes it a room's, once; sent away, it is nobody's", async ({ house }) => {
  const { workspaceId, manager, room } = await door(house);
  const member = memberOf(manager, ["meeting_manager"]);
  const grant = roomsPolicy.authorize(member, "rooms.manage", { workspaceId });
  const { code, token, expiresAt } = await askPairing(house);
  expect(expiresAt).toBe(min(10));
  const tokenHash = hashToken(token);
  expect(await findDisplay(house.db, tokenHash, NOW)).toEqual({ kind: "pairing", expiresAt });
  const asked = { roomId: room.id, code, name: "Left of the door" };
  expect(await pairDisplay({ ...asked, roomId: crypto.randomUUID() }, grant, house)).toEqual({
    ok: false,
    refusal: "no-room",
  });
  expect(await pairDisplay(asked, grant, later(house, min(10)))).toEqual({
    ok: false,
    refusal: "no-such-code",
  });
  const tries = await Promise.all([1, 2, 3].map(() => pairDisplay(asked, grant, house)));
  expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  const found = await findDisplay(house.db, tokenHash, min(600_000));
  expect(found).toMatchObject({
    kind: "paired",
    workspaceId,
    roomId: room.id,
    pairedBy: manager.id,
  });
  if (found?.kind !== "paired") throw new Error("not paired");
  const away = { roomId: room.id, id: found.id };
  expect((await sendDisplayAway(away, grant, house)).ok).toBe(true);
  expect(await findDisplay(house.db, tokenHash, NOW)).toBeUndefined();
  expect((await sendDisplayAway(away, grant, house)).ok).toBe(false);
  const stored = await house.db.displayPairing.findMany({ where: { workspaceId } });
  expect(JSON.stringify(stored)).not.toContain(token);
  const audited = await house.db.auditEntry.findMany({
    where: { workspaceId, subject: room.id },
    orderBy: { sequence: "asc" },
  });
  expect(audited.map(({ action }) => action)).toEqual([
    "room.display-paired",
    "room.display-revoked",
  ]);
});

test("whoever stands at the door takes the room: it is in use at once, nobody's own time is taken, nobody is mailed", async ({
  house,
}) => {
  const { workspaceId, manager, room, stateAt, take } = await door(house, { check_in: true });
  expect((await stateAt(NOW)).kind).toBe("free");
  const taken = await take(30);
  if (!taken.ok) throw new Error(taken.refusal);
  expect(await stateAt(min(5))).toMatchObject({
    kind: "in-use",
    stay: {
      start: NOW,
      end: min(30),
      subject: "Booked at the door",
      host: "Mei",
      checkedInAt: NOW,
    },
  });
  const claims = await house.db.meetingClaim.findMany({ where: { workspaceId } });
  expect(claims.map(({ resourceId }) => resourceId)).toEqual([room.resourceId]);
  expect(await house.db.mailMessage.count({ where: { workspaceId } })).toBe(0);
  const history = await house.db.meetingEvent.findMany({ where: { workspaceId } });
  expect(history.map(({ kind, actorName }) => [kind, actorName])).toEqual([
    ["booked", "Display at Merlion"],
  ]);
  // The manager can still be booked.
  const own = await meetIn(house, memberOf(manager, ["meeting_manager"]), [], {
    start: min(5),
    end: min(20),
  });
  expect(own.ok).toBe(true);
});

test("of twenty taps at the same moment one takes the room", async ({ house }) => {
  const { take } = await door(house);
  const answers = await Promise.all(Array.from({ length: 20 }, () => take(15)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(new Set(answers.flatMap((one) => (one.ok ? [] : [one.refusal])))).toEqual(
    new Set(["slot-taken"]),
  );
});

test("a room that is ended early is free after its clean-up; the meeting of those invited stays as it was", async ({
  house,
}) => {
  const { workspaceId, manager, room, stateAt, take, asked } = await door(house, {
    cleanup_minutes: 5,
  });
  const taken = await take(60);
  if (!taken.ok) throw new Error(taken.refusal);
  expect((await endStay(asked(taken.value.id), later(house, min(20)))).ok).toBe(true);
  expect(await stateAt(min(20))).toEqual({ kind: "preparing", until: min(25) });
  expect((await stateAt(min(25))).kind).toBe("free");
  const ended = await house.db.meeting.findFirst({ where: { workspaceId, id: taken.value.id } });
  expect([ended?.state, ended?.endsAt]).toEqual(["done", new Date(min(20))]);
  const host = memberOf(manager, ["meeting_manager"]);
  const made = await meetIn(house, host, [room], { start: min(60), end: min(120) });
  if (!made.ok) throw new Error(made.refusal.reason);
  expect(await endStay(asked(made.value.id), later(house, min(59)))).toEqual({
    ok: false,
    refusal: "too-early",
  });
  expect((await endStay(asked(made.value.id), later(house, min(70)))).ok).toBe(true);
  expect((await stateAt(min(75))).kind).toBe("free");
  const kept = await house.db.meeting.findFirst({ where: { workspaceId, id: made.value.id } });
  expect([kept?.state, kept?.endsAt, kept?.version]).toEqual(["confirmed", new Date(min(120)), 1]);
});

test("fifteen minutes more are given while nobody has the room, and not otherwise", async ({
  house,
}) => {
  const { manager, room, stateAt, take, asked } = await door(house);
  const taken = await take(15);
  if (!taken.ok) throw new Error(taken.refusal);
  const host = memberOf(manager, ["meeting_manager"]);
  expect((await meetIn(house, host, [room], { start: min(35), end: min(60) })).ok).toBe(true);
  const more = () => extendStay(asked(taken.value.id), later(house, min(10)));
  expect((await more()).ok).toBe(true);
  expect(await stateAt(min(20))).toMatchObject({ kind: "in-use", stay: { end: min(30) } });
  expect(await more()).toEqual({ ok: false, refusal: "changed-meanwhile" });
  expect(await stateAt(min(31))).toMatchObject({ kind: "soon" });
});

test("a tablet acts at its own room only, and only on what is held there", async ({ house }) => {
  const { workspaceId, manager, actor, take } = await door(house);
  const other = await makeRoom(house.db, workspaceId, {
    name: "Orchid",
    settings: { check_in: true },
  });
  const host = memberOf(manager, ["meeting_manager"]);
  const made = await meetIn(house, host, [other], { start: min(5), end: min(60) });
  if (!made.ok) throw new Error(made.refusal.reason);
  const elsewhere = { actor, workspaceId, meetingId: made.value.id, roomId: other.id };
  await expect(checkIn(elsewhere, house)).rejects.toThrow(AccessDenied);
  await expect(endStay(elsewhere, later(house, min(10)))).rejects.toThrow(AccessDenied);
  await expect(extendStay(elsewhere, later(house, min(10)))).rejects.toThrow(AccessDenied);
  const here = { ...elsewhere, roomId: actor.roomId };
  expect(await checkIn(here, house)).toEqual({ ok: false, refusal: "no-such-stay" });
  const foreign = await door(house);
  await expect(checkIn({ ...elsewhere, actor: foreign.actor }, house)).rejects.toThrow(
    AccessDenied,
  );
  expect((await take(15)).ok).toBe(true);
});

test("a private meeting stays private at its door", async ({ house }) => {
  const { workspaceId, manager, room } = await door(house);
  const host = memberOf(manager, ["meeting_manager"]);
  const time = { start: min(0), end: min(60), visibility: "private" as const };
  expect((await meetIn(house, host, [room], time)).ok).toBe(true);
  const board = await findBoard(house.db, workspaceId, room.id, min(5));
  expect(board?.stays).toMatchObject([{ subject: null, host: null }]);
  expect(JSON.stringify(board)).not.toContain("Roadmap");
});

test("a room that should have been given back by now is taken at the door, although the job is late", async ({
  house,
}) => {
  const { manager, room, stateAt, take, workspaceId } = await door(house, {
    check_in: true,
    release_minutes: 10,
  });
  const host = memberOf(manager, ["meeting_manager"]);
  const made = await meetIn(house, host, [room], { start: min(10), end: min(70) });
  if (!made.ok) throw new Error(made.refusal.reason);
  expect(await stateAt(min(15))).toMatchObject({ kind: "check-in", releasedAt: min(20) });
  expect((await stateAt(min(21))).kind).toBe("free");
  expect((await take(30, later(house, min(21)))).ok).toBe(true);
  const rows = await house.db.meetingRoom.findMany({
    where: { workspaceId, meetingId: made.value.id },
  });
  expect(rows.map(({ state }) => state)).toEqual(["released"]);
});

test("a room with approval or of a group is not for whoever passes by", async ({ house }) => {
  const asks = await door(house, { needs_approval: true });
  expect(await asks.take(15)).toEqual({ ok: false, refusal: "slot-taken" });
});
