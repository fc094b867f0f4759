import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { InboxEntry } from "./core/inbox";

const MOST = 200;

/** A person's inbox, newest first; at most 200. */
export async function listInbox(
  db: Db,
  reader: { readonly workspaceId: WorkspaceId; readonly userId: UserId },
  unreadOnly: boolean,
): Promise<InboxEntry[]> {
  const rows = await db.notification.findMany({
    where: { ...reader, ...(unreadOnly ? { readAt: null } : {}) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST,
  });
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as InboxEntry["kind"],
    title: row.title,
    detail: row.detail,
    meetingId: row.meetingId,
    leadId: row.leadId,
    at: instantFromColumn(row.createdAt),
    read: row.readAt !== null,
  }));
}
