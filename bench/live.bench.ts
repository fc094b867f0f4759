import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { Agent, request } from "undici";
import { BENCH_LIMITS, bookStart, makeLink, offeredStarts } from "@/bench/guest-link";
import type { BenchRow } from "@/bench/row";
import { databaseUrlOf, runServer } from "@/e2e/fixtures/run-server";
import { readLiveOffers } from "@/lib/booking/core/live-offers";
import type { Instant } from "@/lib/time/instant";

const PAGES = Number(process.env.MERIDIAN_BENCH_PAGES ?? 200);
const SECONDS = Number(process.env.MERIDIAN_BENCH_SECONDS ?? 60);
/** How late a page may hear of a change, and what of one core the server may take for all of it. */
const LATEST_MS = 2_000;
const MOST_CPU_PERCENT = 10;
/** What the kernel counts processor time in. */
const TICKS_PER_SECOND = 100;

type Heard = ReadonlySet<Instant>;

/** One open page: reads its stream and remembers what is offered, and when it heard so (monotonic ms). */
async function openPage(url: string, agent: Agent, onOffers: (starts: Heard, at: number) => void) {
  const { statusCode, body } = await request(url, {
    headers: { accept: "text/event-stream" },
    dispatcher: agent,
    headersTimeout: 30_000,
    bodyTimeout: 0,
  });
  if (statusCode !== 200) throw new Error(`a stream was answered with ${statusCode}`);
  const reading = (async () => {
    let rest = "";
    for await (const chunk of body) {
      const at = performance.now();
      rest += String(chunk);
      const events = rest.split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const news = readLiveOffers(/^data: (.*)$/m.exec(event)?.[1] ?? "");
        if (news) onOffers(new Set(news.offers[0]?.starts ?? []), at);
      }
    }
  })().catch(() => undefined);
  return { close: () => body.destroy(), reading };
}

/** Processor time of a process so far, all its threads, in seconds. */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function cpuPercent(pid: number, work: () => Promise<void>): Promise<number> {
  const [before, begun] = [cpuSecondsOf(pid), performance.now()];
  await work();
  return ((cpuSecondsOf(pid) - before) / ((performance.now() - begun) / 1_000)) * 100;
}

/** A booking every second. Of each: when it was sent, and when each page no longer offered its start. */
async function bookEverySecond(url: string, token: string, lateness: number[][]): Promise<void> {
  const starts = await offeredStarts(url, token);
  const begun = performance.now();
  for (let second = 0; second < SECONDS; second += 1) {
    const start = starts[second * 3];
    if (start === undefined) throw new Error("the measured link has no times left");
    sent.set(start, { at: performance.now(), heard: lateness[second] ?? [] });
    await bookStart(url, token, start);
    await delay(Math.max(0, begun + (second + 1) * 1_000 - performance.now()));
  }
}

const sent = new Map<Instant, { readonly at: number; readonly heard: number[] }>();

/** What each page does when it hears: notes for every start that was booked and is gone how long that took. */
function listener() {
  const noted = new Set<Instant>();
  return (offered: Heard, at: number) => {
    for (const [start, booking] of sent) {
      if (noted.has(start) || offered.has(start)) continue;
      noted.add(start);
      booking.heard.push(at - booking.at);
    }
  };
}

/**
 * Two hundred open pages of one link while somebody books every second: what that costs the server, and how long
 * after a guest pressed the button the last page knows. The bookings' own cost is measured apart, without any page.
 */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer({ env: { MERIDIAN_LIMITS: BENCH_LIMITS, MERIDIAN_WORKER: "0" } });
  const agent = new Agent({ connections: PAGES + 1, pipelining: 1 });
  try {
    const databaseUrl = databaseUrlOf(server.dataDir);
    const minutes = { duration: 15, interval: 15 };
    const [alone, watched] = [
      await makeLink(databaseUrl, minutes),
      await makeLink(databaseUrl, minutes),
    ];
    const unheard = Array.from({ length: SECONDS }, (): number[] => []);
    const withoutPages = await cpuPercent(server.pid, () =>
      bookEverySecond(server.url, alone, unheard),
    );
    sent.clear();
    const path = `${server.url}/api/v1/booking-links/${watched}/live`;
    const pages = await Promise.all(
      Array.from({ length: PAGES }, () => openPage(path, agent, listener())),
    );
    const idle = await cpuPercent(server.pid, () => delay(5_000));
    const lateness = Array.from({ length: SECONDS }, (): number[] => []);
    const withPages = await cpuPercent(server.pid, () =>
      bookEverySecond(server.url, watched, lateness),
    );
    await delay(LATEST_MS);
    for (const page of pages) page.close();
    const all = lateness.flat().sort((a, b) => a - b);
    const missing = PAGES * SECONDS - all.length;
    const share = (of: number) => all[Math.min(all.length - 1, Math.floor(all.length * of))] ?? 0;
    return [
      {
        name: `server CPU, ${PAGES} open pages and a booking a second`,
        unit: "% of a core",
        median: withPages,
        limit: MOST_CPU_PERCENT,
        note: `${withoutPages.toFixed(1)} % for the bookings alone, ${idle.toFixed(1)} % when nothing changes`,
      },
      {
        name: "from pressing the button to a page that shows it",
        unit: "ms",
        median: share(0.5),
        p95: share(0.95),
      },
      {
        name: "… the latest of all pages and bookings",
        unit: "ms",
        median: all.at(-1) ?? 0,
        limit: LATEST_MS,
        ok: missing === 0 && (all.at(-1) ?? Number.POSITIVE_INFINITY) <= LATEST_MS,
        note: `${missing} of ${PAGES * SECONDS} never heard`,
      },
    ];
  } finally {
    await agent.destroy();
    await server.dispose();
  }
}
