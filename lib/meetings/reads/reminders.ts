import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

type Person = { readonly workspaceId: WorkspaceId; readonly userId: UserId };

/** A person's confirmed meetings of the next 40 days, at most 500; starts in epoch ms. No reminder comes earlier. */
export const listUpcoming = (
  db: Db,
  { workspaceId, userId }: Person,
  now: Instant,
): Promise<{ readonly id: string; readonly sequence: number; readonly start: number }[]> =>
  db.$queryRaw<{ id: string; sequence: number; start: number }[]>`
    SELECT m.id, m.sequence, (extract(epoch FROM m.starts_at) * 1000)::float8 AS start
    FROM attendee a
    JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.user_id = ${userId}::uuid
      AND a.starts_at > ${toIso(now)}::timestamptz
      AND a.starts_at < ${toIso(now)}::timestamptz + interval '40 days'
      AND m.state = 'confirmed' AND m.reminder_minutes IS NULL
    ORDER BY a.starts_at LIMIT 500`;

/** When a person wants to be reminded, minutes before the start; null is as the product has it. */
export async function findReminders(
  db: Db,
  { workspaceId, userId }: Person,
): Promise<readonly number[] | null> {
  const [row] = await db.$queryRaw<{ minutes: number[] | null }[]>`
    SELECT reminder_minutes AS minutes FROM app_user
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${userId}::uuid`;
  return row?.minutes ?? null;
}
