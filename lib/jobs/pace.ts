import { setTimeout as sleep } from "node:timers/promises";

/** CPU time of this thread so far, milliseconds. */
const threadCpuMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** Longest single pause, milliseconds: one slow piece of work must not put the queue to sleep. */
const LONGEST_PAUSE_MS = 500;

/**
 * Keeps this thread's work to a share of one core: after each piece it rests in proportion to the CPU it used, not to
 * the time it waited. On two cores a burst of bookings needs both; the mails it causes can come a few seconds later.
 * A share of 0.15 sends a hundred mails in about ten seconds.
 */
export function paceOf(
  share: number,
  cpuMs: () => number = threadCpuMs,
  rest: (milliseconds: number) => Promise<unknown> = sleep,
): () => Promise<void> {
  let settled = cpuMs();
  let turn: Promise<unknown> = Promise.resolve();
  return async () => {
    const used = cpuMs() - settled;
    settled += used;
    const pause = Math.min(LONGEST_PAUSE_MS, used * (1 / share - 1));
    // One rest after the other: pieces that ran side by side owe their pauses in turn.
    turn = turn.then(() => rest(pause));
    await turn;
  };
}
