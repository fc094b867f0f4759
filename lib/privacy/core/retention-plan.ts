import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";

export type OldCounts = {
  readonly guests: number;
  readonly meetings: number;
  readonly waiting: number;
};

/** What a removal by age would remove. */
export type RetentionPlan = OldCounts & {
  readonly days: number;
  /** Meetings that ended before this moment. */
  readonly before: Instant;
};

export const retentionCutoff = (now: Instant, days: number): Instant =>
  instantOf(now - days * DAY_MS);
