import { openPieces } from "@/lib/availability/core/hours";
import type { WeeklyRange } from "@/lib/availability/core/query";
import type { MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, DAY_MS, instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import type { RoomClosure, RoomFace, RoomHours } from "./room";
import { missingEquipment, sameEquipment } from "./room";

export type Span = readonly [from: number, to: number];

/** All that decides whether a room can be had at some time. Times in epoch ms. */
export type RoomTimes = {
  readonly zone: TimeZone;
  readonly hours: RoomHours;
  /** Its own closures and those of its parts. */
  readonly closures: readonly Omit<RoomClosure, "id">[];
  /** What is taken of it or of a part of it, set-up and clean-up inside. Any order. */
  readonly busy: readonly Span[];
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
};

const weeklyOf = (hours: RoomHours): readonly WeeklyRange[] =>
  hours.map(([day, from, to]) => ({
    day: day as WeeklyRange["day"],
    fromMinute: from as MinuteOfDay,
    toMinute: to as MinuteOfDay,
  }));

/**
 * When a room is open within [from, to), ascending; hours that continue over midnight or a change of the clock are
 * one span. A room without hours is open around the clock.
 */
export function openSpans(
  { zone, hours }: Pick<RoomTimes, "zone" | "hours">,
  { from, to }: Interval,
): readonly Interval[] {
  if (hours.length === 0) return from < to ? [{ from, to }] : [];
  const spans: { from: number; to: number }[] = [];
  for (const piece of openPieces({ zone, weekly: weeklyOf(hours) }, from, to, 0)) {
    const last = spans.at(-1);
    if (last?.to === piece.from) last.to = piece.to;
    else spans.push({ from: piece.from, to: piece.to });
  }
  return spans.map((span) => ({
    from: instantOf(Math.max(span.from, from)),
    to: instantOf(Math.min(span.to, to)),
  }));
}

/** What somebody looks for in a room. */
export type RoomWish = {
  readonly people?: number | undefined;
  readonly equipment?: readonly string[] | undefined;
  readonly location?: string | undefined;
};

/** Why a room is not to be had. `until` and `opens` are epoch ms. */
export type WhyNot =
  | { readonly kind: "not-yours" }
  | { readonly kind: "elsewhere" }
  | { readonly kind: "too-small"; readonly capacity: number }
  | { readonly kind: "lacks"; readonly equipment: readonly string[] }
  | { readonly kind: "out-of-service"; readonly until: number; readonly note: string | null }
  | { readonly kind: "closed"; readonly opens: number | null }
  | { readonly kind: "taken"; readonly until: number };

/** What a room lacks of what is wished, whenever it is; undefined when it has it all. */
export function whyUnfit(
  room: Pick<RoomFace, "capacity" | "equipment" | "location">,
  { people = 0, equipment = [], location }: RoomWish,
): WhyNot | undefined {
  if (location !== undefined && !sameEquipment(location, room.location)) {
    return { kind: "elsewhere" };
  }
  if (room.capacity < people) return { kind: "too-small", capacity: room.capacity };
  const lacking = missingEquipment(room.equipment, equipment);
  return lacking.length === 0 ? undefined : { kind: "lacks", equipment: lacking };
}

/** The end of whatever is in the way of [from, to), followed through what touches it. */
function endOfBusy(busy: readonly Span[], { from, to }: Interval): number | undefined {
  const sorted = busy.toSorted((a, b) => a[0] - b[0]);
  let end: number | undefined;
  for (const [start, stop] of sorted) {
    if (end === undefined ? start < to && stop > from : start <= end && stop > end) end = stop;
  }
  return end;
}

/** Whether a room is open for the whole of a meeting. */
export const isOpen = (
  room: Pick<RoomTimes, "zone" | "hours">,
  start: Instant,
  end: Instant,
): boolean =>
  openSpans(room, { from: instantOf(start - DAY_MS), to: instantOf(end + DAY_MS) }).some(
    ({ from, to }) => from <= start && to >= end,
  );

/** Why the room cannot be had for this meeting, set-up and clean-up included; undefined when it can. */
export function whyTaken(room: RoomTimes, meeting: Interval): WhyNot | undefined {
  const claim = claimOf(room, meeting);
  const broken = room.closures.find(({ from, to }) => from < claim.to && to > claim.from);
  if (broken !== undefined) {
    return { kind: "out-of-service", until: broken.to, note: broken.note };
  }
  const around = { from: instantOf(meeting.from - DAY_MS), to: instantOf(meeting.to + 8 * DAY_MS) };
  const open = openSpans(room, around);
  if (!open.some(({ from, to }) => from <= meeting.from && to >= meeting.to)) {
    const next = open.find(({ from, to }) => from > meeting.from && to > from);
    return { kind: "closed", opens: next?.from ?? null };
  }
  const until = endOfBusy(room.busy, claim);
  return until === undefined ? undefined : { kind: "taken", until };
}

/** Why a room is not to be had for this meeting; undefined when it is. That it is broken is said before all else. */
export function whyNot(
  room: RoomTimes & Pick<RoomFace, "capacity" | "equipment" | "location">,
  wish: RoomWish,
  meeting: Interval,
): WhyNot | undefined {
  const taken = whyTaken(room, meeting);
  return taken?.kind === "out-of-service" ? taken : (whyUnfit(room, wish) ?? taken);
}

/** What a meeting takes of a room: its own time, and the room's set-up before and clean-up after it. */
export const claimOf = (
  room: Pick<RoomTimes, "setupMinutes" | "cleanupMinutes">,
  meeting: { readonly from: Instant; readonly to: Instant },
): Interval => ({
  from: addMinutes(meeting.from, -room.setupMinutes),
  to: addMinutes(meeting.to, room.cleanupMinutes),
});

/** Free ones first, of those the smallest that fits; the others keep their order. */
export function freeFirst<Room extends { readonly free: true | WhyNot; readonly capacity: number }>(
  rooms: readonly Room[],
): readonly Room[] {
  const free = rooms.filter((room) => room.free === true);
  const others = rooms.filter((room) => room.free !== true);
  return [...free.toSorted((a, b) => a.capacity - b.capacity), ...others];
}
