import type { Instant } from "@/lib/time/instant";
import type { Conflict, MeetingRefused } from "./conflict";
import { refusedFor } from "./conflict";
import type { RuleRefusal } from "./recurrence";

/** One date of a series that something stands in the way of. `at` is its original start, by which choices name it. */
export type DateClash = {
  readonly at: Instant;
  readonly start: Instant;
  readonly end: Instant;
  readonly conflicts: readonly Conflict[];
};

/** Why a series could not be made or changed: as for one meeting, and which dates clash. */
export type SeriesRefused = MeetingRefused & { readonly dates: readonly DateClash[] };

export const refusedSeries = (
  reason: MeetingRefused["reason"],
  rest: Partial<SeriesRefused> = {},
): SeriesRefused => ({ ...refusedFor(reason, rest), dates: rest.dates ?? [] });

/** A series as it would be held, before anything is written. */
export type SeriesPreview = {
  /** Every date that would be held, by its original start; moved ones at their own time. */
  readonly dates: readonly Omit<DateClash, "conflicts">[];
  /** Those with something in their way, optional people included. */
  readonly clashes: readonly DateClash[];
  /** Original starts that are left out. */
  readonly skipped: readonly Instant[];
};

export const RULE_PROBLEMS: Readonly<Record<RuleRefusal, string>> = {
  "no-occurrence": "No date is left: the end comes before the first one.",
  "too-many": "A series has at most 400 dates. Choose an earlier end.",
  "too-long": "A series goes on for at most three years. Choose an earlier end.",
  "overlaps-itself": "One date would begin before the one before has ended.",
};
