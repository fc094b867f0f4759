import { openPieces } from "@/lib/availability/core/hours";
import type { DateOverride, DayRange } from "@/lib/availability/core/query";
import { openSpans } from "@/lib/rooms/core/free";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { overlaps } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import type { Sought } from "./find-time";
import { sleeps } from "./find-time";

/**
 * Why time is taken. `optional`: they are invited and need not come; it stands in nobody's way. `elsewhere`: their own
 * calendar says so, and no more. `closed`: a room out of its hours, or out of service.
 */
export type BusyKind = "meeting" | "optional" | "elsewhere" | "away" | "closed";

/** `subject` is null where the reader may not know it. */
export type BusyBlock = Interval & { readonly kind: BusyKind; readonly subject: string | null };

/** One person's days, as a colleague may know them. All within the span that was asked for, blocks ascending. */
export type PersonDays = {
  readonly id: string;
  readonly name: string;
  readonly zone: TimeZone;
  readonly photoId: string | null;
  readonly busy: readonly BusyBlock[];
  readonly working: readonly Interval[];
};

export type RoomDays = {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly zone: TimeZone;
  readonly capacity: number;
  /** The time it takes to set up and clean is inside. */
  readonly busy: readonly BusyBlock[];
};

export type FreeBusy = {
  readonly people: readonly PersonDays[];
  readonly rooms: readonly RoomDays[];
};

/** Epoch milliseconds, as they come out of the database. */
type RawSpan = readonly [from: number, to: number];
type RawMeeting = readonly [from: number, to: number, subject: string | null];
type RawHours = readonly (readonly [day: number, from: number, to: number])[];

export type RawPerson = Pick<PersonDays, "id" | "name" | "zone" | "photoId"> & {
  readonly hoursZone: TimeZone | null;
  readonly observesHolidays: boolean | null;
  readonly hours: RawHours;
  readonly overrides: readonly (readonly [CalendarDate, number | null, number | null])[];
  readonly travel: readonly (readonly [CalendarDate, CalendarDate, TimeZone])[];
  readonly meetings: readonly RawMeeting[];
  readonly optional: readonly RawMeeting[];
  readonly elsewhere: readonly RawSpan[];
  readonly away: readonly RawSpan[];
};

export type RawRoom = Omit<RoomDays, "busy"> & {
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  readonly hours: RawHours;
  readonly meetings: readonly RawMeeting[];
  readonly closures: readonly { readonly from: number; readonly to: number }[];
};

const range = (from: number, to: number): DayRange => ({
  fromMinute: from as MinuteOfDay,
  toMinute: to as MinuteOfDay,
});

const weeklyOf = (hours: RawHours) =>
  hours.map(([day, from, to]) => ({ day: day as 0 | 1 | 2 | 3 | 4 | 5 | 6, ...range(from, to) }));

function overridesOf(person: RawPerson, holidays: readonly CalendarDate[]): DateOverride[] {
  const days = new Map<CalendarDate, DayRange[]>();
  for (const [date, from, to] of person.overrides) {
    const ranges = days.get(date) ?? [];
    if (from !== null && to !== null) ranges.push(range(from, to));
    days.set(date, ranges);
  }
  // A day somebody has spoken about is theirs, holiday or not.
  const closed = person.observesHolidays ? holidays.filter((date) => !days.has(date)) : [];
  return [
    ...[...days].map(([date, ranges]) => ({ date, ranges })),
    ...closed.map((date) => ({ date, ranges: [] })),
  ];
}

const cut = (span: RawSpan, window: Interval): Interval => ({
  from: instantOf(Math.max(span[0], window.from)),
  to: instantOf(Math.min(span[1], window.to)),
});

/** Spans cut to the window; those that touch become one. */
function joined(spans: readonly RawSpan[], window: Interval): Interval[] {
  const all: { from: Instant; to: Instant }[] = [];
  for (const span of spans) {
    const { from, to } = cut(span, window);
    const last = all.at(-1);
    if (from >= to) continue;
    if (last !== undefined && from <= last.to) last.to = instantOf(Math.max(last.to, to));
    else all.push({ from, to });
  }
  return all;
}

const open = (hours: Parameters<typeof openPieces>[0], window: Interval): Interval[] =>
  joined(
    openPieces(hours, window.from, window.to, 0).map(({ from, to }): RawSpan => [from, to]),
    window,
  );

const blocks = (
  kind: BusyKind,
  spans: readonly (RawSpan | RawMeeting)[],
  window: Interval,
): BusyBlock[] =>
  spans
    .map(([from, to, subject = null]) => ({ ...cut([from, to], window), kind, subject }))
    .filter(({ from, to }) => from < to);

