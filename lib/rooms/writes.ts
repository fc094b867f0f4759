import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { RoomsGrant } from "./policy";
import type { LocationInput, RoomInput } from "./schema";

type Settings = RoomInput["settings"];

const here = (grant: RoomsGrant): string => grant.resource.workspaceId;

/** Takes the rooms of this workspace for oneself: what rooms are parts of is decided by one at a time. */
export async function lockRooms(tx: Transaction, grant: RoomsGrant): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended('rooms:' || ${here(grant)}, 0))`;
}

const columnsOf = ({ hours: _, ...settings }: Settings) => settings;

/** A new room with a resource of its own, at the end of the list. Its zone is its location's. */
export async function insertRoom(
  tx: Transaction,
  grant: RoomsGrant,
  settings: Settings,
  zone: string,
): Promise<string> {
  const workspaceId = here(grant);
  const id = newId();
  const resourceId = newId();
  await tx.resource.create({
    data: { workspaceId, id: resourceId, kind: "room", name: settings.name },
  });
  const { _max: last } = await tx.room.aggregate({
    where: { workspaceId },
    _max: { position: true },
  });
  const position = Math.min((last.position ?? -1) + 1, 32_000);
  await tx.room.create({
    data: { workspaceId, id, resourceId, zone, position, ...columnsOf(settings) },
  });
  await insertHours(tx, grant, id, settings.hours);
  return id;
}

/** Writes the settings if nobody changed them since `version`; the answer tells. */
export async function updateRoom(
  tx: Transaction,
  grant: RoomsGrant,
  room: { readonly id: string; readonly version: number; readonly zone: string },
  settings: Settings,
): Promise<boolean> {
  const workspaceId = here(grant);
  const { count } = await tx.room.updateMany({
    where: { workspaceId, id: room.id, version: room.version },
    data: { ...columnsOf(settings), zone: room.zone, version: { increment: 1 } },
  });
  if (count === 0) return false;
  await tx.$executeRaw`
    UPDATE resource r SET name = ${settings.name}
    FROM room ro
    WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.id = ${room.id}::uuid
      AND r.workspace_id = ro.workspace_id AND r.id = ro.resource_id`;
  await tx.roomHours.deleteMany({ where: { workspaceId, roomId: room.id } });
  await insertHours(tx, grant, room.id, settings.hours);
  return true;
}

async function insertHours(
  tx: Transaction,
  grant: RoomsGrant,
  roomId: string,
  hours: Settings["hours"],
): Promise<void> {
  await insertRows(tx, [
    {
      table: "room_hours",
      rows: hours.map(([day, from_minute, to_minute]) => ({
        workspace_id: here(grant),
        room_id: roomId,
        id: newId(),
        day,
        from_minute,
        to_minute,
      })),
    },
  ]);
}

/**
 * Makes a room of other parts. Meetings to come hold the new parts, too, and no longer those that were taken out.
 * Violates resource_is_claimed_once_at_a_time when a new part is taken while the whole is.
 */
export async function replaceParts(
  tx: Transaction,
  grant: RoomsGrant,
  { wholeId, partIds }: { readonly wholeId: string; readonly partIds: readonly string[] },
  now: Instant,
): Promise<void> {
  const workspaceId = here(grant);
  const before = await tx.roomPart.findMany({ where: { workspaceId, wholeId } });
  const gone = before.map(({ partId }) => partId).filter((id) => !partIds.includes(id));
  const added = partIds.filter((id) => !before.some(({ partId }) => partId === id));
  if (gone.length === 0 && added.length === 0) return;
  // Held for the parts only; a meeting that chose such a room itself keeps it.
  await tx.$executeRaw`
    DELETE FROM meeting_claim c
    USING room part, meeting_room mr
    WHERE part.workspace_id = ${workspaceId}::uuid AND part.id = ANY(${gone}::uuid[])
      AND c.workspace_id = part.workspace_id AND c.resource_id = part.resource_id
      AND upper(c.during) > ${toIso(now)}::timestamptz
      AND mr.workspace_id = c.workspace_id AND mr.meeting_id = c.meeting_id AND mr.room_id = ${wholeId}::uuid
      AND NOT EXISTS (SELECT FROM meeting_room own
        WHERE own.workspace_id = c.workspace_id AND own.meeting_id = c.meeting_id AND own.room_id = part.id)`;
  await tx.roomPart.deleteMany({ where: { workspaceId, wholeId, partId: { in: gone } } });
  await insertRows(tx, [
    {
      table: "room_part",
      rows: added.map((part_id) => ({ workspace_id: workspaceId, whole_id: wholeId, part_id })),
    },
  ]);
  await tx.$executeRaw`
    INSERT INTO meeting_claim (workspace_id, id, resource_id, meeting_id, during, live)
    SELECT c.workspace_id, gen_random_uuid(), part.resource_id, c.meeting_id, c.during, true
    FROM room whole
    JOIN meeting_claim c ON c.workspace_id = whole.workspace_id AND c.resource_id = whole.resource_id AND c.live
    JOIN room part ON part.workspace_id = whole.workspace_id AND part.id = ANY(${added}::uuid[])
    WHERE whole.workspace_id = ${workspaceId}::uuid AND whole.id = ${wholeId}::uuid
      AND upper(c.during) > ${toIso(now)}::timestamptz`;
}

/** Shows another photo of a room, or none; the one that was shown, null when there was none. */
export async function replacePhoto(
  tx: Transaction,
  grant: RoomsGrant,
  roomId: string,
  photoId: string | null,
): Promise<string | null> {
  const [before] = await tx.$queryRaw<{ photo_id: string | null }[]>`
    SELECT photo_id FROM room
    WHERE workspace_id = ${here(grant)}::uuid AND id = ${roomId}::uuid FOR NO KEY UPDATE`;
  await tx.room.updateMany({
    where: { workspaceId: here(grant), id: roomId },
    data: { photoId },
  });
  return before?.photo_id ?? null;
}

/** A new location, at the end of the list. Violates location_pkey when there is one of that name. */
export async function insertLocation(
  tx: Transaction,
  grant: RoomsGrant,
  { name, zone, address }: LocationInput,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO location (workspace_id, name, zone, address, position)
    SELECT ${here(grant)}::uuid, ${name}, ${zone}, ${address}, least(coalesce(max(position), -1) + 1, 32000)
    FROM location WHERE workspace_id = ${here(grant)}::uuid`;
}

