import type { Instant } from "@/lib/time/instant";

/** One run of a scheduled job. */
export type JobRun = {
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  readonly outcome: "done" | "failed" | "skipped" | null;
  readonly summary: string | null;
  /** Who asked for it; null is the clock. */
  readonly askedBy: string | null;
};

/** One line of the schedule, with what it did lately. */
export type JobLine = {
  readonly name: string;
  readonly cron: string;
  readonly pausedAt: Instant | null;
  readonly pausedBy: string | null;
  /** Newest first, at most ten. */
  readonly runs: readonly JobRun[];
};

/** How much of one kind of work there is. */
export type QueueLine = {
  readonly name: string;
  readonly waiting: number;
  readonly later: number;
  readonly active: number;
  readonly failed: number;
};

export type JobsView = { readonly jobs: readonly JobLine[]; readonly queues: readonly QueueLine[] };
