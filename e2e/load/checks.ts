import pg from "pg";
import { hashToken } from "@/lib/crypto/token";
import type { History } from "./history";

/** What is wrong with a workspace after a run, in figures; every one of them has to be 0. */
export type Findings = {
  /** Pairs of live claims on one resource that overlap. */
  readonly overlappingClaims: number;
  /** Pairs of live meetings of one host that overlap, whatever the claims say. */
  readonly overlappingMeetings: number;
  /** Live meetings without exactly one live claim on their host for exactly their time. */
  readonly meetingsWithoutClaim: number;
  /** Live claims of meetings that are not live. */
  readonly claimsWithoutMeeting: number;
  /** Events of meetings whose readers were not each written one mail for it. */
  readonly eventsWithoutMails: number;
  /** Mails nobody's event explains. */
  readonly mailsWithoutEvent: number;
  readonly mailsWithoutJob: number;
  /** Orders to send a mail that does not exist: left by a transaction that was rolled back. */
  readonly jobsWithoutMail: number;
  /** Confirmed meetings without an order to remind of them at their present time. */
  readonly meetingsWithoutReminder: number;
};

const CHECK = `
WITH live AS (SELECT * FROM meeting WHERE workspace_id = $1 AND state IN ('draft', 'confirmed')),
mails AS (SELECT * FROM mail_message WHERE workspace_id = $1 AND event <> 'reminder'),
events AS (SELECT * FROM meeting_event WHERE workspace_id = $1 AND kind IN ('booked', 'moved', 'cancelled')),
orders AS (
  SELECT (data->>'mailId')::uuid AS mail_id FROM pgboss.job
  WHERE name = 'mail.send' AND data->>'workspaceId' = $1::text)
SELECT
  (SELECT count(*) FROM meeting_claim a JOIN meeting_claim b
    ON b.workspace_id = a.workspace_id AND b.resource_id = a.resource_id AND a.id < b.id AND a.during && b.during
    WHERE a.workspace_id = $1 AND a.live AND b.live)::int AS "overlappingClaims",
  (SELECT count(*) FROM live a JOIN live b
    ON b.host_id = a.host_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at)::int
    AS "overlappingMeetings",
  (SELECT count(*) FROM live m WHERE 1 <> (
    SELECT count(*) FROM meeting_claim c JOIN resource r ON r.workspace_id = c.workspace_id AND r.id = c.resource_id
    WHERE c.workspace_id = m.workspace_id AND c.meeting_id = m.id AND c.live AND r.user_id = m.host_id
      AND c.during = tstzrange(m.starts_at - m.buffer_before_minutes * interval '1 minute',
                               m.ends_at + m.buffer_after_minutes * interval '1 minute')))::int
    AS "meetingsWithoutClaim",
  (SELECT count(*) FROM meeting_claim c WHERE c.workspace_id = $1 AND c.live
    AND NOT EXISTS (SELECT 1 FROM live m WHERE m.id = c.meeting_id))::int AS "claimsWithoutMeeting",
  (SELECT count(*) FROM (
    SELECT e.meeting_id, e.kind, count(*) AS happened,
      (SELECT count(*) FROM attendee a WHERE a.workspace_id = $1 AND a.meeting_id = e.meeting_id) AS readers
    FROM events e GROUP BY e.meeting_id, e.kind) x
    WHERE x.happened * x.readers <> (
      SELECT count(*) FROM mails m WHERE m.meeting_id = x.meeting_id
        AND m.event = CASE x.kind WHEN 'booked' THEN 'confirmed' ELSE x.kind END))::int AS "eventsWithoutMails",
  (SELECT count(*) FROM mails m WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.meeting_id = m.meeting_id
    AND m.event = CASE e.kind WHEN 'booked' THEN 'confirmed' ELSE e.kind END))::int AS "mailsWithoutEvent",
  (SELECT count(*) FROM mails m WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.mail_id = m.id))::int
    AS "mailsWithoutJob",
  (SELECT count(*) FROM orders o WHERE NOT EXISTS (
    SELECT 1 FROM mail_message m WHERE m.workspace_id = $1 AND m.id = o.mail_id))::int AS "jobsWithoutMail",
  (SELECT count(*) FROM live m WHERE m.state = 'confirmed' AND m.starts_at > now() + interval '25 hours'
    AND NOT EXISTS (SELECT 1 FROM pgboss.job j WHERE j.name = 'meetings.remind'
      AND j.data->>'meetingId' = m.id::text AND (j.data->>'sequence')::int = m.sequence))::int
    AS "meetingsWithoutReminder"`;

/** All figures 0: what a healthy workspace answers. */
export const NOTHING_FOUND: Findings = {
  overlappingClaims: 0,
  overlappingMeetings: 0,
  meetingsWithoutClaim: 0,
  claimsWithoutMeeting: 0,
  eventsWithoutMails: 0,
  mailsWithoutEvent: 0,
  mailsWithoutJob: 0,
  jobsWithoutMail: 0,
  meetingsWithoutReminder: 0,
};

/** Runs one statement on a connection of its own. Rejects while the database is away. */
export async function ask<Row extends object>(
  databaseUrl: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Looks through one workspace whose people confirm at once. In one statement, so that it may run while others write. */
export async function examine(databaseUrl: string, workspaceId: string): Promise<Findings> {
  const [found] = await ask<Findings>(databaseUrl, CHECK, [workspaceId]);
  if (found === undefined) throw new Error("the check answered nothing");
  return found;
}

type Kept = { readonly hash: string; readonly state: string; readonly start: string };

/** Bookings somebody was told of that are not as they were told, in words; none of them may exist. */
export async function findBroken(
  databaseUrl: string,
  workspaceId: string,
  history: History,
): Promise<readonly string[]> {
  const rows = await ask<Kept>(
    databaseUrl,
    `SELECT encode(a.manage_token_hash, 'hex') AS hash, m.state::text AS state,
       extract(epoch FROM m.starts_at) * 1000 AS start
     FROM attendee a JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
     WHERE a.workspace_id = $1 AND a.manage_token_hash IS NOT NULL`,
    [workspaceId],
  );
  const kept = new Map(rows.map((row) => [row.hash, row]));
  return [...history.held.values()].flatMap((held) => {
    const found = kept.get(hashToken(held.manageToken).toString("hex"));
    if (found === undefined) return ["a booking that was acknowledged is not there"];
    const state = found.state === "cancelled" ? "cancelled" : "live";
    if (held.state !== "unknown" && held.state !== state) {
      return [`a booking its guest knows as ${held.state} is ${found.state}`];
    }
    const start = Number(found.start);
    if (held.starts.has(start)) return [];
    return [`a booking is at ${start}, and its guest knows ${[...held.starts].join(" or ")}`];
  });
}
