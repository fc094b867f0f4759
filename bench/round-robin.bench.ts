import { v7 as newId } from "uuid";
import { BENCH_LIMITS } from "@/bench/guest-link";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import type { HttpClient } from "@/e2e/load/http-client";
import { openClient } from "@/e2e/load/http-client";
import type { Random } from "@/e2e/load/random";
import { pick, randomFrom } from "@/e2e/load/random";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Person } from "@/lib/testing/factories/workspace";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";
import { DAY_MS, HOUR_MS } from "@/lib/time/instant";

const BOOKINGS = Number(process.env.MERIDIAN_BENCH_BOOKINGS ?? 10_000);
const HOSTS = 4;
const CLIENTS = 8;
const DAYS = 90;
/** Of each host's time, in stretches of their own. */
const AWAY_SHARE = 0.1;

/** Stretches of one to eight hours in which this host is away, about a tenth of all time. */
function gapsOf(person: Person, random: Random, now: number) {
  const gaps: { from: number; to: number }[] = [];
  for (let at = now; at < now + DAYS * DAY_MS; ) {
    const hours = 1 + Math.floor(random() * 8);
    at += Math.round((hours / AWAY_SHARE) * (1 - AWAY_SHARE) * HOUR_MS * (0.5 + random()));
    gaps.push({ from: at, to: at + hours * HOUR_MS });
    at += hours * HOUR_MS;
  }
  return gaps.map(({ from, to }) => ({
    workspace_id: person.workspaceId,
    id: newId(),
    user_id: person.id,
    from_at: new Date(from).toISOString(),
    to_at: new Date(to).toISOString(),
    reason: "away",
    created_at: new Date(now).toISOString(),
  }));
}

async function makeTeam(db: Database): Promise<{ readonly id: string; readonly token: string }> {
  const workspaceId = await makeWorkspace(db, { name: "Bench" });
  const first = await makePerson(db, workspaceId, { name: "Host 1" });
  const others: Person[] = [];
  for (let index = 2; index <= HOSTS; index += 1) {
    others.push(await makePerson(db, workspaceId, { name: `Host ${index}` }));
  }
  const random = randomFrom(7);
  const now = Date.now();
  const rows = [first, ...others].flatMap((person) => gapsOf(person, random, now));
  await insertRows(db, [{ table: "out_of_office", rows }]);
  return makeLink(db, [first, ...others], {
    role: "one_of",
    duration_minutes: 15,
    interval_minutes: 15,
    horizon: { kind: "days", days: DAYS },
  });
}

async function freeStarts(client: HttpClient, token: string): Promise<string[]> {
  const { body } = await client.send({
    method: "GET",
    path: `/api/v1/booking-links/${token}/slots`,
  });
  return (body as { slots: { start: string }[] }).slots.map(({ start }) => start);
}

/** Books over the API from several clients until so many are acknowledged; times are chosen at random. */
async function fill(url: string, token: string): Promise<number> {
  const client = openClient(url, CLIENTS);
  let booked = 0;
  let underway = 0;
  let asked = 0;
  const guest = async (_: unknown, index: number): Promise<void> => {
    const random = randomFrom(index + 1);
    let free = await freeStarts(client, token);
    // Not one more than wanted: an equal share of the rest would be a fraction.
    for (let tries = 1; booked + underway < BOOKINGS; tries += 1) {
      if (tries % 200 === 0) free = await freeStarts(client, token);
      const start = pick(random, free);
      asked += 1;
      underway += 1;
      const reply = await client.send({
        method: "POST",
        path: `/api/v1/booking-links/${token}/bookings`,
        body: {
          start,
          zone: "UTC",
          name: "Bench Guest",
          email: `guest-${asked}@bench.example`,
        },
      });
      underway -= 1;
      if (reply.status === 201) booked += 1;
      else if (reply.status !== 409) throw new Error(`a booking was answered with ${reply.status}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: CLIENTS }, guest));
  } finally {
    await client.close();
  }
  return booked;
}

/** Bookings of one round robin whose hosts have gaps: does anybody overlap, and is the work shared? */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({ env: { MERIDIAN_DEMO: "0", MERIDIAN_LIMITS: BENCH_LIMITS } });
  const db = openDatabase(databaseUrlOf(server.dataDir), 2);
  try {
    const link = await makeTeam(db);
    const booked = await fill(server.url, link.token);
    const loads = await db.$queryRaw<{ load: number }[]>`
      SELECT count(*)::int AS load FROM meeting WHERE link_id = ${link.id}::uuid GROUP BY host_id`;
    const [{ overlaps } = { overlaps: -1 }] = await db.$queryRaw<{ overlaps: number }[]>`
      SELECT count(*)::int AS overlaps FROM meeting a JOIN meeting b
      ON a.host_id = b.host_id AND a.id < b.id AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at
      WHERE a.link_id = ${link.id}::uuid AND b.link_id = ${link.id}::uuid`;
    const furthest = Math.max(...loads.map(({ load }) => Math.abs(load - booked / HOSTS)));
    return [
      {
        name: "round robin: overlapping meetings of one host",
        unit: "pairs",
        median: overlaps,
        limit: 0,
      },
      {
        name: "round robin: furthest from an equal share",
        unit: "meetings",
        median: furthest,
        limit: 1,
        note: `${booked} bookings of ${HOSTS} hosts who are each away a tenth of the time`,
      },
    ];
  } finally {
    await db.$disconnect();
    await server.dispose();
  }
}
