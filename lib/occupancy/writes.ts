import { v7 as newId } from "uuid";
import type { Db, Transaction } from "@/lib/db/client";
import type { ResourceId } from "@/lib/ids";
import type { Meeting, MeetingRoom } from "@/lib/meetings/core/meeting";
import type { RoomsGrant } from "@/lib/rooms/policy";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { StayGrant } from "./policy";

/** A tablet shows a code; both are only known by their hashes. Codes nobody typed in time are forgotten. */
export async function insertPairing(
  db: Db,
  {
    codeHash,
    tokenHash,
    expiresAt,
  }: { readonly codeHash: Buffer; readonly tokenHash: Buffer; readonly expiresAt: Instant },
  now: Instant,
): Promise<void> {
  await db.$executeRaw`DELETE FROM display_pairing WHERE expires_at < ${toIso(now)}::timestamptz`;
  await db.$executeRaw`
    INSERT INTO display_pairing (id, code_hash, token_hash, created_at, expires_at)
    VALUES (${newId()}::uuid, ${codeHash}, ${tokenHash}, ${toIso(now)}::timestamptz, ${toIso(expiresAt)}::timestamptz)`;
}

/** Makes the tablet that shows this code the room's; its id, or undefined when no tablet shows it any more. */
export async function takePairing(
  tx: Transaction,
  grant: RoomsGrant,
  display: { readonly roomId: string; readonly codeHash: Buffer; readonly name: string | null },
  now: Instant,
): Promise<string | undefined> {
  const { workspaceId } = grant.resource;
  const id = newId();
  const pairedBy = grant.actor.kind === "member" ? grant.actor.userId : null;
  const made = await tx.$executeRaw`
    WITH taken AS (
      UPDATE display_pairing SET workspace_id = ${workspaceId}::uuid, display_id = ${id}::uuid
      WHERE code_hash = ${display.codeHash} AND display_id IS NULL AND expires_at > ${toIso(now)}::timestamptz
      RETURNING token_hash)
    INSERT INTO room_display (workspace_id, id, room_id, name, token_hash, paired_by, paired_at)
    SELECT ${workspaceId}::uuid, ${id}::uuid, ${display.roomId}::uuid, ${display.name}, token_hash,
      ${pairedBy}::uuid, ${toIso(now)}::timestamptz
    FROM taken`;
  return made === 1 ? id : undefined;
}

/** Sends a tablet away: its token is nobody's from now on. False when it was away already. */
export async function revokeDisplay(
  tx: Transaction,
  grant: RoomsGrant,
  { roomId, id }: { readonly roomId: string; readonly id: string },
  now: Instant,
): Promise<boolean> {
  const { count } = await tx.roomDisplay.updateMany({
    where: { workspaceId: grant.resource.workspaceId, roomId, id, revokedAt: null },
    data: { revokedAt: new Date(now) },
  });
  return count === 1;
}

/** Remembers that a tablet is there. */
export async function touchDisplay(
  db: Db,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  now: Instant,
): Promise<void> {
  await db.roomDisplay.updateMany({ where: { workspaceId, id }, data: { seenAt: new Date(now) } });
}

const wanted = ({ resource }: StayGrant) => ({
  workspaceId: resource.workspaceId,
  meetingId: resource.meeting.id as string,
  roomId: resource.roomId,
});

/** Somebody came; false when they had already, or the room is not held any more. */
export async function markCheckedIn(
  tx: Transaction,
  grant: StayGrant,
  now: Instant,
): Promise<boolean> {
  const { count } = await tx.meetingRoom.updateMany({
    where: { ...wanted(grant), state: "approved", checkedInAt: null },
    data: { checkedInAt: new Date(now) },
  });
  return count === 1;
}

/** Nobody came; false when somebody did, the meeting was moved, or the room is not held any more. */
export async function markReleased(
  tx: Transaction,
  grant: StayGrant,
  now: Instant,
): Promise<boolean> {
  const { workspaceId, meetingId, roomId } = wanted(grant);
  const released = await tx.$executeRaw`
    UPDATE meeting_room mr SET state = 'released', released_at = ${toIso(now)}::timestamptz
    FROM meeting m
    WHERE mr.workspace_id = ${workspaceId}::uuid AND mr.meeting_id = ${meetingId}::uuid
      AND mr.room_id = ${roomId}::uuid AND mr.state = 'approved' AND mr.checked_in_at IS NULL
      AND m.workspace_id = mr.workspace_id AND m.id = mr.meeting_id AND m.state = 'confirmed'
      AND m.starts_at = ${new Date(grant.resource.meeting.start)}`;
  return released === 1;
}

/** What only this room of a meeting takes: a part that another of its rooms needs, too, stays taken. */
export const ownClaims = (meeting: Meeting, room: MeetingRoom): readonly ResourceId[] => {
  const others = meeting.rooms.filter(
    ({ id, state }) => id !== room.id && (state === "approved" || state === "asked"),
  );
  const kept = new Set(others.flatMap(({ claims }) => claims));
  return room.claims.filter((id) => !kept.has(id));
};

/** Frees one room of a meeting; everything else it takes stays taken. */
export async function removeRoomClaims(
  tx: Transaction,
  grant: StayGrant,
  resourceIds: readonly ResourceId[],
): Promise<void> {
  const { workspaceId, meetingId } = wanted(grant);
  await tx.$executeRaw`
    DELETE FROM meeting_claim
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid
      AND resource_id = ANY(${[...resourceIds]}::uuid[])`;
}

/** Ends what a meeting takes of a room at another moment, clean-up included. Violates the claims' exclusion. */
export async function moveClaimEnd(
  tx: Transaction,
  grant: StayGrant,
  resourceIds: readonly ResourceId[],
  to: Instant,
): Promise<void> {
  const { workspaceId, meetingId } = wanted(grant);
  await tx.$executeRaw`
    UPDATE meeting_claim
    SET during = tstzrange(lower(during), greatest(${toIso(to)}::timestamptz, lower(during) + interval '1 second'), '[)')
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid AND live
      AND resource_id = ANY(${[...resourceIds]}::uuid[])`;
}

/** A meeting that was made at the door is as long as its stay: nobody else is told of it. */
export async function moveMeetingEnd(
  tx: Transaction,
  grant: StayGrant,
  { end, over }: { readonly end: Instant; readonly over: boolean },
  now: Instant,
): Promise<void> {
  const { workspaceId, meetingId } = wanted(grant);
  await tx.$executeRaw`
    UPDATE meeting SET ends_at = greatest(${toIso(end)}::timestamptz, starts_at + interval '1 second'),
      state = CASE WHEN ${over} THEN 'done' ELSE state END::meeting_state,
      version = version + 1, updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${meetingId}::uuid AND state = 'confirmed'`;
}

/** Who decided about a room, and when; and the tasks that asked for it are done. */
export async function markDecided(
  tx: Transaction,
  {
    workspaceId,
    meetingId,
    room,
    userId,
  }: {
    readonly workspaceId: string;
    readonly meetingId: string;
    readonly room: Pick<MeetingRoom, "id" | "name">;
    readonly userId: string | null;
  },
  now: Instant,
): Promise<void> {
  await tx.meetingRoom.updateMany({
    where: { workspaceId, meetingId, roomId: room.id },
    data: { decidedBy: userId, decidedAt: new Date(now) },
  });
  await tx.$executeRaw`
    UPDATE task SET done_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid AND kind = 'request'
      AND done_at IS NULL AND starts_with(title, ${`${room.name}: `})`;
}
