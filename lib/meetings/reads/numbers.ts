import type { Db } from "@/lib/db/client";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { Numbers } from "../core/home-view";
import type { MeetingScope } from "./rows";

const firstOfMonth = (date: CalendarDate): CalendarDate => `${date.slice(0, 7)}-01` as CalendarDate;

/** The month so far, and as much of the month before; never more of it than it has days. */
export function comparedPeriods(now: Instant, zone: TimeZone) {
  const today = calendarDateAt(zone, now);
  const first = firstOfMonth(today);
  const firstBefore = firstOfMonth(addDays(first, -1));
  const elapsed = now - startOfDay(first, zone);
  const from = startOfDay(first, zone);
  const before = startOfDay(firstBefore, zone);
  return { from, to: now, before, beforeTo: Math.min(before + elapsed, from) as Instant };
}

/** A host's own figures. Held: it took place, so it was confirmed and has ended. Booked: made in the period. */
export async function countNumbers(
  db: Db,
  { workspaceId, userId }: MeetingScope,
  now: Instant,
  zone: TimeZone,
): Promise<Numbers> {
  const { from, to, before, beforeTo } = comparedPeriods(now, zone);
  const [a, b, c, d] = [from, to, before, beforeTo].map(toIso);
  const [row] = await db.$queryRaw<Record<keyof Numbers, bigint>[]>`
    SELECT
      count(*) FILTER (WHERE state IN ('confirmed', 'done') AND ends_at >= ${a}::timestamptz AND ends_at < ${b}::timestamptz) AS "meetingsHeld",
      count(*) FILTER (WHERE state IN ('confirmed', 'done') AND ends_at >= ${c}::timestamptz AND ends_at < ${d}::timestamptz) AS "meetingsHeldBefore",
      count(*) FILTER (WHERE link_id IS NOT NULL AND created_at >= ${a}::timestamptz AND created_at < ${b}::timestamptz) AS "bookedThroughLinks",
      count(*) FILTER (WHERE link_id IS NOT NULL AND created_at >= ${c}::timestamptz AND created_at < ${d}::timestamptz) AS "bookedThroughLinksBefore",
      count(*) FILTER (WHERE state = 'no_show' AND starts_at >= ${a}::timestamptz AND starts_at < ${b}::timestamptz) AS "noShows",
      count(*) FILTER (WHERE state = 'no_show' AND starts_at >= ${c}::timestamptz AND starts_at < ${d}::timestamptz) AS "noShowsBefore"
    FROM meeting
    WHERE workspace_id = ${workspaceId}::uuid AND host_id = ${userId}::uuid
      -- A booking is at most a year ahead of its meeting.
      AND starts_at >= ${c}::timestamptz - interval '2 days' AND starts_at < ${b}::timestamptz + interval '400 days'`;
  const count = (name: keyof Numbers): number => Number(row?.[name] ?? 0n);
  return {
    meetingsHeld: count("meetingsHeld"),
    meetingsHeldBefore: count("meetingsHeldBefore"),
    bookedThroughLinks: count("bookedThroughLinks"),
    bookedThroughLinksBefore: count("bookedThroughLinksBefore"),
    noShows: count("noShows"),
    noShowsBefore: count("noShowsBefore"),
  };
}
