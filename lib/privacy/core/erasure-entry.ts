import type { Instant } from "@/lib/time/instant";

/** One removal as it is remembered: when, why, how much; never of whom. */
export type ErasureEntry = {
  readonly id: string;
  readonly at: Instant;
  readonly reason: "request" | "retention";
  readonly byName: string | null;
  readonly counts: Readonly<Record<string, number>>;
};
