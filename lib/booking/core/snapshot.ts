import type {
  Horizon,
  HostAvailability,
  Limit,
  ResourceAvailability,
  SlotQuery,
} from "@/lib/availability/core/query";
import type { BookingLinkId, MeetingId, ResourceId, RoomId, UserId, WorkspaceId } from "@/lib/ids";
import type { MeetingRoom, MeetingVirtualRoom } from "@/lib/meetings/core/meeting";
import type { RoomClosure, RoomHours } from "@/lib/rooms/core/room";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, DAY_MS, instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import type { BookingQuestion, LinkClosed, PlaceChoice } from "./booking-page";

/** Epoch milliseconds [from, to), as they come out of the database. */
export type Span = readonly [number, number];

export type HostSnapshot = {
  readonly userId: UserId;
  readonly resourceId: ResourceId;
  readonly name: string;
  readonly email: string;
  readonly title: string | null;
  readonly locale: string;
  readonly role: "fixed" | "one_of";
  readonly weight: number;
  readonly assigned: number;
  readonly disabled: boolean;
  /** The person's own zone, in which they read; the schedule's may differ. */
  readonly personZone: TimeZone;
  readonly zone: TimeZone;
  readonly hours: readonly (readonly [day: number, from: number, to: number])[];
  readonly overrides: readonly (readonly [
    date: CalendarDate,
    from: number | null,
    to: number | null,
  ])[];
  readonly travel: readonly (readonly [from: CalendarDate, to: CalendarDate, zone: TimeZone])[];
  readonly busy: readonly Span[];
  readonly observesHolidays: boolean;
  /** Out of office, and the link that takes meetings meanwhile. */
  readonly absences: readonly (readonly [
    from: number,
    to: number,
    redirectToken: string | null,
    redirectName: string | null,
  ])[];
  /** Meetings of this link with this host; only loaded when the link has limits. */
  readonly booked: readonly Span[] | null;
};

export type RoomSnapshot = {
  readonly roomId: RoomId;
  readonly resourceId: ResourceId;
  readonly name: string;
  readonly location: string;
  readonly detail: string | null;
  readonly zone: TimeZone;
  readonly capacity: number;
  /** Taken times of the room and of its parts. */
  readonly busy: readonly Span[];
  /** Opening hours in its zone; a room without any is open around the clock. */
  readonly hours: RoomHours;
  readonly closures: readonly Omit<RoomClosure, "id">[];
  readonly claims: readonly ResourceId[];
  readonly setupMinutes: number;
  readonly cleanupMinutes: number;
  readonly needsApproval: boolean;
  readonly keeperId: UserId | null;
  readonly checkIn: boolean;
  readonly releaseMinutes: number;
};

/** A virtual room that some of a link's places name. Where it has seats, a meeting there takes a free one. */
export type OnlineRoomSnapshot = MeetingVirtualRoom & {
  readonly placeIds: readonly string[];
  readonly seats: readonly { readonly resourceId: ResourceId; readonly busy: readonly Span[] }[];
};

/** A meeting of this link that several guests share, and how full it is. */
export type SharedMeeting = {
  readonly meetingId: MeetingId;
  readonly hostId: UserId;
  readonly seats: number;
  readonly taken: number;
  readonly start: number;
  readonly end: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
};

/** One link with everything its calendar depends on, as of one statement. */
export type LinkSnapshot = {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  readonly workspaceZone: TimeZone;
  readonly linkId: BookingLinkId;
  readonly token: string;
  readonly name: string;
  readonly description: string | null;
  readonly zone: TimeZone;
  readonly durationMinutes: number;
  readonly intervalMinutes: number | null;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly noticeMinutes: number;
  readonly horizon: Horizon;
  readonly limits: readonly Limit[];
  readonly needsApproval: boolean;
  readonly holdMinutes: number;
  readonly extraGuests: number;
  readonly changeDeadlineMinutes: number;
  readonly otherDurations: readonly number[];
  readonly offsetMinutes: number;
  readonly zoneLocked: boolean;
  readonly seats: number;
  readonly showSeats: boolean;
  readonly waitingList: boolean;
  readonly reminderMinutes: readonly number[];
  readonly colour: string | null;
  readonly logoId: string | null;
  readonly redirectUrl: string | null;
  readonly afterNote: string | null;
  readonly places: readonly PlaceChoice[];
  readonly questions: readonly BookingQuestion[];
  /** The workspace's holidays within the window. */
  readonly holidays: readonly CalendarDate[];
  /** Shared meetings that start within the window; only of links with seats. */
  readonly shared: readonly SharedMeeting[];
  readonly active: boolean;
  readonly expiresAt: number | null;
  readonly maxUses: number | null;
  readonly uses: number;
  readonly version: number;
  readonly hosts: readonly HostSnapshot[];
  readonly rooms: readonly RoomSnapshot[];
  readonly onlineRooms: readonly OnlineRoomSnapshot[];
  /** Whether its meetings are told outside: a webhook, a calendar of one of its hosts. */
  readonly followed: boolean;
};

/** A room of a link as a meeting takes it; one that needs approval is held until its keeper says yes. */
export const roomOf = ({
  roomId,
  capacity: _,
  busy: _busy,
  hours: _hours,
  closures: _closures,
  ...room
}: RoomSnapshot): MeetingRoom => ({
  ...room,
  id: roomId,
  state: room.needsApproval ? "asked" : "approved",
  checkedInAt: null,
});

/** How far ahead one page lists times, whatever the link's horizon: a cached page must stay small. */
export const PAGE_DAYS = 92;