const inOrder = (all: readonly BusyBlock[]): BusyBlock[] =>
  [...all].sort((a, b) => a.from - b.from || a.to - b.to);

/** One person's days out of what is stored about them. Without hours they never work. */
export const personDays = (
  raw: RawPerson,
  holidays: readonly CalendarDate[],
  window: Interval,
): PersonDays => ({
  id: raw.id,
  name: raw.name,
  zone: raw.zone,
  photoId: raw.photoId,
  busy: inOrder([
    ...blocks("meeting", raw.meetings, window),
    ...blocks("optional", raw.optional, window),
    ...blocks("elsewhere", raw.elsewhere, window),
    ...blocks("away", raw.away, window),
  ]),
  working:
    raw.hoursZone === null
      ? []
      : open(
          {
            zone: raw.hoursZone,
            weekly: weeklyOf(raw.hours),
            overrides: overridesOf(raw, holidays),
            zoneDuring: raw.travel.map(([from, to, zone]) => ({ from, to, zone })),
          },
          window,
        ),
});

/** The gaps between ascending disjoint spans of a window. */
function between(spans: readonly Interval[], window: Interval): RawSpan[] {
  const edges = [window.from, ...spans.flatMap(({ from, to }) => [from, to]), window.to];
  return edges.flatMap((from, index) => {
    const to = edges[index + 1];
    return index % 2 === 0 && to !== undefined && from < to ? [[from, to] as const] : [];
  });
}

/**
 * One room's days. What is taken for others is widened by this room's own setting up and cleaning, so that a meeting
 * that does not touch a block really fits.
 */
export function roomDays(raw: RawRoom, window: Interval): RoomDays {
  const { setupMinutes, cleanupMinutes, hours, meetings, closures, ...room } = raw;
  const wide = meetings.map(
    ([from, to, subject]): RawMeeting => [
      addMinutes(instantOf(from), -cleanupMinutes),
      addMinutes(instantOf(to), setupMinutes),
      subject,
    ],
  );
  const closed = between(openSpans({ zone: raw.zone, hours }, window), window);
  const broken = closures.map(({ from, to }): RawSpan => [from, to]);
  return {
    ...room,
    busy: inOrder([
      ...blocks("meeting", wide, window),
      ...blocks("closed", [...closed, ...broken], window),
    ]),
  };
}

/** Whether a block stands in the way of a meeting. */
export const blocksTime = ({ kind }: Pick<BusyBlock, "kind">): boolean => kind !== "optional";

/** A person's days as the search for a time wants them. */
export const soughtOf = (days: PersonDays, required: boolean): Sought => ({
  id: days.id,
  zone: days.zone,
  required,
  busy: days.busy.filter(blocksTime),
  working: days.working,
});

const STRANGERS_WEEK = [1, 2, 3, 4, 5].map((day) => [day, 8 * 60, 18 * 60] as const);

/** Guests tell nobody their hours: they are taken to work from eight to six on weekdays, where they live. */
export const guestSought = (id: string, zone: TimeZone, window: Interval): Sought => ({
  id,
  zone,
  required: true,
  busy: [],
  working: open({ zone, weekly: weeklyOf(STRANGERS_WEEK) }, window),
});

/** How somebody stands to a wanted time: the first of these that holds. */
export type Standing =
  | "busy"
  | "away"
  | "elsewhere"
  | "closed"
  | "night"
  | "outside"
  | "optional"
  | "free";

const IN_THE_WAY: readonly (readonly [BusyKind, Standing])[] = [
  ["away", "away"],
  ["closed", "closed"],
  ["meeting", "busy"],
  ["elsewhere", "elsewhere"],
];

/**
 * How a person or room stands to a wanted time, and what is in the way of it. `working` is left out for rooms, which
 * never sleep.
 */
export function standingOf(
  days: {
    readonly zone: TimeZone;
    readonly busy: readonly BusyBlock[];
    readonly working?: readonly Interval[];
  },
  wanted: Interval,
): { readonly standing: Standing; readonly block: BusyBlock | undefined } {
  const met = days.busy.filter((block) => overlaps(block, wanted));
  for (const [kind, standing] of IN_THE_WAY) {
    const block = met.find((one) => one.kind === kind);
    if (block !== undefined) return { standing, block };
  }
  const { working, zone } = days;
  if (working !== undefined) {
    if (sleeps(zone, wanted)) return { standing: "night", block: undefined };
    const inside = working.some(({ from, to }) => from <= wanted.from && wanted.to <= to);
    if (!inside) return { standing: "outside", block: undefined };
  }
  const [optional] = met;
  return { standing: optional === undefined ? "free" : "optional", block: optional };
}
