import type { Db } from "@/lib/db/client";
import { prepared } from "@/lib/db/client";
import type { ResourceId, UserId, WorkspaceId } from "@/lib/ids";
import { findRoomsForMeeting } from "@/lib/rooms/reads";
import type { TimeZone } from "@/lib/time/zone";
import type { MeetingParts, PartPerson } from "../core/assemble";
import type { MeetingVirtualRoom } from "../core/meeting";
import { virtualRoomJson } from "./meeting";

type Raw = {
  readonly workspaceName: string;
  readonly workspaceZone: TimeZone;
  readonly people: readonly (PartPerson & {
    readonly userId: UserId;
    readonly resourceId: ResourceId;
  })[];
  readonly virtualRoom: MeetingVirtualRoom | null;
  readonly followed: boolean;
};

/**
 * Everybody and everything a meeting is made of, as they are now: colleagues who work here, rooms, the virtual room.
 * What does not exist in this workspace is left out; the caller says so. Two statements.
 */
export async function findParts(
  db: Db,
  workspaceId: WorkspaceId,
  wanted: {
    readonly userIds: readonly string[];
    /** Addresses that may be a colleague's. */
    readonly emails: readonly string[];
    readonly roomIds: readonly string[];
    readonly virtualRoomId: string | null;
  },
): Promise<MeetingParts> {
  const [rows, rooms] = await Promise.all([
    db.$queryRaw<Raw[]>`${prepared}
      SELECT w.name AS "workspaceName", w.zone AS "workspaceZone", (
          SELECT coalesce(json_agg(json_build_object(
            'userId', u.id, 'resourceId', r.id, 'name', u.name, 'title', u.title, 'email', u.email, 'zone', u.zone,
            'locale', u.locale, 'hourCycle', u.hour_cycle, 'reminderMinutes', u.reminder_minutes,
            'hosts', EXISTS (SELECT FROM user_group g WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
              AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))) ORDER BY u.id), '[]'::json)
          FROM app_user u
          JOIN resource r ON r.workspace_id = u.workspace_id AND r.user_id = u.id
          WHERE u.workspace_id = w.id AND (u.id = ANY(${[...wanted.userIds]}::uuid[]) OR u.email = ANY(${[...wanted.emails]}))
            AND u.disabled_at IS NULL AND u.removed_at IS NULL) AS people, (
          SELECT ${virtualRoomJson} FROM virtual_room v
          WHERE v.workspace_id = w.id AND v.id = ${wanted.virtualRoomId}::uuid
            AND v.active AND v.archived_at IS NULL) AS "virtualRoom",
        ${wanted.emails.length > 0}
          OR EXISTS (SELECT FROM webhook_endpoint e WHERE e.workspace_id = w.id AND e.active)
          OR EXISTS (SELECT FROM external_calendar c WHERE c.workspace_id = w.id AND c.writes
            AND c.user_id = ANY(${[...wanted.userIds]}::uuid[])) AS followed
      FROM workspace w WHERE w.id = ${workspaceId}::uuid`,
    findRoomsForMeeting(db, workspaceId, wanted.roomIds),
  ]);
  const [found] = rows;
  if (found === undefined) throw new Error(`no workspace ${workspaceId}`);
  return { ...found, rooms };
}
