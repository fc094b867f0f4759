import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import { momentText } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS, toIso } from "@/lib/time/instant";
import type { ReceivedMeeting } from "../core/received-meeting";
import { activityOf } from "../core/received-meeting";

/** The source of that name, made when there is none. */
export async function findOrMakeSource(
  tx: Transaction,
  workspaceId: string,
  name: string,
): Promise<string | undefined> {
  await tx.$executeRaw`
    INSERT INTO lead_source (workspace_id, id, name, position) VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${name}, 100)
    ON CONFLICT (workspace_id, lower(name)) WHERE archived_at IS NULL DO NOTHING`;
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM lead_source WHERE workspace_id = ${workspaceId}::uuid AND lower(name) = lower(${name}) AND archived_at IS NULL`;
  return found?.id;
}

/** Puts a meeting into a deal. `by` null: the booking page did. A meeting that is in one already moves. */
export async function linkMeeting(
  tx: Transaction,
  link: {
    readonly workspaceId: string;
    readonly meetingId: string;
    readonly leadId: string;
    readonly by: string | null;
  },
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO lead_meeting (workspace_id, meeting_id, lead_id, linked_at, linked_by)
    VALUES (${link.workspaceId}::uuid, ${link.meetingId}::uuid, ${link.leadId}::uuid, ${toIso(now)}::timestamptz, ${link.by}::uuid)
    ON CONFLICT (workspace_id, meeting_id) DO UPDATE SET lead_id = EXCLUDED.lead_id, linked_at = EXCLUDED.linked_at, linked_by = EXCLUDED.linked_by
      WHERE lead_meeting.lead_id <> EXCLUDED.lead_id`;
}

/** Takes a meeting out of its deal: its activity is no longer there. */
export async function unlinkMeeting(
  tx: Transaction,
  { workspaceId, meetingId }: { readonly workspaceId: string; readonly meetingId: string },
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`DELETE FROM lead_meeting WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid`;
  await tx.$executeRaw`
    UPDATE activity SET deleted_at = ${toIso(now)}::timestamptz, version = version + 1
     WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid AND deleted_at IS NULL`;
}

/** The meeting as an activity of its deal, as it stands now; one row for each meeting, and nothing written when it says so already. */
export async function writeMeetingActivity(
  tx: Transaction,
  leadId: string,
  meeting: Omit<ReceivedMeeting, "guest" | "booking">,
  now: Instant,
): Promise<void> {
  const { doneAt, human, outcome, gone } = activityOf(meeting);
  const minutes = Math.min(1_440, Math.round((meeting.end - meeting.start) / MINUTE_MS));
  const deletedAt = gone ? toIso(now) : null;
  await tx.$executeRaw`
    INSERT INTO activity (workspace_id, id, lead_id, kind, subject, due_at, duration_minutes, assignee_id, created_at,
                          done_at, done_by, human, outcome, meeting_id, deleted_at)
    VALUES (${meeting.workspaceId}::uuid, ${newId()}::uuid, ${leadId}::uuid, 'meeting', ${meeting.subject}, ${toIso(meeting.start)}::timestamptz,
            ${minutes}, ${meeting.hostId}::uuid, ${toIso(meeting.createdAt)}::timestamptz, ${momentText(doneAt)}::timestamptz,
            ${doneAt === null ? null : meeting.hostId}::uuid, ${human}, ${outcome}, ${meeting.meetingId}::uuid, ${deletedAt}::timestamptz)
    ON CONFLICT (workspace_id, meeting_id) WHERE meeting_id IS NOT NULL DO UPDATE SET
      lead_id = EXCLUDED.lead_id, subject = EXCLUDED.subject, due_at = EXCLUDED.due_at, duration_minutes = EXCLUDED.duration_minutes,
      assignee_id = EXCLUDED.assignee_id, done_at = EXCLUDED.done_at, done_by = EXCLUDED.done_by, human = EXCLUDED.human,
      outcome = EXCLUDED.outcome, deleted_at = CASE WHEN EXCLUDED.deleted_at IS NULL THEN NULL ELSE coalesce(activity.deleted_at, EXCLUDED.deleted_at) END,
      version = activity.version + 1
      WHERE (activity.lead_id, activity.subject, activity.due_at, activity.duration_minutes, activity.assignee_id, activity.done_at, activity.outcome, activity.deleted_at IS NULL)
        IS DISTINCT FROM (EXCLUDED.lead_id, EXCLUDED.subject, EXCLUDED.due_at, EXCLUDED.duration_minutes, EXCLUDED.assignee_id, EXCLUDED.done_at, EXCLUDED.outcome, EXCLUDED.deleted_at IS NULL)`;
}
