import { v7 as newId } from "uuid";
import type { Db } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { NoticeKind } from "./core/inbox";

/** One line of somebody's inbox. Texts are data: what a guest typed stays plain text wherever it is shown. */
export type Notice = {
  /** Named after what happened, so that it is told once; absent: a new one. */
  readonly id?: string;
  readonly workspaceId: string;
  readonly userId: string;
  /** Null for what is about no meeting. */
  readonly meetingId: string | null;
  /** Absent for what is about no lead or deal. */
  readonly leadId?: string | null;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly detail: string | null;
};

export const noticeRows = (notices: readonly Notice[], now: Instant): TableRows => ({
  table: "notification",
  skipExisting: true,
  rows: notices.map((notice) => ({
    workspace_id: notice.workspaceId,
    id: notice.id ?? newId(),
    user_id: notice.userId,
    meeting_id: notice.meetingId,
    lead_id: notice.leadId ?? null,
    kind: notice.kind,
    title: notice.title,
    detail: notice.detail,
    created_at: toIso(now),
  })),
});

/** Marks one entry of this person's inbox as read, or all of them. */
export async function markRead(
  db: Db,
  reader: { readonly workspaceId: string; readonly userId: string },
  id: string | "all",
  now: Instant,
): Promise<void> {
  await db.notification.updateMany({
    where: { ...reader, readAt: null, ...(id === "all" ? {} : { id }) },
    data: { readAt: new Date(now) },
  });
}
