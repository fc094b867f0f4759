import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { v7 as newId } from "uuid";
import type { Generated } from "@/bench/generate-meetings";
import { generateMeetings } from "@/bench/generate-meetings";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import type { Member } from "@/lib/access/actor";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { daysShown } from "@/lib/meetings/core/calendar";
import { findSurroundings, listBlocks } from "@/lib/meetings/reads/calendar";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { instantOf } from "@/lib/time/instant";
import { addDays, calendarDateAt, endOfDay, startOfDay } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import type { Prisma } from "@/prisma/generated/client";

const MEETINGS = Number(process.env.MERIDIAN_BENCH_MEETINGS ?? 200_000);
const SEED = Number(process.env.MERIDIAN_BENCH_SEED ?? 1);
/** As many meetings again are shared out among so many others, so that the one person's are not the whole table. */
const OTHERS = 100;
const ROUNDS = 60;
const LIMIT_MS = 50;
/** The plans of both statements are left here, with their real times. */
const PLAN_FILE = join("test-results", "week-queries.txt");

const row = (name: string, values: readonly number[], more: Partial<BenchRow> = {}): BenchRow => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { name, unit: "ms", median: at(0.5), p95: at(0.95), ...more };
};

const memberOf = ({ workspaceId, hostIds }: Generated): Member => ({
  kind: "member",
  userId: (hostIds[0] ?? "") as UserId,
  workspaceId: workspaceId as WorkspaceId,
  name: "Bench",
  groups: ["meeting_user"],
});

/** Mondays around today, so that no two rounds ask for the same week. */
const weeks = (now: number): readonly CalendarDate[] => {
  const today = calendarDateAt(UTC, instantOf(now));
  return Array.from({ length: ROUNDS }, (_, index) => addDays(today, (index - ROUNDS + 5) * 7));
};

/** Both statements of one week, as the page's loader asks for them. */
async function readWeek(db: Database, member: Member, date: CalendarDate): Promise<number> {
  const days = daysShown("week", date, 1);
  const [firstDay = date, lastDay = date] = [days[0], days.at(-1)];
  const span = { firstDay, lastDay, from: startOfDay(firstDay, UTC), to: endOfDay(lastDay, UTC) };
  const [blocks] = await Promise.all([
    listBlocks(db, member, [member.userId], span),
    findSurroundings(db, member, [member.userId], span),
  ]);
  return blocks.length;
}

/** Writes down how the database finds a week. */
async function explain(databaseUrl: string, member: Member, date: CalendarDate): Promise<void> {
  const db = openDatabase(databaseUrl, 1);
  const caught: Prisma.Sql[] = [];
  const listening = db.$extends({
    query: {
      $queryRaw({ args, query }) {
        caught.push(args as Prisma.Sql);
        return query(args);
      },
    },
  }) as unknown as Database;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await readWeek(listening, member, date);
    const plans: string[] = [];
    for (const { text, values } of caught) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `EXPLAIN (ANALYZE, BUFFERS) ${text}`,
        [...values],
      );
      plans.push(rows.map((line) => line["QUERY PLAN"]).join("\n"));
    }
    mkdirSync("test-results", { recursive: true });
    writeFileSync(PLAN_FILE, `${plans.join("\n\n")}\n`);
  } finally {
    await client.end();
    await db.$disconnect();
  }
}

async function measureReads(databaseUrl: string, member: Member, dates: readonly CalendarDate[]) {
  const db = openDatabase(databaseUrl, 4);
  const times: number[] = [];
  let most = 0;
  try {
    for (const date of dates.slice(0, 5)) await readWeek(db, member, date);
    for (const date of dates) {
      const begun = performance.now();
      most = Math.max(most, await readWeek(db, member, date));
      times.push(performance.now() - begun);
    }
  } finally {
    await db.$disconnect();
  }
  if (most === 0) throw new Error("no meeting was found in any week");
  return { times, most };
}

async function signedIn(databaseUrl: string, { workspaceId, userId }: Member): Promise<string> {
  const token = newToken();
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO session (workspace_id, id, user_id, token_hash, expires_at)
       VALUES ($1, $2, $3, $4, now() + interval '1 day')`,
      [workspaceId, newId(), userId, Buffer.from(hashToken(token))],
    );
  } finally {
    await client.end();
  }
  return `meridian=${token}`;
}

async function get(url: string, cookie: string): Promise<number> {
  const begun = performance.now();
  const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
  await answer.text();
  if (answer.status !== 200) throw new Error(`${url} was answered with ${answer.status}`);
  return performance.now() - begun;
}

/** The page of a week, and in between a page of the same frame that shows nothing of the calendar. */
async function measurePages(url: string, cookie: string, dates: readonly CalendarDate[]) {
  const [week, plain]: [number[], number[]] = [[], []];
  for (let index = -5; index < dates.length; index += 1) {
    const date = dates[Math.max(index, 0)] ?? "";
    const times = [
      await get(`${url}/settings/keys`, cookie),
      await get(`${url}/meetings?view=week&date=${date}`, cookie),
    ] as const;
    if (index < 0) continue;
    plain.push(times[0]);
    week.push(times[1]);
  }
  return { week, plain };
}

/** A person whose every week is full, for decades: what one of them costs. Takes some minutes to make. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({ env: { MERIDIAN_DEMO: "0", MERIDIAN_WORKER: "0" } });
  try {
    const databaseUrl = databaseUrlOf(server.dataDir);
    const now = Date.now();
    console.error(`Making ${(2 * MEETINGS).toLocaleString("en")} meetings …`);
    const say = (line: string) => console.error(line);
    const one = await generateMeetings(databaseUrl, {
      count: MEETINGS,
      hosts: 1,
      seed: SEED,
      now,
      say,
    });
    await generateMeetings(databaseUrl, {
      count: MEETINGS,
      hosts: OTHERS,
      seed: SEED + 1,
      now,
      say,
    });
    const member = memberOf(one);
    const dates = weeks(now);
    await explain(databaseUrl, member, dates[0] ?? calendarDateAt(UTC, instantOf(now)));
    const { times, most } = await measureReads(databaseUrl, member, dates);
    const { week, plain } = await measurePages(
      server.url,
      await signedIn(databaseUrl, member),
      dates,
    );
    const where = `, ${MEETINGS.toLocaleString("en")} meetings of one person`;
    const extra = week.map((ms, index) => ms - (plain[index] ?? 0));
    return [
      row(`the reads of a week${where}`, times, {
        limit: LIMIT_MS,
        note: `up to ${most} meetings in a week; plans in ${PLAN_FILE}`,
      }),
      row("a page of the same frame without a calendar", plain, { note: "over HTTP" }),
      row(`the page of a week${where}`, week, { note: "over HTTP, the plain page in between" }),
      row("what the week costs beyond the plain page", extra, { limit: LIMIT_MS }),
    ];
  } finally {
    await server.dispose();
  }
}
