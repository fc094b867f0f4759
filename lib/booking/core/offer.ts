import { pickHost } from "@/lib/availability/core/pick-host";
import type { Slot } from "@/lib/availability/core/query";
import { availableSlots, explainSlot } from "@/lib/availability/core/slots";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { BookingRefusal } from "./guest-booking";
import type {
  HostSnapshot,
  LinkSnapshot,
  OnlineRoomSnapshot,
  RoomSnapshot,
  SharedMeeting,
} from "./snapshot";
import { claimedSpan, pageWindow, slotQueryOf, whyClosed } from "./snapshot";

const lengthOf = (link: LinkSnapshot): number => link.durationMinutes * MINUTE_MS;

/** The link as if this shared meeting took nobody's time: what joining it has to be allowed by. */
function without(link: LinkSnapshot, meeting: SharedMeeting): LinkSnapshot {
  const { from, to } = claimedSpan(instantOf(meeting.start), instantOf(meeting.end), meeting);
  return {
    ...link,
    // Its room is taken already, by itself.
    rooms: [],
    onlineRooms: [],
    hosts: link.hosts.map((host) => ({
      ...host,
      busy: host.busy.filter(([start, end]) => start !== from || end !== to),
      booked:
        host.booked?.filter(([start, end]) => start !== meeting.start || end !== meeting.end) ??
        null,
    })),
  };
}

/** Shared meetings of this length that a party of this many may still join, in their order. */
const joinable = (link: LinkSnapshot, now: Instant, party: number): SharedMeeting[] =>
  link.shared.filter(
    (meeting) =>
      meeting.end - meeting.start === lengthOf(link) &&
      meeting.taken + party <= meeting.seats &&
      explainSlot(
        slotQueryOf(without(link, meeting), now, {
          from: instantOf(meeting.start),
          to: instantOf(meeting.end),
        }),
        instantOf(meeting.start),
      ).ok,
  );

/** Every start a link offers from now on in its present length, ascending, seats of shared meetings included. */
export function listStarts(
  link: LinkSnapshot,
  now: Instant,
  window: Interval = pageWindow(now),
): Instant[] {
  if (whyClosed(link, now) !== undefined) return [];
  const free = availableSlots(slotQueryOf(link, now, window)).map(({ start }) => start);
  if (link.shared.length === 0) return free;
  const seats = joinable(link, now, 1)
    .filter(({ start }) => start >= window.from && start < window.to)
    .map(({ start }) => instantOf(start));
  return [...new Set([...free, ...seats])].sort((a, b) => a - b);
}

/** Seats left of the meetings that have begun to fill, by start; undefined where the host does not show them. */
export const seatsLeft = (link: LinkSnapshot): (readonly [Instant, number])[] | null =>
  link.seats === 1 || !link.showSeats
    ? null
    : link.shared
        .filter(({ start, end }) => end - start === lengthOf(link))
        .map(({ start, seats, taken }) => [instantOf(start), Math.max(0, seats - taken)] as const);

/** Which busy times decide about one start: those around it, or all up to it when bookable days are counted. */
export const decidingWindow = (link: LinkSnapshot, now: Instant, start: Instant): Interval => {
  const to = instantOf(start + lengthOf(link));
  return link.horizon.kind === "bookable-days" && start > now
    ? { from: now, to: instantOf(Math.min(to, now + 400 * DAY_MS)) }
    : { from: start, to };
};

const REASONS = {
  "too-soon": "too-soon",
  "too-far": "too-far",
  closed: "slot-closed",
  busy: "slot-taken",
  "limit-reached": "limit-reached",
} as const satisfies Record<string, BookingRefusal>;

const CLOSED = {
  inactive: "link-inactive",
  expired: "link-expired",
  "used-up": "link-used-up",
} as const satisfies Record<string, BookingRefusal>;

export type Decision =
  | { readonly ok: true; readonly slot: Slot; readonly join?: SharedMeeting }
  | { readonly ok: false; readonly reason: BookingRefusal };

