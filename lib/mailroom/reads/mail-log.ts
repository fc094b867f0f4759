import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, toIso } from "@/lib/time/instant";
import type { MailLogLine, MailLogState, MailSummary, Suppression } from "../core/mail-log";

const MOST = 200;
/** What waits longer than this has trouble, whatever its state says. */
const LONG_WAIT_MS = 5 * 60_000;

const STATES = {
  trouble: ["bounced", "failed", "suppressed"],
  waiting: ["queued", "sending"],
  sent: ["sent"],
  all: ["queued", "sending", "sent", "bounced", "failed", "suppressed"],
} as const satisfies Record<MailLogState, readonly MailLogLine["state"][]>;

/** The newest mails of the last 30 days in this state, at most 200. Trouble is also what has waited long. */
export async function listMailLog(
  db: Db,
  workspaceId: string,
  state: MailLogState,
  now: Instant,
): Promise<MailLogLine[]> {
  const since = new Date(now - 30 * DAY_MS);
  const mails = await db.mailMessage.findMany({
    where: {
      workspaceId,
      createdAt: { gte: since },
      OR: [
        { state: { in: [...STATES[state]] } },
        ...(state === "trouble"
          ? [
              {
                state: { in: [...STATES.waiting] },
                createdAt: { lte: new Date(now - LONG_WAIT_MS) },
                OR: [{ attempts: { gt: 0 } }, { lastError: { not: null } }],
              },
            ]
          : []),
      ],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST,
    // What a mail says is no business of this screen.
    omit: { sealed: true, facts: true },
  });
  return mails.map((mail) => ({
    id: mail.id,
    meetingId: mail.meetingId,
    event: mail.event,
    toName: mail.toName,
    toEmail: mail.toEmail,
    state: mail.state,
    attempts: mail.attempts,
    error: mail.lastError,
    at: instantFromColumn(mail.sentAt ?? mail.createdAt),
    deliveredAt: mail.deliveredAt === null ? null : instantFromColumn(mail.deliveredAt),
  }));
}

type Counts = Omit<MailSummary, "oldestWaiting"> & { readonly oldest: number | null };

/** How the mails of the last seven days fared, in one statement. */
export async function countMails(db: Db, workspaceId: string, now: Instant): Promise<MailSummary> {
  const [row] = await db.$queryRaw<Counts[]>`
    SELECT count(*) FILTER (WHERE state IN ('queued', 'sending'))::int AS waiting,
      count(*) FILTER (WHERE state = 'sent')::int AS sent,
      count(*) FILTER (WHERE state = 'sent' AND delivered_at IS NOT NULL)::int AS delivered,
      count(*) FILTER (WHERE state = 'bounced')::int AS bounced,
      count(*) FILTER (WHERE state = 'failed')::int AS failed,
      count(*) FILTER (WHERE state = 'suppressed')::int AS suppressed,
      extract(epoch FROM min(created_at) FILTER (WHERE state IN ('queued', 'sending')))::float8 * 1000 AS oldest
    FROM mail_message
    WHERE workspace_id = ${workspaceId}::uuid
      AND created_at > ${toIso(instantOf(now - 7 * DAY_MS))}::timestamptz`;
  if (row === undefined) throw new Error("an aggregate without a row");
  const { oldest, ...counts } = row;
  return { ...counts, oldestWaiting: oldest === null ? null : instantOf(oldest) };
}

/** Addresses that take no mail, the latest first; at most 200, those that contain `search`. */
export async function listSuppressions(
  db: Db,
  workspaceId: string,
  search: string,
): Promise<Suppression[]> {
  const rows = await db.mailSuppression.findMany({
    where: { workspaceId, ...(search === "" ? {} : { email: { contains: search.toLowerCase() } }) },
    orderBy: [{ createdAt: "desc" }, { email: "asc" }],
    take: MOST,
  });
  return rows.map(({ email, reason, createdAt }) => ({
    email,
    reason,
    since: instantFromColumn(createdAt),
  }));
}
