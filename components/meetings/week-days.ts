import type { ScreenReader } from "@/components/shell/viewer";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { calendarDateAt, dayOfWeek, startOfDay } from "@/lib/time/offset";
import type { WeekAsked } from "./week-address";
import type { Placed } from "./week-layout";
import { placeDay, weekDates } from "./week-layout";

/** What a week is drawn from. */
export type WeekProps = {
  readonly asked: WeekAsked;
  readonly rows: readonly MeetingRow[];
  readonly reader: ScreenReader;
  readonly weekStart: DayOfWeek;
  readonly now: Instant;
};

export type WeekDay = {
  readonly date: CalendarDate;
  readonly start: Instant;
  readonly weekend: boolean;
  readonly narrow: boolean;
  readonly today: boolean;
  readonly past: boolean;
  readonly selected: boolean;
  readonly inGrid: readonly Placed<MeetingRow>[];
  readonly later: readonly MeetingRow[];
};

/** From this hour on, meetings stand in a row of their own below the grid. */
export const EVENING = 20;
export const EVENING_MINUTE = EVENING * 60;

/** The seven days around the date asked for, each with its meetings placed. */
export function daysOf({ asked, rows, reader, weekStart, now }: WeekProps): readonly WeekDay[] {
  const today = calendarDateAt(reader.zone, now);
  return weekDates(asked.date, weekStart).map((date) => {
    const placed = placeDay(rows, date, reader.zone);
    const evening = new Set(
      placed.filter(({ fromMinute }) => fromMinute >= EVENING_MINUTE).map(({ item }) => item.id),
    );
    const weekday = dayOfWeek(date);
    const weekend = weekday === 0 || weekday === 6;
    return {
      date,
      start: startOfDay(date, reader.zone),
      weekend,
      // Nobody works then, as a rule; where somebody does, the day is as wide as the others.
      narrow: weekend && placed.length === 0 && date !== today,
      today: date === today,
      past: date < today,
      selected: date === asked.date,
      // Placed again without the evening's meetings, which would otherwise take width from those of the day.
      inGrid: placeDay(
        rows.filter(({ id }) => !evening.has(id)),
        date,
        reader.zone,
      ),
      later: placed.filter(({ item }) => evening.has(item.id)).map(({ item }) => item),
    };
  });
}
