import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import { BENCH_LIMITS, bookStart, makeLink, offeredStarts } from "@/bench/guest-link";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";

const CONNECTIONS = 100;
const ROUNDS = 3;
const SECONDS = Number(process.env.MERIDIAN_BENCH_SECONDS ?? 8);
/** Bookings on the measured link go on at this distance, milliseconds: five in a second, far more than any host has. */
const BOOKING_EVERY_MS = 200;

type Load = { readonly perSecond: number; readonly p95: number; readonly failed: number };

async function load(url: string): Promise<Load> {
  const times: number[] = [];
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const options = { url, connections: CONNECTIONS, duration: SECONDS };
    const instance = autocannon(options, (error, done) => (error ? reject(error) : resolve(done)));
    // The library's own summary leaves the 95th percentile out.
    instance.on("response", (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  });
  times.sort((a, b) => a - b);
  return {
    perSecond: result.requests.average,
    p95: times[Math.floor(times.length * 0.95)] ?? 0,
    failed: result.errors + result.timeouts + result.non2xx,
  };
}

/** Books one start after the other until told to stop; after each acknowledgement the page must not offer it. */
async function bookMeanwhile(url: string, token: string, stop: AbortSignal) {
  let acknowledged = 0;
  let stale = 0;
  while (!stop.aborted) {
    const [start] = await offeredStarts(url, token);
    if (start === undefined) throw new Error("the measured link has no times left");
    if (await bookStart(url, token, start)) {
      acknowledged += 1;
      if ((await offeredStarts(url, token)).includes(start)) stale += 1;
    }
    await sleep(BOOKING_EVERY_MS);
  }
  return { acknowledged, stale };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * The cached page of a link made at run time against a page that was rendered before and shows no data, on the same
 * server in the same run, alternately, while bookings on that very link go on.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({ env: { MERIDIAN_LIMITS: BENCH_LIMITS, MERIDIAN_WORKER: "0" } });
  try {
    const token = await makeLink(databaseUrlOf(server.dataDir), { duration: 30, interval: 15 });
    const pages: Load[] = [];
    const plain: Load[] = [];
    let [acknowledged, stale] = [0, 0];
    await load(`${server.url}/accessibility`);
    for (let round = 0; round < ROUNDS; round += 1) {
      plain.push(await load(`${server.url}/accessibility`));
      const stop = new AbortController();
      const booking = bookMeanwhile(server.url, token, stop.signal);
      pages.push(await load(`${server.url}/book/${token}`));
      stop.abort();
      const done = await booking;
      acknowledged += done.acknowledged;
      stale += done.stale;
    }
    const [page, base] = [pages, plain].map((loads) => median(loads.map((l) => l.perSecond)));
    const ratio = (page ?? 0) / (base ?? 1);
    const p95 = median(pages.map((l) => l.p95));
    const failed = pages.concat(plain).reduce((sum, l) => sum + l.failed, 0);
    return [
      { name: "page without data", unit: "requests/s", median: base ?? 0 },
      {
        name: "page of a link, while bookings go on",
        unit: "requests/s",
        median: page ?? 0,
        note: `${acknowledged} bookings on that link meanwhile`,
      },
      {
        name: "page of a link / page without data",
        unit: "×",
        median: ratio,
        limit: 0.6,
        ok: ratio >= 0.6,
        note: "at least",
      },
      { name: "page of a link, p95", unit: "ms", median: p95, limit: 200 },
      {
        name: "stale answers",
        unit: `of ${acknowledged}`,
        median: stale,
        limit: 0,
        ok: stale === 0 && acknowledged > 0,
      },
      { name: "failed requests", unit: "requests", median: failed, limit: 0, ok: failed === 0 },
    ];
  } finally {
    await server.dispose();
  }
}
