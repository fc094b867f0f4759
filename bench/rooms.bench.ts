import pg from "pg";
import { v7 as newId } from "uuid";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { WINDOW_HOURS, windowOf } from "@/lib/occupancy/core/timeline";
import { listTimeline } from "@/lib/occupancy/reads";
import { makeRoom } from "@/lib/testing/factories/rooms";
import type { Person } from "@/lib/testing/factories/workspace";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";

const ROOMS = 50;
/** Meetings of each room: a working day of eight, for years back and a while ahead. */
const PER_DAY = 8;
const DAYS = 500;
const ROUNDS = 60;
const LIMIT_MS = 100;

const PLACES = [
  ["Singapore", "Asia/Singapore"],
  ["Tokyo", "Asia/Tokyo"],
  ["Berlin", "Europe/Berlin"],
  ["Kolkata", "Asia/Kolkata"],
  ["New York", "America/New_York"],
] as const;

const row = (name: string, values: readonly number[], more: Partial<BenchRow> = {}): BenchRow => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { name, unit: "ms", median: at(0.5), p95: at(0.95), ...more };
};

/** Fifty rooms in five cities; every fifth is two others in one, with hours, equipment and time to clean up. */
async function makeRooms(db: Database, workspaceId: string): Promise<void> {
  for (let index = 0; index < ROOMS; index += 1) {
    const [location, zone] = PLACES[index % PLACES.length] ?? PLACES[0];
    await makeRoom(db, workspaceId, {
      name: `Room ${index}`,
      location,
      zone,
      capacity: 4 + (index % 20),
      equipment: ["Video bar", "Screen", "Whiteboard"].slice(index % 3),
      hours: [1, 2, 3, 4, 5].map((day) => [day, 420, 1200] as const),
      settings: { cleanup_minutes: index % 4 === 0 ? 10 : 0, check_in: index % 3 === 0 },
    });
  }
  await db.$executeRaw`
    INSERT INTO room_part (workspace_id, whole_id, part_id)
    SELECT w.workspace_id, w.id, p.id FROM room w JOIN room p ON p.workspace_id = w.workspace_id AND p.location = w.location
    WHERE w.workspace_id = ${workspaceId}::uuid AND w.name IN ('Room 40', 'Room 41', 'Room 42', 'Room 43', 'Room 44')
      AND p.name IN ('Room 0', 'Room 1', 'Room 2', 'Room 3', 'Room 4', 'Room 5', 'Room 6', 'Room 7', 'Room 8', 'Room 9')`;
}

// $1 workspace, $2 host, $3 first day. Within an hour a meeting takes fifty minutes; joined rooms stay empty.
const FILL = `
WITH made AS MATERIALIZED (
  SELECT ro.id AS room_id, ro.resource_id, d, k, md5(concat_ws(':', ro.id, d, k))::uuid AS id,
    $3::timestamptz + d * interval '1 day' + (8 + k) * interval '1 hour' AS starts_at
  FROM room ro, generate_series(0, ${DAYS - 1}) d, generate_series(0, ${PER_DAY - 1}) k
  WHERE ro.workspace_id = $1::uuid AND NOT EXISTS (SELECT FROM room_part rp WHERE rp.whole_id = ro.id)),
meetings AS (
  INSERT INTO meeting (workspace_id, id, host_id, subject, state, visibility, starts_at, ends_at, uid)
  SELECT $1::uuid, m.id, $2::uuid, 'Stand-up', 'confirmed', CASE WHEN m.k = 3 THEN 'private' ELSE 'public' END::visibility,
    m.starts_at, m.starts_at + interval '50 minutes', m.id || '@bench.example'
  FROM made m),
people AS (
  INSERT INTO attendee (workspace_id, id, meeting_id, kind, user_id, name, email, zone, locale, answer, starts_at)
  SELECT $1::uuid, md5(m.id || 'host')::uuid, m.id, 'host'::attendee_kind, $2::uuid, 'Host', 'host@bench.example', 'UTC',
    'en', 'accepted'::attendee_answer, m.starts_at
  FROM made m),
rooms AS (
  INSERT INTO meeting_room (workspace_id, meeting_id, room_id) SELECT $1::uuid, m.id, m.room_id FROM made m)
INSERT INTO meeting_claim (workspace_id, id, resource_id, meeting_id, during)
SELECT $1::uuid, md5(m.id || 'claim')::uuid, m.resource_id, m.id, tstzrange(m.starts_at, m.starts_at + interval '55 minutes')
FROM made m`;

