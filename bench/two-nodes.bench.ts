import { randomBytes } from "node:crypto";
import { BENCH_LIMITS, bookStart, makeLink, offeredStarts } from "@/bench/guest-link";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";

const LOOPS = Number(process.env.MERIDIAN_BENCH_LOOPS ?? 1_000);
/** How long a change may wait for a node that does not answer: its lease, and the time to notice, milliseconds. */
const LONGEST_WAIT_MS = 5_000;

/**
 * Two servers on one database: a start booked on one is never offered by the other once the booking is acknowledged,
 * although the other keeps its pages. Then the other stops answering: bookings wait for its lease at most.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const shared = {
    MERIDIAN_LIMITS: BENCH_LIMITS,
    MERIDIAN_SECRET_KEY: randomBytes(32).toString("base64"),
    MERIDIAN_WORKER: "0",
  };
  const a = await runServer({ env: shared });
  const databaseUrl = databaseUrlOf(a.dataDir);
  const b = await runServer({ env: { ...shared, DATABASE_URL: databaseUrl } });
  try {
    const token = await makeLink(databaseUrl, { duration: 5, interval: 5 });
    let stale = 0;
    const waits: number[] = [];
    for (let loop = 0; loop < LOOPS; loop += 1) {
      const [start] = await offeredStarts(b.url, token);
      if (start === undefined) throw new Error("the measured link has no times left");
      const begun = performance.now();
      const booked = await bookStart(a.url, token, start);
      waits.push(performance.now() - begun);
      if (booked && (await offeredStarts(b.url, token)).includes(start)) stale += 1;
    }
    waits.sort((x, y) => x - y);

    const [start] = await offeredStarts(b.url, token);
    if (start === undefined) throw new Error("the measured link has no times left");
    process.kill(b.pid, "SIGSTOP");
    const begun = performance.now();
    await bookStart(a.url, token, start);
    const waited = performance.now() - begun;
    process.kill(b.pid, "SIGCONT");
    const staleAfter = (await offeredStarts(b.url, token)).includes(start) ? 1 : 0;
    return [
      {
        name: "stale answers of the other node",
        unit: `of ${LOOPS}`,
        median: stale,
        limit: 0,
        ok: stale === 0,
      },
      {
        name: "booking, with another node to tell",
        unit: "ms",
        median: waits[Math.floor(waits.length / 2)] ?? 0,
        p95: waits[Math.floor(waits.length * 0.95)] ?? 0,
      },
      {
        name: "booking while the other node is frozen",
        unit: "ms",
        median: waited,
        limit: LONGEST_WAIT_MS,
      },
      {
        name: "stale answers of a node that was frozen",
        unit: "of 1",
        median: staleAfter,
        limit: 0,
        ok: staleAfter === 0,
      },
    ];
  } finally {
    await b.dispose();
    await a.dispose();
  }
}
