import pg from "pg";
import { openDatabase } from "@/lib/db/client";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { DAY_MS } from "@/lib/time/instant";

/** A workspace full of meetings, and the links of its hosts. */
export type Generated = {
  readonly workspaceId: string;
  readonly hostIds: readonly string[];
  readonly tokens: readonly string[];
  readonly seconds: number;
};

export type GenerateOptions = {
  /** Meetings in all; each has two people, one claim and one line of history. */
  readonly count: number;
  readonly hosts: number;
  /** The same seed makes the same meetings around the same day. */
  readonly seed: number;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly say?: (line: string) => void;
};

/** A host's day: this many meetings, one in each hour from nine. */
const PER_DAY = 8;
/** Days of the future each host is booked for; the rest of their meetings is past. */
const DAYS_AHEAD = 50;

// $1 workspace, $2 seed, $3 hosts as uuid[], $4 meetings per host, $5 first day, $6 and $7 the hosts of this batch.
// Within an hour a meeting begins at a quarter chosen by the seed and takes half an hour, so none reaches the next.
const MADE = `
  SELECT md5(concat_ws(':', $2::text, h, k))::uuid AS id, h, k, ($3::uuid[])[h] AS host_id,
    $5::timestamptz + (k / ${PER_DAY}) * interval '1 day' + (9 + k % ${PER_DAY}) * interval '1 hour'
      + (abs(hashtext(concat_ws(':', $2::text, h, k, 'q'))) % 3) * interval '15 minutes' AS starts_at
  FROM generate_series($6::int, $7::int) h, generate_series(0, $4::int - 1) k`;

const BATCH = `
WITH made AS MATERIALIZED (${MADE}),
meetings AS (
  INSERT INTO meeting (workspace_id, id, link_id, host_id, subject, state, starts_at, ends_at, uid, created_at, updated_at)
  SELECT $1::uuid, m.id, l.link_id, m.host_id, 'Product conversation', 'confirmed', m.starts_at,
    m.starts_at + interval '30 minutes', m.id || '@bench.example', m.starts_at - interval '9 days',
    m.starts_at - interval '9 days'
  FROM made m JOIN booking_link_host l ON l.workspace_id = $1::uuid AND l.user_id = m.host_id),
people AS (
  INSERT INTO attendee (workspace_id, id, meeting_id, kind, user_id, name, email, zone, locale, answer, starts_at)
  SELECT $1::uuid, md5(m.id || 'host')::uuid, m.id, 'host'::attendee_kind, u.id, u.name, u.email, u.zone, 'en',
    'accepted'::attendee_answer, m.starts_at
  FROM made m JOIN app_user u ON u.workspace_id = $1::uuid AND u.id = m.host_id
  UNION ALL
  SELECT $1::uuid, md5(m.id || 'guest')::uuid, m.id, 'guest', NULL::uuid, 'Guest ' || m.k,
    'guest-' || m.h || '-' || m.k || '@bench.example', 'Asia/Tokyo', 'en', 'accepted', NULL
  FROM made m),
claims AS (
  INSERT INTO meeting_claim (workspace_id, id, resource_id, meeting_id, during, live)
  SELECT $1::uuid, md5(m.id || 'claim')::uuid, r.id, m.id,
    tstzrange(m.starts_at, m.starts_at + interval '30 minutes'), true
  FROM made m JOIN resource r ON r.workspace_id = $1::uuid AND r.user_id = m.host_id
  ORDER BY m.h, m.k)
INSERT INTO meeting_event (workspace_id, id, meeting_id, at, kind, actor, actor_name)
SELECT $1::uuid, md5(m.id || 'event')::uuid, m.id, m.starts_at - interval '9 days', 'booked', 'guest', 'Guest ' || m.k
FROM made m`;

const HOSTS_PER_BATCH = 25;

async function fill(
  databaseUrl: string,
  workspaceId: string,
  hostIds: readonly string[],
  { count, hosts, seed, now, say = () => undefined }: GenerateOptions,
): Promise<void> {
  const perHost = Math.ceil(count / hosts);
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const firstDay = new Date(today - (Math.ceil(perHost / PER_DAY) - DAYS_AHEAD) * DAY_MS);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // What a crash would lose is made again in the same time.
    await client.query("SET synchronous_commit = off");
    await client.query("SET work_mem = '64MB'");
    for (let first = 1; first <= hosts; first += HOSTS_PER_BATCH) {
      const last = Math.min(first + HOSTS_PER_BATCH - 1, hosts);
      const values = [workspaceId, seed, hostIds, perHost, firstDay, first, last];
      await client.query(BATCH, values);
      say(`  ${(last * perHost).toLocaleString("en")} meetings`);
    }
    for (const table of ["meeting", "attendee", "meeting_claim", "meeting_event"]) {
      await client.query(`VACUUM (ANALYZE) ${table}`);
    }
  } finally {
    await client.end();
  }
}

/**
 * Fills a database with meetings through all of its constraints, the exclusion of overlapping claims included; a
 * million takes a few minutes. Hosts are open around the clock and booked by day, so that nights are free.
 */
export async function generateMeetings(
  databaseUrl: string,
  options: GenerateOptions,
): Promise<Generated> {
  const begun = performance.now();
  const db = openDatabase(databaseUrl, 2);
  const hostIds: string[] = [];
  const tokens: string[] = [];
  try {
    const workspaceId = await makeWorkspace(db, { name: "A million meetings" });
    for (let index = 0; index < options.hosts; index += 1) {
      const host = await makePerson(db, workspaceId);
      hostIds.push(host.id);
      tokens.push((await makeLink(db, [host], { horizon: { kind: "days", days: 60 } })).token);
    }
    await fill(databaseUrl, workspaceId, hostIds, options);
    return { workspaceId, hostIds, tokens, seconds: (performance.now() - begun) / 1_000 };
  } finally {
    await db.$disconnect();
  }
}
