import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { wallToInstants } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { RoomsGrant } from "../policy";
import { findRoomZone, listLinksWithRoom } from "../reads";
import { insertClosure, removeClosure } from "../writes";
import { auditRooms } from "./audit-rooms";

type Asked = {
  readonly roomId: string;
  /** Wall times of the room's zone, `2026-11-18T09:00`. */
  readonly from: string;
  readonly to: string;
  readonly note: string | null;
};

/** The moment a wall time of a room means: the first of two; undefined for one that never comes. */
function momentOf(wall: string, zone: TimeZone): Instant | undefined {
  const date = parseCalendarDate(wall.slice(0, 10));
  const minute = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
  if (date === undefined || minute >= 1440) return undefined;
  return wallToInstants(date, minute, zone)[0];
}

/** Takes a room out of service. What is booked in it meanwhile stays; nothing new can be. */
export async function closeRoom(
  asked: Asked,
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<undefined, "no-room" | "ends-before-it-starts" | "no-such-time">> {
  const { workspaceId } = grant.resource;
  const { roomId, note } = asked;
  const zone = await findRoomZone(deps.db, workspaceId, roomId);
  if (zone === undefined) return refuse("no-room");
  const from = momentOf(asked.from, zone);
  const to = momentOf(asked.to, zone);
  if (from === undefined || to === undefined) return refuse("no-such-time");
  if (to <= from) return refuse("ends-before-it-starts");
  await deps.db.$transaction(async (tx) => {
    const id = await insertClosure(tx, grant, { roomId, from, to, note });
    await auditRooms(tx, grant, deps, {
      action: "room.close",
      subject: roomId,
      details: { closure: id, from: toIso(from), to: toIso(to) },
    });
  });
  await deps.invalidate(await listLinksWithRoom(deps.db, workspaceId, roomId));
  return ok(undefined);
}

/** Puts a room back into service before the time that was said, or takes back a closure to come. */
export async function reopenRoom(
  closure: { readonly roomId: string; readonly id: string },
  grant: RoomsGrant,
  deps: Deps,
): Promise<Result<undefined, "no-closure">> {
  const { workspaceId } = grant.resource;
  const removed = await deps.db.$transaction(async (tx) => {
    if (!(await removeClosure(tx, grant, closure))) return false;
    await auditRooms(tx, grant, deps, {
      action: "room.reopen",
      subject: closure.roomId,
      details: { closure: closure.id },
    });
    return true;
  });
  if (!removed) return refuse("no-closure");
  await deps.invalidate(await listLinksWithRoom(deps.db, workspaceId, closure.roomId));
  return ok(undefined);
}
