import { offeredStarts } from "@/bench/guest-link";
import { openClient } from "@/e2e/load/http-client";
import { pick, randomFrom } from "@/e2e/load/random";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

const WARM_UP_MS = 3_000;
const SECONDS = Number(process.env.MERIDIAN_BENCH_SECONDS ?? 10);

/** What guests waited for the answer to a submitted booking, milliseconds, and how many were answered otherwise than 201. */
export type Submitting = {
  readonly median: number;
  readonly p95: number;
  readonly bookings: number;
  readonly failed: number;
};

let submitted = 0;

const bodyOf = (start: Instant): object => {
  submitted += 1;
  return {
    start: toIso(start),
    zone: "Asia/Tokyo",
    name: "Bench Guest",
    email: `guest-${process.pid}-${submitted}@bench.example`,
  };
};

/** One guest per link, each submitting one booking after the other, all at the same time. */
export async function measureSubmitting(
  url: string,
  tokens: readonly string[],
): Promise<Submitting> {
  const client = openClient(url, tokens.length);
  const times: number[] = [];
  let failed = 0;
  const measuredFrom = performance.now() + WARM_UP_MS;
  const until = measuredFrom + SECONDS * 1_000;
  const guest = async (token: string, index: number): Promise<void> => {
    const random = randomFrom(index);
    const free = new Set(await offeredStarts(url, token));
    while (performance.now() < until) {
      const start = pick(random, [...free]);
      free.delete(start);
      const reply = await client.send({
        method: "POST",
        path: `/api/v1/booking-links/${token}/bookings`,
        body: bodyOf(start),
      });
      if (reply.status !== 201) failed += 1;
      if (performance.now() > measuredFrom) times.push(reply.ms);
    }
  };
  try {
    await Promise.all(tokens.map(guest));
  } finally {
    await client.close();
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95), bookings: times.length, failed };
}
