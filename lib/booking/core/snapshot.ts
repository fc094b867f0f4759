import type { Horizon, HostAvailability, Limit, SlotQuery } from "@/lib/availability/core/query";
import type { BookingLinkId, ResourceId, RoomId, UserId, WorkspaceId } from "@/lib/ids";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, DAY_MS, instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import type { BookingPlace, LinkClosed } from "./booking-page";

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
  readonly busy: readonly Span[];
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
  readonly place: BookingPlace;
  readonly active: boolean;
  readonly expiresAt: number | null;
  readonly maxUses: number | null;
  readonly uses: number;
  readonly version: number;
  readonly hosts: readonly HostSnapshot[];
  readonly rooms: readonly RoomSnapshot[];
};

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

function overridesOf(host: HostSnapshot): NonNullable<HostAvailability["overrides"]> {
  const days = new Map<CalendarDate, { fromMinute: MinuteOfDay; toMinute: MinuteOfDay }[]>();
  for (const [date, from, to] of host.overrides) {
    const ranges = days.get(date) ?? [];
    if (from !== null && to !== null) {
      ranges.push({ fromMinute: from as MinuteOfDay, toMinute: to as MinuteOfDay });
    }
    days.set(date, ranges);
  }
  return [...days].map(([date, ranges]) => ({ date, ranges }));
}

const hostAvailability = (host: HostSnapshot): HostAvailability => ({
  id: host.userId,
  role: host.role === "fixed" ? "fixed" : "one-of",
  weight: host.weight,
  zone: host.zone,
  weekly: host.hours.map(([day, from, to]) => ({
    day: day as 0 | 1 | 2 | 3 | 4 | 5 | 6,
    fromMinute: from as MinuteOfDay,
    toMinute: to as MinuteOfDay,
  })),
  overrides: overridesOf(host),
  zoneDuring: host.travel.map(([from, to, zone]) => ({ from, to, zone })),
  busy: host.busy.map(intervalOf),
  ...(host.booked === null ? {} : { booked: host.booked.map(intervalOf) }),
});

/**
 * The question to the availability function: the same one for the page that offers a time and for the booking
 * that takes it. A disabled host offers nothing; a link without hosts or rooms it needs offers nothing.
 */
export function slotQueryOf(link: LinkSnapshot, now: Instant, window: Interval): SlotQuery {
  const fixedGone = link.hosts.some((host) => host.role === "fixed" && host.disabled);
  const hosts = fixedGone ? [] : link.hosts.filter((host) => !host.disabled);
  return {
    window,
    now,
    durationMinutes: link.durationMinutes,
    ...(link.intervalMinutes === null ? {} : { intervalMinutes: link.intervalMinutes }),
    bufferBeforeMinutes: link.bufferBeforeMinutes,
    bufferAfterMinutes: link.bufferAfterMinutes,
    minimumNoticeMinutes: link.noticeMinutes,
    horizon: link.horizon,
    limits: link.limits,
    hosts: hosts.map(hostAvailability),
    ...(link.rooms.length === 0
      ? {}
      : {
          rooms: link.rooms.map((room) => ({
            id: room.roomId,
            capacity: room.capacity,
            busy: room.busy.map(intervalOf),
          })),
        }),
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
