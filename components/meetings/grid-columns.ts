import type { ScreenReader } from "@/components/shell/viewer";
import type { UserId } from "@/lib/ids";
import type {
  CalendarBlock,
  CalendarPerson,
  CalendarSurroundings,
} from "@/lib/meetings/core/calendar";
import { daysShown } from "@/lib/meetings/core/calendar";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, DAY_MS } from "@/lib/time/instant";
import { isNight } from "@/lib/time/night";
import type { DayOfWeek } from "@/lib/time/offset";
import { calendarDateAt, dayOfWeek, wallToInstants } from "@/lib/time/offset";
import type { CalendarAsked } from "./calendar-address";
import type { Axis } from "./grid-axis";
import { axisOf, instantAt, lengthOf, minuteAt, SNAP_MINUTES } from "./grid-axis";
import type { GridHours, Placed } from "./grid-layout";
import { hoursShown, placeDay } from "./grid-layout";

/** What a calendar is drawn from. */
export type CalendarProps = {
  readonly asked: CalendarAsked;
  readonly blocks: readonly CalendarBlock[];
  readonly around: CalendarSurroundings;
  readonly people: readonly UserId[];
  readonly reader: ScreenReader;
  readonly viewerId: UserId;
  readonly weekStart: DayOfWeek;
  readonly now: Instant;
};

/** A stretch of a column that is not free, though no meeting stands there. Minutes from the top of the day. */
export type Shade = {
  readonly kind: "away" | "taken" | "night" | "gap";
  readonly from: number;
  readonly to: number;
};

/** One day of one person. */
export type GridColumn = {
  readonly key: string;
  readonly axis: Axis;
  readonly date: CalendarDate;
  readonly personId: UserId;
  /** Whose it is, where several people stand side by side. */
  readonly person: CalendarPerson | undefined;
  readonly weekend: boolean;
  readonly narrow: boolean;
  readonly today: boolean;
  readonly past: boolean;
  readonly selected: boolean;
  readonly placed: readonly Placed<CalendarBlock>[];
  /** What begins after the hours shown. */
  readonly later: readonly CalendarBlock[];
  readonly shades: readonly Shade[];
};

/** Stretches of a day, in steps of a quarter of an hour, of which something holds. */
function stretches(
  kind: Shade["kind"],
  axis: Axis,
  holds: (minute: number) => boolean,
): readonly Shade[] {
  const found: Shade[] = [];
  let from: number | undefined;
  for (let minute = 0; minute <= lengthOf(axis); minute += SNAP_MINUTES) {
    const inside = minute < lengthOf(axis) && holds(minute);
    if (inside && from === undefined) from = minute;
    if (!inside && from !== undefined) {
      found.push({ kind, from, to: minute });
      from = undefined;
    }
  }
  return found;
}

/** Where clocks go forward, days that share their hours have one that never comes. */
const gapsOf = (axis: Axis): readonly Shade[] =>
  axis.kind === "wall" && axis.end - axis.start < DAY_MS
    ? stretches("gap", axis, (minute) => wallToInstants(axis.date, minute, axis.zone).length === 0)
    : [];

/** Stretches of a day that are night where this person is: nobody should be asked then without knowing it. */
const nightsOf = (axis: Axis, person: CalendarPerson): readonly Shade[] =>
  stretches("night", axis, (minute) => isNight(person.zone, instantAt(axis, minute)));

function shadesOf(axis: Axis, personId: UserId, around: CalendarSurroundings): readonly Shade[] {
  const touching = (kind: "away" | "taken", spans: CalendarSurroundings["away" | "taken"]) =>
    spans
      .filter((span) => span.personId === personId && span.from < axis.end && span.to > axis.start)
      .map(({ from, to }) => ({ kind, from: minuteAt(axis, from), to: minuteAt(axis, to) }))
      .filter(({ from, to }) => to > from);
  return [...gapsOf(axis), ...touching("away", around.away), ...touching("taken", around.taken)];
}

type Unplaced = Omit<GridColumn, "placed" | "later" | "narrow"> & {
  readonly own: readonly CalendarBlock[];
};

function unplaced(props: CalendarProps): readonly Unplaced[] {
  const { asked, blocks, around, people, reader, weekStart, now } = props;
  const today = calendarDateAt(reader.zone, now);
  const kind = asked.view === "week" ? "wall" : "elapsed";
  const known = new Map(around.people.map((person) => [person.id, person]));
  return daysShown(asked.view, asked.date, weekStart).flatMap((date) => {
    const axis = axisOf(date, reader.zone, kind);
    const weekday = dayOfWeek(date);
    return people.map((personId) => {
      const person = asked.view === "people" ? known.get(personId) : undefined;
      return {
        key: `${date}-${personId}`,
        axis,
        date,
        personId,
        person,
        weekend: weekday === 0 || weekday === 6,
        today: date === today,
        past: date < today,
        selected: date === asked.date,
        own: blocks.filter(
          (block) =>
            block.personId === personId && block.start < axis.end && block.end > axis.start,
        ),
        shades: [
          ...(person === undefined ? [] : nightsOf(axis, person)),
          ...shadesOf(axis, personId, around),
        ],
      };
    });
  });
}

/** The columns of a grid with their meetings placed, and the hours it shows. */
export function columnsOf(props: CalendarProps): {
  readonly columns: readonly GridColumn[];
  readonly hours: GridHours;
} {
  const raw = unplaced(props);
  const hours = hoursShown(
    raw.map(({ axis, own }) => ({ axis, placed: placeDay(own, axis) })),
    props.asked.allHours,
  );
  const columns = raw.map(({ own, ...column }) => {
    const isLater = (block: CalendarBlock) => minuteAt(column.axis, block.start) >= hours.last * 60;
    return {
      ...column,
      // Nobody works then, as a rule; where somebody does, the day is as wide as the others.
      narrow: props.asked.view === "week" && column.weekend && own.length === 0 && !column.today,
      // Without the evening's meetings, which would otherwise take width from those of the day.
      placed: placeDay(
        own.filter((block) => !isLater(block)),
        column.axis,
      ),
      later: own.filter(isLater),
    };
  });
  return { columns, hours };
}

/** The first full hour of the next to come on that day, for a meeting nobody drew: from nine on other days. */
export function usualStart(axis: Axis, now: Instant): Instant {
  const hour = 60;
  const minute =
    now >= axis.start && now < axis.end
      ? Math.ceil((minuteAt(axis, now) + 1) / hour) * hour
      : 9 * hour;
  return minute >= lengthOf(axis) ? addMinutes(axis.end, 0) : instantAt(axis, minute);
}
