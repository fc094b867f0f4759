import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { HOUR_MS, instantOf } from "@/lib/time/instant";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import { listSnapshotPlaces } from "../reads/snapshot";
import { takeDay } from "../writes/snapshot";
import { forgetUndos } from "../writes/undo";
import { handleRevalueLeads } from "./revalue-leads";

/** Days that are made up for at most; a house that slept longer begins anew with the last of them. */
const MOST_DAYS = 366;
const DAY_TIMEOUT_MS = 600_000;

/** The days that have ended and were not kept yet, the oldest first. A workspace's first day is yesterday. */
function missingDays(last: CalendarDate | null, yesterday: CalendarDate): CalendarDate[] {
  if (last === null) return [yesterday];
  const days: CalendarDate[] = [];
  for (let day = yesterday; day > last && days.length < MOST_DAYS; day = addDays(day, -1))
    days.unshift(day);
  return days;
}

/**
 * Keeps how the open pipeline of each workspace stood at the end of its own day. Asked every hour, because days end at
 * different hours; each day is taken once. Days that were missed are replayed from what happened to the deals, and
 * marked as such. Before, open amounts are brought to the rates of today; what can no longer be undone is forgotten.
 */
export async function takeSnapshots(
  { db, now }: Pick<Deps, "db" | "now">,
  workspaceId?: string,
): Promise<RunReport> {
  const at = now();
  let taken = 0;
  let replayed = 0;
  let valued = 0;
  for (const place of await listSnapshotPlaces(db, workspaceId)) {
    const yesterday = addDays(calendarDateAt(place.zone, at), -1);
    const days = missingDays(place.last, yesterday);
    if (days.length === 0) continue;
    valued += await handleRevalueLeads(
      { workspaceId: place.workspaceId, currencies: [], restateClosed: false },
      { db },
    );
    for (const day of days) {
      const late = day < yesterday;
      const end = startOfDay(addDays(day, 1), place.zone);
      const done = await db.$transaction(
        (tx) =>
          takeDay(tx, { workspaceId: place.workspaceId, day, end }, { now: at, replayed: late }),
        { timeout: DAY_TIMEOUT_MS },
      );
      taken += done ? 1 : 0;
      replayed += done && late ? 1 : 0;
    }
  }
  const forgotten = await forgetUndos(db, instantOf(at - HOUR_MS));
  return {
    summary: `Kept ${taken} days of pipelines, ${replayed} of them replayed; ${valued} amounts valued anew`,
    counts: { taken, replayed, valued, forgotten },
  };
}
