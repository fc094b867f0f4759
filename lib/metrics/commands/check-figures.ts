import type { Database } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { Drift } from "../reads/rollup-state";
import { findDrift } from "../reads/rollup-state";
import { markDrift } from "../writes/rollup";

/** In words: "3 days (2026-01-02 …), 1 month of durations". Null: nothing. */
function driftWords({ days, months, cells }: Drift): string | null {
  const parts = [
    ...(days.length === 0 ? [] : [`${days.length} days (${days[0]} …)`]),
    ...(months.length === 0
      ? []
      : [`${months.length} months of durations (${months[0]?.month} …)`]),
    ...(cells === 0 ? [] : [`${cells} cells of what is open`]),
  ];
  return parts.length === 0 ? null : parts.join(", ");
}

/**
 * Compares what is kept of some days, of their months, and of what there is now, with the rows. What differs is marked,
 * so that it is read from the rows at once and made anew; and written down, in words. Null: all is right.
 */
export async function checkFigures(
  asked: {
    readonly workspaceId: string;
    readonly from: CalendarDate;
    readonly to: CalendarDate;
  },
  { db, now }: { readonly db: Database; readonly now: () => Instant },
): Promise<string | null> {
  const { workspaceId, from, to } = asked;
  const drift = await findDrift(db, workspaceId, { from, to });
  const words = driftWords(drift);
  await markDrift(db, { workspaceId, day: from, drift, words }, now());
  return words;
}
