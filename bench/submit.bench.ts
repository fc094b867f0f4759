import { BENCH_LIMITS } from "@/bench/guest-link";
import type { BenchRow } from "@/bench/row";
import type { Submitting } from "@/bench/submitting";
import { measureSubmitting } from "@/bench/submitting";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { openDatabase } from "@/lib/db/client";
import { makeLink, makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";

const GUESTS = 20;
const LONGEST_P95_MS = 300;

/** Links of as many hosts, each open around the clock for a month. */
async function makeLinks(databaseUrl: string): Promise<readonly string[]> {
  const db = openDatabase(databaseUrl, 2);
  try {
    const workspaceId = await makeWorkspace(db, { name: "Bench" });
    const tokens: string[] = [];
    for (let index = 0; index < GUESTS; index += 1) {
      const host = await makePerson(db, workspaceId);
      tokens.push((await makeLink(db, [host], { interval_minutes: 30 })).token);
    }
    return tokens;
  } finally {
    await db.$disconnect();
  }
}

/** The two rows of one measurement of submitting; `where` says under which circumstances. */
export const rowsOf = (measured: Submitting, where: string): readonly BenchRow[] => [
  {
    name: `submitting a booking, ${GUESTS} guests at once${where}`,
    unit: "ms",
    median: measured.median,
    p95: measured.p95,
    limit: LONGEST_P95_MS,
    ok: measured.p95 < LONGEST_P95_MS,
    note: `p95 counts; ${measured.bookings} bookings on different links, mails being sent meanwhile`,
  },
  {
    name: `bookings not acknowledged${where}`,
    unit: "bookings",
    median: measured.failed,
    limit: 0,
    ok: measured.failed === 0,
  },
];

/** Guests who submit a booking over the API at the same time, each on a link of their own. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({
    env: { MERIDIAN_DEMO: "0", MERIDIAN_LIMITS: BENCH_LIMITS },
  });
  try {
    const tokens = await makeLinks(databaseUrlOf(server.dataDir));
    return rowsOf(await measureSubmitting(server.url, tokens), "");
  } finally {
    await server.dispose();
  }
}
