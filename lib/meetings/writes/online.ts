import type { Db, Transaction } from "@/lib/db/client";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

/** A meeting held in an online meeting. */
export type HeldOnline = {
  readonly workspaceId: WorkspaceId;
  readonly id: MeetingId;
  /** The address it had until now. */
  readonly joinUrl: string | null;
  readonly isOver: boolean;
};

/** The meetings of an online meeting that are held, in time's order; locked in one order with all who change them. */
export async function lockHeldOnline(
  tx: Transaction,
  { workspaceId, onlineId }: { readonly workspaceId: string; readonly onlineId: string },
  now: Instant,
): Promise<readonly HeldOnline[]> {
  await tx.$queryRaw`
    SELECT id FROM meeting WHERE workspace_id = ${workspaceId}::uuid AND online_id = ${onlineId}::uuid
    ORDER BY id FOR NO KEY UPDATE`;
  return tx.$queryRaw<HeldOnline[]>`
    SELECT workspace_id AS "workspaceId", id, join_url AS "joinUrl",
      ends_at <= ${toIso(now)}::timestamptz AS "isOver"
    FROM meeting
    WHERE workspace_id = ${workspaceId}::uuid AND online_id = ${onlineId}::uuid
      AND state IN ('confirmed', 'done', 'no_show')
    ORDER BY starts_at, id`;
}

/** Every meeting of an online meeting has its address. The version stays: nobody changed the meeting. */
export async function setJoinUrl(
  db: Db,
  { workspaceId, onlineId }: { readonly workspaceId: string; readonly onlineId: string },
  joinUrl: string,
  now: Instant,
): Promise<void> {
  await db.$executeRaw`
    UPDATE meeting SET join_url = ${joinUrl}, updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND online_id = ${onlineId}::uuid
      AND state IN ('confirmed', 'done', 'no_show')`;
}
