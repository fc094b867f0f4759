import "server-only";
import { notFound } from "next/navigation";
import type { Member } from "@/lib/access/actor";
import { getMember } from "@/lib/auth/session";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Location, RoomClosure, RoomSettings } from "./core/room";
import { roomsPolicy } from "./policy";
import { listClosures, listKeepers, listLocations, listRooms } from "./reads";

/** Those who manage rooms. To everybody else these pages do not exist. */
async function getManager(): Promise<Member> {
  const member = await getMember();
  return roomsPolicy.can(member, "rooms.manage", { workspaceId: member.workspaceId })
    ? member
    : notFound();
}

export type ManagedRooms = {
  readonly rooms: readonly RoomSettings[];
  readonly locations: readonly Location[];
};

/** Every room and every location, for those who manage them. */
export async function loadManagedRooms(): Promise<ManagedRooms> {
  const { workspaceId } = await getManager();
  const { db } = runtime();
  const [rooms, locations] = await Promise.all([
    listRooms(db, workspaceId),
    listLocations(db, workspaceId),
  ]);
  return { rooms, locations };
}

export type ManagedRoom = ManagedRooms & {
  /** Undefined for a room that is about to be made. */
  readonly room: RoomSettings | undefined;
  readonly closures: readonly RoomClosure[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly now: Instant;
};

/** One room with what its settings offer; `new` is one that does not exist yet. */
export async function loadManagedRoom(id: string): Promise<ManagedRoom> {
  const { workspaceId } = await getManager();
  const { db, now } = runtime();
  const [rooms, locations, people] = await Promise.all([
    listRooms(db, workspaceId),
    listLocations(db, workspaceId),
    listKeepers(db, workspaceId),
  ]);
  const room = rooms.find((one) => one.id === id);
  if (room === undefined && id !== "new") notFound();
  const closures =
    room === undefined ? [] : await listClosures(db, { workspaceId, roomId: room.id }, now());
  return { room, rooms, locations, people, closures, now: now() };
}
