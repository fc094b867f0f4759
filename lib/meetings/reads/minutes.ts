import type { Db } from "@/lib/db/client";
import { instantOf } from "@/lib/time/instant";
import type { Meeting } from "../core/meeting";
import type { AgreedAction, Minutes } from "../core/minutes";

type Row = Omit<Minutes, "updatedAt"> & { readonly updatedAt: Date };

/** What was said and agreed in a meeting, or undefined while nobody wrote it down. */
export async function findMinutes(
  db: Db,
  meeting: Pick<Meeting, "workspaceId" | "id">,
): Promise<Minutes | undefined> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT n.body, n.source, n.edited, n.updated_at AS "updatedAt", u.name AS "updatedBy", n.version
    FROM meeting_minutes n
    LEFT JOIN app_user u ON u.workspace_id = n.workspace_id AND u.id = n.updated_by
    WHERE n.workspace_id = ${meeting.workspaceId}::uuid AND n.meeting_id = ${meeting.id}::uuid`;
  const [row] = rows;
  return row && { ...row, updatedAt: instantOf(row.updatedAt.getTime()) };
}

/** What was agreed in a meeting as tasks, in the order it was written; at most 100. */
export const listActions = (
  db: Db,
  meeting: Pick<Meeting, "workspaceId" | "id">,
): Promise<AgreedAction[]> =>
  db.$queryRaw`
    SELECT t.id, t.title, u.name AS who, t.done_at IS NOT NULL AS done
    FROM task t JOIN app_user u ON u.workspace_id = t.workspace_id AND u.id = t.user_id
    WHERE t.workspace_id = ${meeting.workspaceId}::uuid AND t.meeting_id = ${meeting.id}::uuid AND t.kind = 'action'
    ORDER BY t.id LIMIT 100`;

export type HeldMeeting = {
  readonly workspaceId: string;
  readonly id: string;
  readonly onlineId: string;
  readonly start: Date;
};

/**
 * Meetings held at a provider under its name for them; at most 400, in time's order. `room` bounds them to one virtual
 * room; null is all those that use the environment's credentials.
 */
export const listHeldAt = (
  db: Db,
  asked: {
    readonly provider: string;
    readonly externalId: string;
    readonly room: { readonly workspaceId: string; readonly virtualRoomId: string } | null;
  },
): Promise<HeldMeeting[]> =>
  db.$queryRaw`
    SELECT m.workspace_id AS "workspaceId", m.id, o.id AS "onlineId", m.starts_at AS start
    FROM online_meeting o
    JOIN virtual_room v ON v.workspace_id = o.workspace_id AND v.id = o.virtual_room_id
    JOIN meeting m ON m.workspace_id = o.workspace_id AND m.online_id = o.id
    WHERE o.provider = ${asked.provider}::online_provider AND o.external_id = ${asked.externalId}
      AND CASE WHEN ${asked.room === null} THEN v.credentials = 'environment'
        ELSE v.workspace_id = ${asked.room?.workspaceId ?? null}::uuid
          AND v.id = ${asked.room?.virtualRoomId ?? null}::uuid END
    ORDER BY m.starts_at LIMIT 400`;