/** Changes a location; its rooms go with its name and its zone. False when it is gone. */
export async function updateLocation(
  tx: Transaction,
  grant: RoomsGrant,
  was: string,
  { name, zone, address }: LocationInput,
): Promise<boolean> {
  const workspaceId = here(grant);
  const changed = await tx.$executeRaw`
    UPDATE location SET name = ${name}, zone = ${zone}, address = ${address}
    WHERE workspace_id = ${workspaceId}::uuid AND name = ${was}`;
  if (changed === 0) return false;
  await tx.room.updateMany({
    where: { workspaceId, location: name, zone: { not: zone } },
    data: { zone, version: { increment: 1 } },
  });
  return true;
}

/** Removes a location. Violates room_is_at_a_location while it has rooms. False when it is gone. */
export async function removeLocation(
  tx: Transaction,
  grant: RoomsGrant,
  name: string,
): Promise<boolean> {
  const { count } = await tx.location.deleteMany({ where: { workspaceId: here(grant), name } });
  return count === 1;
}

export async function insertClosure(
  tx: Transaction,
  grant: RoomsGrant,
  closure: {
    readonly roomId: string;
    readonly from: Instant;
    readonly to: Instant;
    readonly note: string | null;
  },
): Promise<string> {
  const id = newId();
  const { roomId, from, to, note } = closure;
  await tx.roomClosure.create({
    data: {
      workspaceId: here(grant),
      id,
      roomId,
      fromAt: new Date(from),
      toAt: new Date(to),
      note,
    },
  });
  return id;
}

/** Ends a closure; false when it is gone. */
export async function removeClosure(
  tx: Transaction,
  grant: RoomsGrant,
  { roomId, id }: { readonly roomId: string; readonly id: string },
): Promise<boolean> {
  const { count } = await tx.roomClosure.deleteMany({
    where: { workspaceId: here(grant), roomId, id },
  });
  return count === 1;
}
