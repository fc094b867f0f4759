import { hoursOn, tidyWeek } from "@/lib/availability/core/day-hours";
import type { Schedule, ScheduleHours } from "@/lib/availability/core/schedule";
import { hoursText } from "@/lib/availability/core/typed-hours";
import type { DayOfWeek } from "@/lib/time/offset";

const WEEK: readonly DayOfWeek[] = [1, 2, 3, 4, 5, 6, 0];

/** What of a schedule is edited together, in one order, so that two of them can be compared. */
export function hoursOf(hours: ScheduleHours): ScheduleHours {
  const weekly = tidyWeek(hours.weekly);
  return {
    zone: hours.zone,
    weekly: weekly.ok ? weekly.value : hours.weekly,
    overrides: [...hours.overrides].sort((a, b) => (a.date < b.date ? -1 : 1)),
    travel: [...hours.travel].sort((a, b) => (a.from < b.from ? -1 : 1)),
    observesHolidays: hours.observesHolidays,
  };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const textOn = (hours: ScheduleHours, day: DayOfWeek): string =>
  hoursText(hoursOn(hours.weekly, day), 24);

/** Weekdays whose hours differ, Monday first. */
export const changedDays = (a: ScheduleHours, b: ScheduleHours): readonly DayOfWeek[] =>
  WEEK.filter((day) => textOn(hoursOf(a), day) !== textOn(hoursOf(b), day));

/** Entries that are in one list and not in the other; a changed entry counts once. */
function entriesChanged<Entry>(
  a: readonly Entry[],
  b: readonly Entry[],
  name: (entry: Entry) => string,
): number {
  const names = new Set([...a, ...b].map(name));
  return [...names].filter(
    (one) =>
      !same(
        a.filter((entry) => name(entry) === one),
        b.filter((entry) => name(entry) === one),
      ),
  ).length;
}

/** How many things differ, as a person counts them: each weekday, date, journey, the zone, the holidays. */
export const countChanges = (a: ScheduleHours, b: ScheduleHours): number =>
  changedDays(a, b).length +
  entriesChanged(a.overrides, b.overrides, ({ date }) => date) +
  entriesChanged(a.travel, b.travel, ({ from }) => from) +
  (a.zone === b.zone ? 0 : 1) +
  (a.observesHolidays === b.observesHolidays ? 0 : 1);

export const sameHours = (a: ScheduleHours, b: ScheduleHours): boolean =>
  same(hoursOf(a), hoursOf(b));

/** What is being changed: from which version, and to what. */
export type Draft = { readonly base: Schedule; readonly hours: ScheduleHours };

export const draftOf = (schedule: Schedule): Draft => ({
  base: schedule,
  hours: hoursOf(schedule),
});

/**
 * The draft when the page brings a newer schedule: taken over where nothing was changed here; where only its name or
 * place changed there, the changes stay and build on it; otherwise the server tells when they are saved.
 */
export function rebased(draft: Draft, latest: Schedule): Draft {
  if (latest.version <= draft.base.version) return draft;
  if (sameHours(draft.hours, draft.base)) return draftOf(latest);
  return sameHours(draft.base, latest) ? { ...draft, base: latest } : draft;
}