/**
 * Is this start still on offer, to a party of so many? The same functions that drew the calendar answer. A shared
 * meeting with room for them is joined before another one is begun.
 */
export function decideStart(link: LinkSnapshot, now: Instant, start: Instant, party = 1): Decision {
  const closed = whyClosed(link, now);
  if (closed !== undefined) return { ok: false, reason: CLOSED[closed] };
  if (start <= now) return { ok: false, reason: "slot-passed" };
  const join = joinable(link, now, party).find((meeting) => meeting.start === start);
  if (join !== undefined) {
    const end = instantOf(join.end);
    return { ok: true, slot: { start, end, hostIds: [join.hostId] }, join };
  }
  const answer = explainSlot(slotQueryOf(link, now, decidingWindow(link, now, start)), start);
  if (!answer.ok) {
    const some = party > 1 && joinable(link, now, 1).some((meeting) => meeting.start === start);
    return { ok: false, reason: some ? "too-few-seats" : REASONS[answer.reason] };
  }
  return party > link.seats && link.seats > 1
    ? { ok: false, reason: "too-few-seats" }
    : { ok: true, slot: answer.slot };
}

/** How many free starts a refusal comes with, where there are as many. */
export const CHOICES = 3;

/** The next free starts after a wanted one, at most `count`; earlier ones fill up when there are too few. */
export function nextStarts(
  starts: readonly Instant[],
  wanted: Instant,
  count = CHOICES,
): Instant[] {
  const after = starts.filter((start) => start > wanted).slice(0, count);
  const before = starts
    .filter((start) => start < wanted)
    .slice(-(count - after.length) || undefined);
  return after.length >= count ? after : [...before, ...after].sort((a, b) => a - b);
}

export type Team = {
  /** Who answers for the meeting: the one-of host, or the first fixed one. */
  readonly host: HostSnapshot;
  /** Everybody whose time is taken, the host included. */
  readonly people: readonly HostSnapshot[];
  readonly room: RoomSnapshot | null;
  /** The virtual room of the chosen place, and the seat there, where it has seats. */
  readonly online: {
    readonly room: OnlineRoomSnapshot;
    readonly seat: OnlineRoomSnapshot["seats"][number]["resourceId"] | null;
  } | null;
};

/** The first virtual room that needs no seat or has a free one. */
function seatOf(link: LinkSnapshot, slot: Slot): Team["online"] {
  const free = new Set<string>(slot.roomIds ?? []);
  for (const room of link.onlineRooms) {
    const seat = room.seats.find(({ resourceId }) => free.has(resourceId));
    if (room.seats.length === 0) return { room, seat: null };
    if (seat !== undefined) return { room, seat: seat.resourceId };
  }
  return null;
}

/** Who of the free hosts takes a slot, and in which room: the least loaded one-of host, the smallest room that fits. */
export function chooseTeam(link: LinkSnapshot, slot: Slot, keep?: string): Team | undefined {
  const free = link.hosts.filter((host) => slot.hostIds.includes(host.userId));
  const fixed = free.filter((host) => host.role === "fixed");
  const oneOf = free.filter((host) => host.role === "one_of");
  const picked =
    oneOf.find((host) => host.userId === keep) ??
    oneOf.find(
      (host) =>
        host.userId ===
        pickHost(oneOf.map(({ userId, weight, assigned }) => ({ id: userId, weight, assigned }))),
    );
  const host = picked ?? fixed[0];
  if (host === undefined) return undefined;
  const room = link.rooms.find(({ roomId }) => slot.roomIds?.includes(roomId) === true) ?? null;
  const online = seatOf(link, slot);
  return { host, people: picked === undefined ? fixed : [...fixed, picked], room, online };
}

/** Every resource a booking of this link may take, sorted: what is locked before deciding. */
export const candidateResources = (link: LinkSnapshot): string[] =>
  [
    ...link.hosts.map(({ resourceId }) => resourceId),
    ...new Set(link.rooms.flatMap(({ claims }) => claims)),
    ...new Set(link.onlineRooms.flatMap(({ pool }) => pool)),
  ].sort();
