import { v7 as newId } from "uuid";
import type { Db } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { NoticeKind } from "./core/inbox";

/** One line of somebody's inbox. Texts are data: what a guest typed stays plain text wherever it is shown. */
export type Notice = {
  readonly workspaceId: string;
  readonly userId: string;
  /** Null for what is about no meeting. */
  readonly meetingId: string | null;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly detail: string | null;
};

export const noticeRows = (notices: readonly Notice[], now: Instant): TableRows => ({
  table: "notification",
  rows: notices.map((notice) => ({
    workspace_id: notice.workspaceId,
    id: newId(),
    user_id: notice.userId,
    meeting_id: notice.meetingId,
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
