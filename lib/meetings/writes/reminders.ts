import type { Db } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";

/** Keeps when a person wants to be reminded, minutes before the start; null is as the product has it. */
export async function writeReminders(
  db: Db,
  { workspaceId, userId }: { readonly workspaceId: WorkspaceId; readonly userId: UserId },
  minutes: readonly number[] | null,
): Promise<void> {
  await db.$executeRaw`
    UPDATE app_user SET reminder_minutes = ${minutes === null ? null : JSON.stringify(minutes)}::jsonb
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${userId}::uuid`;
}
