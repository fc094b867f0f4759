import type { Db } from "@/lib/db/client";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import type { SampleFor } from "./core/sample-facts";

type About = { readonly workspaceId: WorkspaceId; readonly id: MeetingId };

/**
 * The meetings a calendar entry stands for: one, one date of a series, or, without `recurrence`, all dates of a series
 * that are not over; at most 400.
 */
export const listMeetingsOfEntry = (
  db: Db,
  uid: string,
  recurrence: Instant | undefined,
  now: Instant,
): Promise<About[]> => {
  const date = recurrence === undefined ? null : toIso(recurrence);
  return db.$queryRaw<About[]>`
    SELECT m.workspace_id AS "workspaceId", m.id FROM workspace w
    JOIN meeting m ON m.workspace_id = w.id AND m.uid = ${uid} AND m.series_id IS NULL
    UNION ALL
    (SELECT m.workspace_id, m.id FROM workspace w
    JOIN meeting_series s ON s.workspace_id = w.id AND s.uid = ${uid}
    JOIN meeting m ON m.workspace_id = s.workspace_id AND m.series_id = s.id
    WHERE CASE WHEN ${date}::timestamptz IS NULL THEN m.ends_at > ${toIso(now)}::timestamptz
      ELSE m.recurrence_start = ${date}::timestamptz END
    ORDER BY m.starts_at LIMIT 400)`;
};

/** Was something of this name worked on before? */
export async function isKnown(db: Db, source: string, id: string): Promise<boolean> {
  const found = await db.inboundEvent.findUnique({ where: { source_id: { source, id } } });
  return found !== null;
}

/** The meeting a mail is about; undefined for a mail about none, or none of this workspace. */
export async function findMeetingOfMail(
  db: Db,
  workspaceId: string,
  mailId: string,
): Promise<MeetingId | undefined> {
  const mail = await db.mailMessage.findUnique({
    where: { workspaceId_id: { workspaceId, id: mailId } },
    select: { meetingId: true },
  });
  return (mail?.meetingId ?? undefined) as MeetingId | undefined;
}

/** Whose workspace a preview names, and by whose clock it is read. Throws when the person is gone. */
export async function getPreviewReader(
  db: Db,
  person: { readonly workspaceId: string; readonly userId: string },
): Promise<Pick<SampleFor, "workspaceName" | "zone" | "hourCycle">> {
  const { workspaceId, userId } = person;
  const [workspace, { zone, hourCycle }] = await Promise.all([
    db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { name: true } }),
    db.appUser.findUniqueOrThrow({
      where: { workspaceId_id: { workspaceId, id: userId } },
      select: { zone: true, hourCycle: true },
    }),
  ]);
  return {
    workspaceName: workspace.name,
    zone: parseTimeZone(zone) ?? UTC,
    hourCycle: hourCycle === 12 ? 12 : 24,
  };
}
