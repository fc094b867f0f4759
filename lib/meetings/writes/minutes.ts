import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Meeting } from "../core/meeting";
import type { MeetingGrant } from "../writes";

/**
 * Writes a person's minutes over the version they saw; 0 when they saw none. False when somebody else wrote meanwhile.
 */
export async function writePersonsMinutes(
  tx: Transaction,
  grant: MeetingGrant,
  minutes: { readonly body: string; readonly version: number; readonly userId: string | null },
  now: Instant,
): Promise<boolean> {
  const { workspaceId, id } = grant.resource.meeting;
  const written =
    minutes.version === 0
      ? await tx.$executeRaw`
          INSERT INTO meeting_minutes (workspace_id, meeting_id, body, source, edited, updated_by, updated_at)
          VALUES (${workspaceId}::uuid, ${id}::uuid, ${minutes.body}, 'person', false, ${minutes.userId}::uuid,
            ${toIso(now)}::timestamptz)
          ON CONFLICT DO NOTHING`
      : await tx.$executeRaw`
          UPDATE meeting_minutes SET body = ${minutes.body}, edited = edited OR source = 'provider',
            updated_by = ${minutes.userId}::uuid, updated_at = ${toIso(now)}::timestamptz, version = version + 1
          WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${id}::uuid AND version = ${minutes.version}`;
  return written === 1;
}

/**
 * Writes a provider's summary where there are no minutes yet, or only an earlier summary nobody has touched. False when
 * a person's words stand there, or the same ones already.
 */
export async function writeSummary(
  tx: Transaction,
  grant: MeetingGrant,
  body: string,
  now: Instant,
): Promise<boolean> {
  const { workspaceId, id } = grant.resource.meeting;
  const written = await tx.$executeRaw`
    INSERT INTO meeting_minutes AS n (workspace_id, meeting_id, body, source, updated_at)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${body}, 'provider', ${toIso(now)}::timestamptz)
    ON CONFLICT (workspace_id, meeting_id) DO UPDATE
      SET body = excluded.body, updated_at = excluded.updated_at, version = n.version + 1
      WHERE n.source = 'provider' AND NOT n.edited AND n.body <> excluded.body`;
  return written === 1;
}

export type ActionItem = {
  readonly userId: string;
  readonly zone: TimeZone;
  readonly title: string;
};

/** When something agreed is due that names no day: a week on, in the zone of whoever does it. */
const DUE_MS = 7 * 86_400_000;

/** What was agreed as tasks; those that are there already, of an earlier delivery, are left out. */
export async function actionRows(
  tx: Transaction,
  meeting: Pick<Meeting, "workspaceId" | "id">,
  items: readonly ActionItem[],
  now: Instant,
): Promise<TableRows> {
  const known = await tx.task.findMany({
    where: { workspaceId: meeting.workspaceId, meetingId: meeting.id, kind: "action" },
    select: { title: true },
  });
  const titles = new Set(known.map(({ title }) => title));
  const due = (zone: TimeZone) => calendarDateAt(zone, (now + DUE_MS) as Instant);
  return {
    table: "task",
    rows: items
      .filter(({ title }) => !titles.has(title))
      .map(({ userId, zone, title }) => ({
        workspace_id: meeting.workspaceId,
        id: newId(),
        user_id: userId,
        meeting_id: meeting.id,
        kind: "action",
        title,
        due_on: due(zone),
        created_at: toIso(now),
      })),
  };
}
