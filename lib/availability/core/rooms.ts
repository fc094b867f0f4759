import type { RoomId } from "@/lib/ids";
import { MINUTE_MS } from "@/lib/time/instant";
import type { Taken } from "./busy";
import { mergeTaken } from "./busy";
import type { Piece } from "./hours";
import { openPieces, openUntil } from "./hours";
import type { ResourceAvailability, SlotQuery } from "./query";

type Room = {
  readonly id: RoomId;
  readonly taken: Taken;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly hours?: { readonly pieces: readonly Piece[]; readonly until: readonly number[] };
  nextTaken: number;
  nextPiece: number;
};

/** Rooms large enough for the people; all of them when nobody counted. */
export const fittingRooms = (query: SlotQuery): readonly ResourceAvailability[] => {
  const needed = query.attendees ?? 0;
  return (query.rooms ?? []).filter(
    (room) => (room.capacity ?? Number.POSITIVE_INFINITY) >= needed,
  );
};

function prepare(room: ResourceAvailability, from: number, to: number): Room {
  const { zone, weekly, overrides, bufferBeforeMinutes = 0, bufferAfterMinutes = 0 } = room;
  const beforeMs = bufferBeforeMinutes * MINUTE_MS;
  const afterMs = bufferAfterMinutes * MINUTE_MS;
  const taken = mergeTaken(room.busy, from - beforeMs, to + afterMs);
  const base = { id: room.id, taken, beforeMs, afterMs, nextTaken: 0, nextPiece: 0 };
  if (zone === undefined || (weekly === undefined && overrides === undefined)) return base;
  const hours = { zone, weekly: weekly ?? [], ...(overrides ? { overrides } : {}) };
  const pieces = openPieces(hours, from, to, 0);
  return { ...base, hours: { pieces, until: openUntil(pieces) } };
}

function isOpen(room: Room, start: number, end: number): boolean {
  if (!room.hours) return true;
  const { pieces, until } = room.hours;
  while ((pieces[room.nextPiece]?.to ?? Number.POSITIVE_INFINITY) <= start) room.nextPiece++;
  const piece = pieces[room.nextPiece];
  return piece !== undefined && piece.from <= start && end <= (until[room.nextPiece] ?? 0);
}

function isFree(room: Room, occupation: Occupation): boolean {
  const { taken, beforeMs, afterMs } = room;
  const from = Math.min(occupation.from, occupation.start - beforeMs);
  const to = Math.max(occupation.to, occupation.end + afterMs);
  while ((taken.to[room.nextTaken] ?? Number.POSITIVE_INFINITY) <= from) room.nextTaken++;
  const next = taken.from[room.nextTaken];
  return next === undefined || next >= to;
}

/** Times in epoch ms: the meeting [start, end) and, with its buffers, [from, to). */
export type Occupation = {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
};

/**
 * Answers "which of the rooms are free then?" for ascending starts within [from, to], each room's busy time being
 * walked once.
 */
export function roomFinder(
  rooms: readonly ResourceAvailability[],
  from: number,
  to: number,
): (occupation: Occupation) => readonly RoomId[] {
  const prepared = rooms.map((room) => prepare(room, from, to));
  return (occupation) => {
    const free: RoomId[] = [];
    for (const room of prepared)
      if (
        isOpen(room, occupation.start, occupation.end) &&
        isFree(room, occupation) &&
        !free.includes(room.id)
      )
        free.push(room.id);
    return free;
  };
}
