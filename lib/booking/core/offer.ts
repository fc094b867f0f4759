import { pickHost } from "@/lib/availability/core/pick-host";
import type { Slot } from "@/lib/availability/core/query";
import { availableSlots, explainSlot } from "@/lib/availability/core/slots";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { BookingRefusal } from "./guest-booking";
import type { HostSnapshot, LinkSnapshot, RoomSnapshot } from "./snapshot";
import { pageWindow, slotQueryOf, whyClosed } from "./snapshot";

/** Every start a link offers from now on, ascending. */
export const listStarts = (
  link: LinkSnapshot,
  now: Instant,
  window = pageWindow(now),
): Instant[] =>
  whyClosed(link, now) === undefined
    ? availableSlots(slotQueryOf(link, now, window)).map(({ start }) => start)
    : [];

/** Which busy times decide about one start: those around it, or all up to it when bookable days are counted. */
export const decidingWindow = (link: LinkSnapshot, now: Instant, start: Instant): Interval => {
  const to = instantOf(start + link.durationMinutes * 60_000);
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
  | { readonly ok: true; readonly slot: Slot }
  | { readonly ok: false; readonly reason: BookingRefusal };

/** Is this start still on offer? The same function that drew the calendar answers. */
export function decideStart(link: LinkSnapshot, now: Instant, start: Instant): Decision {
  const closed = whyClosed(link, now);
  if (closed !== undefined) return { ok: false, reason: CLOSED[closed] };
  if (start <= now) return { ok: false, reason: "slot-passed" };
  const answer = explainSlot(slotQueryOf(link, now, decidingWindow(link, now, start)), start);
  return answer.ok
    ? { ok: true, slot: answer.slot }
    : { ok: false, reason: REASONS[answer.reason] };
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
};

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
  return { host, people: picked === undefined ? fixed : [...fixed, picked], room };
}

/** Every resource a booking of this link may take, sorted: what is locked before deciding. */
export const candidateResources = (link: LinkSnapshot): string[] =>
  [
    ...link.hosts.map(({ resourceId }) => resourceId),
    ...link.rooms.map(({ resourceId }) => resourceId),
  ].sort();
