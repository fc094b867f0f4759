import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";

const FIRST_MS = 2_000;
const LONGEST_MS = 30 * 60_000;
/** Attempts after which a person has to decide; with the pauses between them a little more than a day. */
export const MOST_ATTEMPTS = 60;

/**
 * When a provider that did not answer is asked again: when it said so, else after a random part of a pause that
 * doubles, so that those who failed together do not come back together. `random` is from [0, 1).
 */
export function nextAttempt(
  now: Instant,
  attempts: number,
  retryAfterSeconds: number | undefined,
  random: number,
): Instant {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts, 20));
  const pause =
    retryAfterSeconds === undefined
      ? Math.max(500, longest * random)
      : // Everybody who was sent away comes back at that moment; a second's spread is enough.
        retryAfterSeconds * 1_000 + random * 1_000;
  return instantOf(Math.round(now + pause));
}
