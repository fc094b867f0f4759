import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { noticeRows } from "@/lib/notifications/writes";
import type { Instant } from "@/lib/time/instant";

/** A mail somebody was not reached by. */
type Failed = {
  readonly workspaceId: string;
  readonly meetingId: string | null;
  readonly toEmail: string;
  readonly id: string;
};

/** Tells the host of a mail's meeting that it did not arrive; of a letter from a deal, who wrote it is. */
export async function tellHostOfMail(
  db: Db,
  { workspaceId, id, meetingId, toEmail }: Failed,
  reason: string,
  now: Instant,
): Promise<void> {
  const words = `${toEmail}: ${reason}`.slice(0, 300);
  if (meetingId === null) return tellWriterOfLetter(db, { workspaceId, id }, words, now);
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
    detail: words,
  };
  await insertRows(db, [noticeRows([notice], now)]);
}

/** A letter that was written from a lead or a deal stands in its timeline, which knows by whom. */
async function tellWriterOfLetter(
  db: Db,
  { workspaceId, id }: Pick<Failed, "workspaceId" | "id">,
  words: string,
  now: Instant,
): Promise<void> {
  const [letter] = await db.$queryRaw<{ userId: string; leadId: string; name: string }[]>`
    SELECT a.done_by AS "userId", a.lead_id AS "leadId", l.name
      FROM activity a JOIN lead l ON l.workspace_id = a.workspace_id AND l.id = a.lead_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.mail_id = ${id}::uuid AND a.done_by IS NOT NULL`;
  if (letter === undefined) return;
  const { userId, leadId, name } = letter;
  const about = { workspaceId, userId, meetingId: null, leadId, kind: "mail-failed" as const };
  await insertRows(db, [noticeRows([{ ...about, title: name, detail: words }], now)]);
}
