import type { CalendarDate } from "@/lib/time/calendar-date";
import { DAY_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { overlaps } from "@/lib/time/interval";
import type { OpeningHours } from "./hours";
import { openPieces, openUntil } from "./hours";
import type { DateOverride } from "./query";
import type { BookedMeeting, ScheduleHours } from "./schedule";

/** The hours as the slots read them: a holiday closes its day, unless the person has spoken about that day. */
export function openingHoursOf(
  hours: ScheduleHours,
  holidays: readonly { readonly date: CalendarDate }[],
): OpeningHours & { readonly overrides: readonly DateOverride[] } {
  const own = new Set(hours.overrides.map(({ date }) => date));
  const closed = hours.observesHolidays
    ? holidays.filter(({ date }) => !own.has(date)).map(({ date }) => ({ date, ranges: [] }))
    : [];
  return {
    zone: hours.zone,
    weekly: hours.weekly,
    overrides: [...hours.overrides.map(({ date, ranges }) => ({ date, ranges })), ...closed],
    zoneDuring: hours.travel,
  };
}

/** Which of these meetings do not lie wholly within the hours, in the order given. */
export function outsideHours<Meeting extends { readonly start: number; readonly end: number }>(
  hours: OpeningHours,
  meetings: readonly Meeting[],
): Meeting[] {
  if (meetings.length === 0) return [];
  const from = Math.min(...meetings.map(({ start }) => start));
  const to = Math.max(...meetings.map(({ end }) => end));
  const pieces = openPieces(hours, from - DAY_MS, to + DAY_MS, 0);
  const until = openUntil(pieces);
  return meetings.filter(({ start, end }) => {
    const place = pieces.findIndex((piece) => piece.from <= start && start < piece.to);
    return place < 0 || (until[place] ?? 0) < end;
  });
}

/** Which of these meetings fall, in whole or in part, into one of the absences. */
export const withinAbsences = <Meeting extends BookedMeeting>(
  absences: readonly Interval[],
  meetings: readonly Meeting[],
): Meeting[] =>
  meetings.filter(({ start, end }) =>
    absences.some((absence) => overlaps(absence, { from: start, to: end })),
  );

/**
 * The meetings a change leaves outside: within the hours as they were, and not within them as they would be. What
 * was outside before is not the change's doing.
 */
export function newlyOutside(
  before: OpeningHours,
  after: OpeningHours,
  meetings: readonly BookedMeeting[],
): readonly BookedMeeting[] {
  const already = new Set(outsideHours(before, meetings));
  return outsideHours(after, meetings).filter((meeting) => !already.has(meeting));
}
