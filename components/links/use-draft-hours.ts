"use client";

import { useMemo, useState } from "react";
import type { WeeklyRange } from "@/lib/availability/core/query";
import type { LinkPerson, LinkSchedule } from "@/lib/links/core/link-view";

export type DraftHours = {
  readonly scheduleId: string;
  readonly version: number;
  readonly weekly: readonly WeeklyRange[];
};

/** The hours of a schedule as they are kept. */
export const rangesOf = (schedule: LinkSchedule): readonly WeeklyRange[] =>
  schedule.hours.map(
    ([day, fromMinute, toMinute]) => ({ day, fromMinute, toMinute }) as WeeklyRange,
  );

const textOf = (weekly: readonly WeeklyRange[]): string =>
  weekly
    .map(({ day, fromMinute, toMinute }) => `${day} ${fromMinute} ${toMinute}`)
    .sort()
    .join();

/** Hours that were changed beside a link's settings and are not saved yet, by schedule. */
export function useDraftHours(people: readonly LinkPerson[]) {
  const [typed, setTyped] = useState<Readonly<Record<string, readonly WeeklyRange[]>>>({});
  const changed = useMemo(
    () =>
      people
        .flatMap(({ schedules }) => schedules)
        .flatMap((schedule): DraftHours[] => {
          const weekly = typed[schedule.id];
          if (weekly === undefined || textOf(weekly) === textOf(rangesOf(schedule))) return [];
          return [{ scheduleId: schedule.id, version: schedule.version, weekly }];
        }),
    [people, typed],
  );
  return {
    changed,
    /** The hours as they stand, saved or not. */
    of: (schedule: LinkSchedule) => typed[schedule.id] ?? rangesOf(schedule),
    set: (scheduleId: string, weekly: readonly WeeklyRange[]) =>
      setTyped((before) => ({ ...before, [scheduleId]: weekly })),
    /** Forgets them; what it returns brings them back. */
    reset: () => {
      const before = typed;
      setTyped({});
      return () => setTyped(before);
    },
  };
}
