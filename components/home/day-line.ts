import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";

// Shorter pauses are walking between rooms, not free time.
const WORTH_MENTIONING_MS = 15 * MINUTE_MS;

export type DayEntry =
  | {
      readonly kind: "meeting";
      readonly row: MeetingRow;
      readonly state: "past" | "running" | "next" | "coming";
    }
  | { readonly kind: "gap"; readonly span: Interval }
  | { readonly kind: "now" };

/**
 * The day as a line: meetings in order, the pauses still to come, and where now is.
 * `rows` ascending by start. The running meeting, or else the first to come, is the one to look at;
 * now stands before it, or at the end of a day that is over.
 */
export function dayLine(rows: readonly MeetingRow[], now: Instant): readonly DayEntry[] {
  const entries: DayEntry[] = [];
  let nowPlaced = false;
  let highlighted = false;
  let busyUntil = now;
  for (const row of rows) {
    if (row.end <= now) {
      entries.push({ kind: "meeting", row, state: "past" });
      continue;
    }
    if (!nowPlaced) {
      entries.push({ kind: "now" });
      nowPlaced = true;
    } else if (row.start - busyUntil >= WORTH_MENTIONING_MS)
      entries.push({ kind: "gap", span: { from: busyUntil, to: row.start } });
    const running = row.start <= now;
    let state: "running" | "next" | "coming" = "coming";
    if (running) state = "running";
    else if (!highlighted) state = "next";
    highlighted = true;
    entries.push({ kind: "meeting", row, state });
    if (row.end > busyUntil) busyUntil = row.end;
  }
  if (!nowPlaced && rows.length > 0) entries.push({ kind: "now" });
  return entries;
}

/** The next stretch of at least 15 minutes without a meeting, from now on; open-ended after the last one. */
export function nextFree(
  rows: readonly MeetingRow[],
  now: Instant,
): { readonly from: Instant; readonly to: Instant | undefined } {
  let from = now;
  for (const row of rows) {
    if (row.end <= from) continue;
    if (row.start - from >= WORTH_MENTIONING_MS) return { from, to: row.start };
    from = row.end;
  }
  return { from, to: undefined };
}

/** Minutes covered by at least one of the meetings: overlapping ones are not counted twice. */
export function busyMinutes(rows: readonly MeetingRow[]): number {
  let covered = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { start, end } of rows) {
    covered += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return covered / MINUTE_MS;
}