async function fill(databaseUrl: string, host: Person): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const token = newToken();
  try {
    await client.query("SET synchronous_commit = off");
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const first = new Date(today - (DAYS - 60) * DAY_MS);
    await client.query(FILL, [host.workspaceId, host.id, first]);
    for (const table of ["meeting", "attendee", "meeting_claim", "meeting_room"]) {
      await client.query(`VACUUM (ANALYZE) ${table}`);
    }
    await client.query(
      `INSERT INTO session (workspace_id, id, user_id, token_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + interval '1 day')`,
      [host.workspaceId, newId(), host.id, Buffer.from(hashToken(token))],
    );
  } finally {
    await client.end();
  }
  return `meridian=${token}`;
}

/** Days around today, so that no two rounds ask for the same one. */
const dates = Array.from({ length: ROUNDS }, (_, index) =>
  addDays(calendarDateAt(UTC, instantOf(Date.now())), index - ROUNDS + 20),
);

async function measureReads(db: Database, reader: Person): Promise<number[]> {
  const times: number[] = [];
  for (const [index, date] of [...dates.slice(0, 5), ...dates].entries()) {
    const window = windowOf(date, 8, UTC);
    const begun = performance.now();
    const who = { userId: reader.id, manages: false };
    const rooms = await listTimeline(db, reader.workspaceId, window, who);
    const stays = rooms.reduce((sum, room) => sum + room.stays.length, 0);
    if (rooms.length !== ROOMS || stays < ROOMS) throw new Error(`${rooms.length} rooms, ${stays}`);
    if (index >= 5) times.push(performance.now() - begun);
  }
  return times;
}

async function get(url: string, cookie: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
  await answer.text();
  if (answer.status !== 200) throw new Error(`${url} was answered with ${answer.status}`);
  return performance.now() - begun;
}

/** The day of all rooms, and in between a page of the same frame that shows nothing of them. */
async function measurePages(url: string, cookie: string) {
  const [rooms, plain]: [number[], number[]] = [[], []];
  for (let index = -5; index < dates.length; index += 1) {
    const date = dates[Math.max(index, 0)] ?? "";
    const plainMs = await get(`${url}/settings/keys`, cookie);
    const roomsMs = await get(`${url}/rooms?date=${date}`, cookie);
    if (index < 0) continue;
    plain.push(plainMs);
    rooms.push(roomsMs);
  }
  return { rooms, plain };
}

/** A day of fifty rooms among two hundred thousand meetings in rooms: its one statement, and the page. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({ env: { MERIDIAN_DEMO: "0", MERIDIAN_WORKER: "0" } });
  const databaseUrl = databaseUrlOf(server.dataDir);
  const db = openDatabase(databaseUrl, 2);
  try {
    const workspaceId = await makeWorkspace(db, { name: "Bench" });
    const host = await makePerson(db, workspaceId, { groups: ["meeting_user"], passwordHash: "x" });
    await makeRooms(db, workspaceId);
    const cookie = await fill(databaseUrl, host);
    const reads = await measureReads(db, host);
    const { rooms, plain } = await measurePages(server.url, cookie);
    const meetings = ((ROOMS - 5) * PER_DAY * DAYS).toLocaleString("en");
    const where = `${ROOMS} rooms, ${WINDOW_HOURS} hours, ${meetings} meetings`;
    return [
      row(`the one statement of a day of rooms, ${where}`, reads, { limit: LIMIT_MS }),
      row(`the day of all rooms over HTTP, ${where}`, rooms, {
        limit: LIMIT_MS,
        note: "answered whole",
      }),
      row("a plain page of the same frame, in between", plain, { note: "for comparison" }),
    ];
  } finally {
    await db.$disconnect();
    await server.dispose();
  }
}
