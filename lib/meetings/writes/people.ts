import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { peopleChanges } from "../core/differences";
import type { Meeting } from "../core/meeting";
import { attendeeRows } from "./new-meeting";

/**
 * Makes the people of a meeting who they are now: rows of those who left stay, marked, because mails and history name
 * them. With another time everybody but the host is asked again.
 */
export async function replacePeople(
  tx: Transaction,
  before: Meeting,
  after: Meeting,
  now: Instant,
): Promise<void> {
  const { added, removed, altered } = peopleChanges(before.attendees, after.attendees);
  const { workspaceId, id: meetingId } = after;
  if (removed.length > 0) {
    await tx.$executeRaw`
      UPDATE attendee SET left_at = ${toIso(now)}::timestamptz
      WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid
        AND id = ANY(${removed.map(({ id }) => id)}::uuid[])`;
  }
  if (altered.length > 0) {
    const rows = altered.map(({ id, kind, name, zone, locale, required, coHost }) => ({
      id,
      kind,
      name,
      zone,
      locale,
      required,
      co_host: coHost,
    }));
    await tx.$executeRaw`
      UPDATE attendee a SET kind = r.kind, name = r.name, zone = r.zone, locale = r.locale,
        required = r.required, co_host = r.co_host
      FROM jsonb_populate_recordset(NULL::attendee, ${JSON.stringify(rows)}::jsonb) r
      WHERE a.workspace_id = ${workspaceId}::uuid AND a.meeting_id = ${meetingId}::uuid AND a.id = r.id`;
  }
  await insertRows(tx, attendeeRows(after, added));
  if (before.start !== after.start || before.end !== after.end) {
    await tx.$executeRaw`
      UPDATE attendee SET answer = 'needs_action', answered_at = NULL, answer_note = NULL
      WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid AND kind <> 'host'
        AND answer <> 'needs_action'`;
  }
}

/** Gives a meeting these papers. */
export async function replaceAttachments(
  tx: Transaction,
  before: Meeting,
  after: Meeting,
): Promise<void> {
  if (JSON.stringify(before.attachments) === JSON.stringify(after.attachments)) return;
  await tx.$executeRaw`
    DELETE FROM meeting_attachment
    WHERE workspace_id = ${after.workspaceId}::uuid AND meeting_id = ${after.id}::uuid`;
  await insertRows(tx, [
    {
      table: "meeting_attachment",
      rows: after.attachments.map(({ title, url }, position) => ({
        workspace_id: after.workspaceId,
        meeting_id: after.id,
        position,
        title,
        url,
      })),
    },
  ]);
}
