import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Difference } from "../core/differences";
import type { Meeting } from "../core/meeting";
import type { MailDelivery, MeetingHistoryEntry } from "../core/meeting-view";

type About = Pick<Meeting, "workspaceId" | "id">;

const moment = (value: unknown): Instant | null =>
  typeof value === "number" ? instantOf(value) : null;

const wordOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);

/** What was kept of what differs; anything else that stands there is left out. */
const differencesIn = (changes: unknown): Difference[] =>
  (Array.isArray(changes) ? changes : []).flatMap((change: Readonly<Record<string, unknown>>) =>
    typeof change?.field === "string"
      ? [
          {
            field: change.field as Difference["field"],
            before: wordOrNull(change.before),
            after: wordOrNull(change.after),
          },
        ]
      : [],
  );

/** What happened to a meeting, oldest first. */
export async function listHistory(db: Db, about: About): Promise<MeetingHistoryEntry[]> {
  const events = await db.meetingEvent.findMany({
    where: { workspaceId: about.workspaceId, meetingId: about.id },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    take: 500,
  });
  return events.map((event) => {
    const details = (event.details ?? {}) as Readonly<Record<string, unknown>>;
    return {
      at: instantFromColumn(event.at),
      actorName: event.actorName,
      kind: event.kind as MeetingHistoryEntry["kind"],
      override: event.override,
      reason: typeof details.reason === "string" ? details.reason : null,
      previousStart: moment(details.previousStart),
      previousEnd: moment(details.previousEnd),
      start: moment(details.start),
      end: moment(details.end),
      changes: differencesIn(details.changes),
      about: typeof details.about === "string" ? details.about : null,
    };
  });
}

/** Every mail about a meeting with what became of it, oldest first. */
export async function listDeliveries(db: Db, about: About): Promise<MailDelivery[]> {
  const mails = await db.mailMessage.findMany({
    where: { workspaceId: about.workspaceId, meetingId: about.id },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 1_000,
    // The sealed message itself is no business of a screen.
    omit: { sealed: true, facts: true },
  });
  return mails.map((mail) => ({
    id: mail.id,
    event: mail.event,
    toName: mail.toName,
    toEmail: mail.toEmail,
    state: mail.state,
    at: instantFromColumn(mail.sentAt ?? mail.createdAt),
    attempts: mail.attempts,
    error: mail.lastError,
  }));
}

/** Of everybody who still takes part, the last mail that tells the meeting itself; ids, at most 500. */
export async function listLatestMails(db: Db, about: About): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT ON (m.attendee_id) m.id
    FROM mail_message m
    JOIN attendee a ON a.workspace_id = m.workspace_id AND a.id = m.attendee_id AND a.left_at IS NULL
    WHERE m.workspace_id = ${about.workspaceId}::uuid AND m.meeting_id = ${about.id}::uuid
      AND m.event IN ('confirmed', 'moved', 'updated', 'cancelled')
    ORDER BY m.attendee_id, m.created_at DESC, m.id DESC
    LIMIT 500`;
  return rows.map(({ id }) => id);
}
