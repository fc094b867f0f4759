import type { KeyRing } from "@/lib/crypto/keys";
import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { Held, HeldCounts, HeldMeeting } from "../core/held";
import { emailHashes } from "./email-hash";

type Row = {
  readonly id: string;
  readonly subject: string;
  readonly start: number;
  readonly end: number;
  readonly state: string;
  readonly role: "guest" | "extra_guest";
  readonly name: string;
  readonly open: boolean;
  readonly own: boolean;
};

/**
 * The meetings an address takes part in as a guest, the latest first, at most 200. `own` is one that is nobody else's:
 * booked by them alone, or shared and without any other guest left.
 */
const listMeetings = (db: Db, workspaceId: string, email: string, now: Instant) =>
  db.$queryRaw<Row[]>`
    SELECT m.id, m.subject, m.state::text AS state, a.kind::text AS role, a.name,
           extract(epoch FROM m.starts_at)::float8 * 1000 AS start, extract(epoch FROM m.ends_at)::float8 * 1000 AS "end",
           m.ends_at > ${toIso(now)}::timestamptz AND m.state IN ('draft', 'confirmed') AND a.left_at IS NULL AS open,
           a.kind = 'guest' AND (m.seats IS NULL OR NOT EXISTS (
             SELECT FROM attendee o WHERE o.workspace_id = m.workspace_id AND o.meeting_id = m.id AND o.id <> a.id
                AND o.kind IN ('guest', 'extra_guest') AND o.left_at IS NULL)) AS own
      FROM attendee a JOIN meeting m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
     WHERE a.workspace_id = ${workspaceId}::uuid AND a.email = ${email} AND a.kind IN ('guest', 'extra_guest')
     ORDER BY m.starts_at DESC, m.id LIMIT 200`;

const upcomingOf = ({ open, own }: Row): HeldMeeting["upcoming"] => {
  if (!open) return undefined;
  return own ? "own" : "shared";
};

async function countHeld(db: Db, workspaceId: string, email: string, now: Instant) {
  const [row] = await db.$queryRaw<(HeldCounts & { isColleague: boolean })[]>`
    WITH part AS MATERIALIZED (
      SELECT a.id, a.meeting_id FROM attendee a
       WHERE a.workspace_id = ${workspaceId}::uuid AND a.email = ${email} AND a.kind IN ('guest', 'extra_guest'))
    SELECT (SELECT count(DISTINCT meeting_id)::int FROM part) AS meetings,
      (SELECT count(*)::int FROM part p JOIN meeting m ON m.workspace_id = ${workspaceId}::uuid AND m.id = p.meeting_id
        JOIN attendee a ON a.workspace_id = m.workspace_id AND a.id = p.id AND a.left_at IS NULL
        WHERE m.ends_at > ${toIso(now)}::timestamptz AND m.state IN ('draft', 'confirmed')) AS upcoming,
      (SELECT count(*)::int FROM question_answer q
        WHERE q.workspace_id = ${workspaceId}::uuid AND q.attendee_id IN (SELECT id FROM part)) AS answers,
      (SELECT count(*)::int FROM mail_message mm WHERE mm.workspace_id = ${workspaceId}::uuid
        AND mm.to_email = ${email} AND mm.event NOT LIKE 'account/%') AS mails,
      (SELECT count(*)::int FROM waiting_guest w
        WHERE w.workspace_id = ${workspaceId}::uuid AND w.email = ${email}) AS waiting,
      (SELECT count(*)::int FROM contact c WHERE c.workspace_id = ${workspaceId}::uuid AND c.email = ${email})
        + (SELECT count(*)::int FROM lead l WHERE l.workspace_id = ${workspaceId}::uuid AND (l.email = ${email} OR l.contact_id IN
            (SELECT c.id FROM contact c WHERE c.workspace_id = ${workspaceId}::uuid AND c.email = ${email}))) AS sales,
      (SELECT count(*)::int FROM idempotency_key i WHERE i.workspace_id = ${workspaceId}::uuid
        AND i.scope LIKE 'booking:%' AND i.answer IS NOT NULL
        AND convert_from(i.answer, 'UTF8')::jsonb->>'attendeeId' IN (SELECT id::text FROM part)) AS requests,
      (SELECT count(*)::int FROM audit_entry e WHERE e.workspace_id = ${workspaceId}::uuid
        AND e.subject IN (SELECT meeting_id::text FROM part)) AS audit,
      EXISTS (SELECT FROM app_user u
        WHERE u.workspace_id = ${workspaceId}::uuid AND u.email = ${email}) AS "isColleague"`;
  if (row === undefined) throw new Error("a count has no row");
  return row;
}

async function findErasure(
  db: Db,
  keys: KeyRing,
  workspaceId: string,
  email: string,
): Promise<Instant | undefined> {
  const hashes = emailHashes(keys, workspaceId, email).map((hash) => new Uint8Array(hash));
  const found = await db.erasure.findFirst({
    where: { workspaceId, emailHash: { in: hashes } },
    orderBy: { at: "desc" },
    select: { at: true },
  });
  return found === null ? undefined : instantFromColumn(found.at);
}

/** What is held about an address (in lower case) in this workspace. */
export async function findHeld(
  db: Db,
  keys: KeyRing,
  {
    workspaceId,
    email,
    now,
  }: { readonly workspaceId: string; readonly email: string; readonly now: Instant },
): Promise<Held> {
  const [rows, { isColleague, ...counts }, erasedBefore] = await Promise.all([
    listMeetings(db, workspaceId, email, now),
    countHeld(db, workspaceId, email, now),
    findErasure(db, keys, workspaceId, email),
  ]);
  return {
    email,
    names: [...new Set(rows.map(({ name }) => name))],
    meetings: rows.map((row) => ({
      id: row.id,
      subject: row.subject,
      start: instantOf(row.start),
      end: instantOf(row.end),
      state: row.state,
      role: row.role,
      upcoming: upcomingOf(row),
    })),
    counts,
    isColleague,
    erasedBefore,
  };
}
