import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import type { Lead, Stage } from "./lead";

type Quiet = Pick<Lead, "stageEnteredAt" | "lastTouchAt" | "createdAt">;

/** Since when nobody has done anything about it: its last human touch, or the day it came into its stage. */
export function quietSince({ stageEnteredAt, lastTouchAt, createdAt }: Quiet): Instant {
  const entered = stageEnteredAt ?? createdAt;
  return lastTouchAt !== null && lastTouchAt > entered ? lastTouchAt : entered;
}

/** Whole days of 24 hours since then; never negative. */
export const quietDays = (lead: Quiet, now: Instant): number =>
  Math.max(0, Math.floor((now - quietSince(lead)) / DAY_MS));

type Rotten = Quiet &
  Pick<Lead, "kind" | "status" | "parkedUntil" | "nextActivityAt" | "deletedAt">;

/**
 * Whether an open deal rots: quiet for longer than its stage allows, with no activity planned ahead (a missed one is no
 * plan) and not parked. Computed when read, so that a new threshold of a stage holds for every deal at once. The same
 * rule in SQL is `isRotting` of reads/figures; `today` is the workspace's day.
 */
export function isRotting(
  lead: Rotten,
  stage: Pick<Stage, "rotDays"> | undefined,
  { now, today }: { readonly now: Instant; readonly today: CalendarDate },
): boolean {
  if (lead.kind !== "opportunity" || lead.status !== "open" || lead.deletedAt !== null)
    return false;
  if (stage === undefined || stage.rotDays === null) return false;
  if (lead.parkedUntil !== null && lead.parkedUntil > today) return false;
  if (lead.nextActivityAt !== null && lead.nextActivityAt >= now) return false;
  return now - quietSince(lead) > stage.rotDays * DAY_MS;
}
