import type { Db } from "@/lib/db/client";
import type { WorkspaceId } from "@/lib/ids";
import type { DraftHost, DraftRoom } from "../core/meeting-draft";

export type VirtualRoomChoice = {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
};

/** The virtual rooms a meeting can be held in, the default first; at most 100. */
export const listVirtualRoomChoices = (
  db: Db,
  workspaceId: WorkspaceId,
): Promise<VirtualRoomChoice[]> =>
  db.$queryRaw`
    SELECT v.id, v.name, v.is_default AS "isDefault" FROM virtual_room v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.active AND v.archived_at IS NULL
    ORDER BY v.is_default DESC, lower(v.name), v.id LIMIT 100`;

/** Rooms by their ids, as a form shows them; those that are not in use are left out. */
export const listRoomChoices = (
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<DraftRoom[]> =>
  db.$queryRaw`
    SELECT ro.id, ro.name, ro.location, ro.zone, ro.capacity FROM room ro
    WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.id = ANY(${[...ids].slice(0, 20)}::uuid[]) AND ro.active
    ORDER BY ro.location, ro.name`;

/** Colleagues with these ids who hold meetings here, by name; others are left out. */
export const listColleagues = (
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<DraftHost[]> =>
  db.$queryRaw`
    SELECT u.id AS "userId", u.name, u.zone, u.photo_id AS "photoId" FROM app_user u
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ANY(${[...ids]}::uuid[]) AND u.disabled_at IS NULL
       AND EXISTS (SELECT FROM user_group g
            WHERE g.workspace_id = u.workspace_id AND g.user_id = u.id
              AND g.group_name IN ('admin', 'meeting_manager', 'meeting_user'))
     ORDER BY lower(u.name), u.id`;
