import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { noticeRows } from "@/lib/notifications/writes";
import type { Instant } from "@/lib/time/instant";

/** A mail somebody was not reached by. */
type Failed = {
  readonly workspaceId: string;
  readonly meetingId: string | null;
  readonly toEmail: string;
};

/** Tells the host of a mail's meeting that it did not arrive; of mails about no meeting nobody is told. */
export async function tellHostOfMail(
  db: Db,
  { workspaceId, meetingId, toEmail }: Failed,
  reason: string,
  now: Instant,
): Promise<void> {
  if (meetingId === null) return;
  const [meeting] = await db.$queryRaw<{ host_id: string; subject: string }[]>`
    SELECT host_id, subject FROM meeting
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${meetingId}::uuid`;
  if (meeting === undefined) return;
  const notice = {
    workspaceId,
    userId: meeting.host_id,
    meetingId,
    kind: "mail-failed" as const,
    title: meeting.subject,
    detail: `${toEmail}: ${reason}`.slice(0, 300),
  };
  await insertRows(db, [noticeRows([notice], now)]);
}