const intervalOf = ([from, to]: Span): Interval => ({ from: instantOf(from), to: instantOf(to) });

/** Why a link is closed to everybody, or undefined while it is open. */
export function whyClosed(link: LinkSnapshot, now: Instant): LinkClosed | undefined {
  if (!link.active) return "inactive";
  if (link.expiresAt !== null && link.expiresAt <= now) return "expired";
  if (link.maxUses !== null && link.uses >= link.maxUses) return "used-up";
  return undefined;
}

function overridesOf(
  host: HostSnapshot,
  holidays: LinkSnapshot["holidays"],
): NonNullable<HostAvailability["overrides"]> {
  const days = new Map<CalendarDate, { fromMinute: MinuteOfDay; toMinute: MinuteOfDay }[]>();
  for (const [date, from, to] of host.overrides) {
    const ranges = days.get(date) ?? [];
    if (from !== null && to !== null) {
      ranges.push({ fromMinute: from as MinuteOfDay, toMinute: to as MinuteOfDay });
    }
    days.set(date, ranges);
  }
  // A day the host has spoken about is theirs, holiday or not.
  if (host.observesHolidays) {
    for (const date of holidays) if (!days.has(date)) days.set(date, []);
  }
  return [...days].map(([date, ranges]) => ({ date, ranges }));
}

const weeklyOf = (hours: HostSnapshot["hours"]): HostAvailability["weekly"] =>
  hours.map(([day, from, to]) => ({
    day: day as 0 | 1 | 2 | 3 | 4 | 5 | 6,
    fromMinute: from as MinuteOfDay,
    toMinute: to as MinuteOfDay,
  }));

const hostAvailability = (
  host: HostSnapshot,
  holidays: LinkSnapshot["holidays"],
): HostAvailability => ({
  id: host.userId,
  role: host.role === "fixed" ? "fixed" : "one-of",
  weight: host.weight,
  zone: host.zone,
  weekly: weeklyOf(host.hours),
  overrides: overridesOf(host, holidays),
  zoneDuring: host.travel.map(([from, to, zone]) => ({ from, to, zone })),
  busy: [...host.busy, ...host.absences.map(([from, to]): Span => [from, to])].map(intervalOf),
  ...(host.booked === null ? {} : { booked: host.booked.map(intervalOf) }),
});

/** A room that needs more time around a meeting than the link asks for keeps that much more free. */
const roomAvailability = (room: RoomSnapshot): ResourceAvailability => ({
  id: room.roomId,
  capacity: room.capacity,
  busy: [...room.busy, ...room.closures.map(({ from, to }): Span => [from, to])].map(intervalOf),
  bufferBeforeMinutes: room.setupMinutes,
  bufferAfterMinutes: room.cleanupMinutes,
  ...(room.hours.length === 0 ? {} : { zone: room.zone, weekly: weeklyOf(room.hours) }),
});

/** A seat online is to a time what a room is: any one that is free will do. */
const seatAvailability = ({ seats }: OnlineRoomSnapshot): readonly ResourceAvailability[] =>
  seats.map(({ resourceId, busy }) => ({
    id: resourceId as string as RoomId,
    busy: busy.map(intervalOf),
  }));

/** What a meeting has to find free, besides people: one of these. */
const takenAlongside = (link: LinkSnapshot): readonly ResourceAvailability[] => [
  ...link.rooms.map(roomAvailability),
  ...link.onlineRooms.flatMap(seatAvailability),
];

/**
 * The question to the availability function: the same one for the page that offers a time and for the booking
 * that takes it. A disabled host offers nothing; a link without hosts or rooms it needs offers nothing.
 */
export function slotQueryOf(link: LinkSnapshot, now: Instant, window: Interval): SlotQuery {
  const fixedGone = link.hosts.some((host) => host.role === "fixed" && host.disabled);
  const hosts = fixedGone ? [] : link.hosts.filter((host) => !host.disabled);
  const rooms = takenAlongside(link);
  return {
    window,
    now,
    durationMinutes: link.durationMinutes,
    ...(link.intervalMinutes === null ? {} : { intervalMinutes: link.intervalMinutes }),
    offsetMinutes: link.offsetMinutes,
    bufferBeforeMinutes: link.bufferBeforeMinutes,
    bufferAfterMinutes: link.bufferAfterMinutes,
    minimumNoticeMinutes: link.noticeMinutes,
    horizon: link.horizon,
    limits: link.limits,
    hosts: hosts.map((host) => hostAvailability(host, link.holidays)),
    ...(rooms.length === 0 ? {} : { rooms }),
  };
}

/** Everything a page may list: from now to the end of the horizon, at most PAGE_DAYS. */
export const pageWindow = (now: Instant): Interval => ({
  from: now,
  to: instantOf(now + PAGE_DAYS * DAY_MS),
});

/** The span a meeting takes from its resources: its own time and the link's buffers. */
export const claimedSpan = (
  start: Instant,
  end: Instant,
  link: Pick<LinkSnapshot, "bufferBeforeMinutes" | "bufferAfterMinutes">,
): Interval => ({
  from: addMinutes(start, -link.bufferBeforeMinutes),
  to: addMinutes(end, link.bufferAfterMinutes),
});

/** Every length a guest may choose, shortest first. */
export const durationsOf = (
  link: Pick<LinkSnapshot, "durationMinutes" | "otherDurations">,
): number[] => [...new Set([link.durationMinutes, ...link.otherDurations])].sort((a, b) => a - b);
