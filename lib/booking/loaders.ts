import "server-only";
import { findActor } from "@/lib/auth/session";
import { hashToken } from "@/lib/crypto/token";
import type { Db } from "@/lib/db/client";
import { calendarFileUrl } from "@/lib/mail/calendar-link";
import { googleCalendarUrl, outlookCalendarUrl } from "@/lib/meetings/core/calendar-file";
import type { Meeting } from "@/lib/meetings/core/meeting";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import type { Deps } from "@/lib/runtime";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { TimeZone } from "@/lib/time/zone";
import type {
  BookingPage,
  BookingPageAnswer,
  BookingPlace,
  HostAway,
  LinkClosed,
} from "./core/booking-page";
import { checkAnswers } from "./core/check-answers";
import type { TypedBooking } from "./core/form-state";
import type { AnswerProblem, GuestBooking } from "./core/guest-booking";
import { guestBookingOf } from "./core/guest-view";
import { listStarts, seatsLeft } from "./core/offer";
import { atAnyPlace, withChoice } from "./core/place-choice";
import type { LinkSnapshot } from "./core/snapshot";
import { durationsOf, PAGE_DAYS, pageWindow, whyClosed } from "./core/snapshot";
import {
  findLinkSnapshot,
  findMovingLink,
  findSeatsLink,
  findWaiting,
  listOwnLinks,
} from "./reads";
import type { SlotQuestion } from "./schema";
import { linkToken, manageTokenShape } from "./schema";

const NOWHERE: BookingPlace = { kind: "none", label: "", detail: null };

const awayOf = (link: LinkSnapshot, now: Instant): HostAway[] =>
  link.hosts
    .flatMap(({ name, absences }) =>
      absences.map(([from, to, token, redirectName]) => ({
        name,
        from: instantOf(from),
        until: instantOf(to),
        redirect: token === null ? null : { token, name: redirectName ?? "" },
      })),
    )
    .filter(({ until }) => until > now)
    .sort((a, b) => a.from - b.from);

/** What the public page of a link shows, as of now. */
export function bookingPageOf(stored: LinkSnapshot, now: Instant): BookingPage {
  const link = atAnyPlace(stored);
  const hosts = link.hosts.filter(({ disabled }) => !disabled);
  return {
    token: link.token,
    workspaceName: link.workspaceName,
    linkName: link.name,
    description: link.description,
    durationMinutes: link.durationMinutes,
    needsApproval: link.needsApproval,
    hosts: hosts.map(({ name, title }) => ({ name, title })),
    roundRobin: hosts.some(({ role }) => role === "one_of"),
    hostZone: link.zone,
    place: stored.places[0] ?? NOWHERE,
    places: stored.places,
    questions: link.questions,
    zoneLocked: link.zoneLocked,
    seats: link.seats,
    seatsLeft: seatsLeft(link),
    waitingList: link.waitingList,
    away: awayOf(link, now),
    colour: link.colour,
    logoId: link.logoId,
    extraGuests: link.extraGuests,
    changeDeadlineMinutes: link.changeDeadlineMinutes,
    starts: listStarts(link, now),
    otherOffers: durationsOf(link)
      .filter((minutes) => minutes !== link.durationMinutes)
      .map((durationMinutes) => ({
        durationMinutes,
        starts: listStarts({ ...link, durationMinutes }, now),
      })),
    asOf: now,
    noticeMinutes: link.noticeMinutes,
  };
}

/** The public page of one link, from ONE statement. Never throws for a link that does not exist. */
export async function loadBookingPage(
  token: string,
  now: Instant,
  db: Db = runtime().db,
): Promise<BookingPageAnswer> {
  if (!linkToken.safeParse(token).success) return { kind: "absent" };
  const link = await findLinkSnapshot(db, { by: { token }, window: pageWindow(now) });
  if (link === undefined) return { kind: "absent" };
  const why = whyClosed(link, now);
  if (why !== undefined) return { kind: "closed", why, workspaceName: link.workspaceName };
  return { kind: "open", page: bookingPageOf(link, now) };
}

export type SlotsAnswer =
  | { readonly kind: "absent" }
  | { readonly kind: "closed"; readonly why: LinkClosed }
  | { readonly kind: "no-such-choice"; readonly choice: "no-such-duration" | "no-such-place" }
  | {
      readonly kind: "open";
      readonly slots: readonly { readonly start: Instant; readonly end: Instant }[];
      readonly hostZone: TimeZone;
      readonly durationMinutes: number;
      readonly window: Interval;
    };

/** The starts of one link within a span, at most PAGE_DAYS long, from ONE statement. */
export async function loadSlots(token: string, asked: SlotQuestion): Promise<SlotsAnswer> {
  const { db, now: clock } = runtime();
  const now = clock();
  const from = asked.from ?? now;
  const furthest = instantOf(from + PAGE_DAYS * DAY_MS);
  const to = instantOf(Math.max(from, Math.min(asked.to ?? furthest, furthest)));
  const window = { from, to };
  const stored = await findLinkSnapshot(db, { by: { token }, window });
  if (stored === undefined) return { kind: "absent" };
  const why = whyClosed(stored, now);
  if (why !== undefined) return { kind: "closed", why };
  const choice = withChoice(stored, asked);
  if (typeof choice === "string") return { kind: "no-such-choice", choice };
  const link = asked.place === undefined ? atAnyPlace(choice.link) : choice.link;
  const lengthMs = link.durationMinutes * MINUTE_MS;
  return {
    kind: "open",
    slots: listStarts(link, now, window).map((start) => ({
      start,
      end: instantOf(start + lengthMs),
    })),
    hostZone: link.zone,
    durationMinutes: link.durationMinutes,
    window,
  };
}

export type HeldBooking = {
  readonly meeting: Meeting;
  readonly attendeeId: string;
};

/** The meeting a guest's capability opens; undefined for anything that is not one. */
export async function findHeldBooking(
  db: Db,
  manageToken: string,
): Promise<HeldBooking | undefined> {
  if (!manageTokenShape.safeParse(manageToken).success) return undefined;
  const meeting = await findMeeting(db, { tokenHash: hashToken(manageToken) });
  if (meeting === undefined || meeting.tokenAttendeeId === null) return undefined;
  return { meeting, attendeeId: meeting.tokenAttendeeId };
}

/** How one booking looks to its guest, with the addresses that add it to a calendar. */
export function viewOf({ meeting, attendeeId }: HeldBooking, deps: Deps): GuestBooking {
  const entry = {
    summary: meeting.subject,
    start: instantOf(meeting.start),
    end: instantOf(meeting.end),
    ...(meeting.joinUrl === null ? {} : { description: meeting.joinUrl }),
    ...(meeting.placeLabel === null
      ? {}
      : { location: [meeting.placeLabel, meeting.placeDetail].filter(Boolean).join(", ") }),
  };
  return guestBookingOf(meeting, attendeeId, deps.now(), {
    calendarFileUrl: calendarFileUrl(deps, {
      workspaceId: meeting.workspaceId,
      meetingId: meeting.id,
      attendeeId,
    }),
    googleUrl: googleCalendarUrl(entry),
    outlookUrl: outlookCalendarUrl(entry),
  });
}

/** A guest's own booking, or undefined when the capability opens none. */
export async function loadGuestBooking(manageToken: string): Promise<GuestBooking | undefined> {
  const deps = runtime();
  const held = await findHeldBooking(deps.db, manageToken);
  return held && viewOf(held, deps);
}

/** Every start this booking could be moved to, ascending; its own present time is not one of them. */
export async function loadRescheduleStarts(manageToken: string): Promise<readonly Instant[]> {
  const { db, now } = runtime();
  const held = await findHeldBooking(db, manageToken);
  if (held === undefined) return [];
  const window = pageWindow(now());
  const link =
    held.meeting.seats === null
      ? await findMovingLink(db, held.meeting, window)
      : await findSeatsLink(db, held.meeting, window);
  if (link === undefined) return [];
  return listStarts(link, now()).filter((start) => start !== held.meeting.start);
}

/** The viewer's own links, each with the path of its page. Nobody signed in: none. */
export async function loadOwnLinks(): Promise<readonly { name: string; path: string }[]> {
  const actor = await findActor();
  if (actor.kind !== "member") return [];
  const links = await listOwnLinks(runtime().db, actor.workspaceId, actor.userId);
  return links.map(({ name, token }) => ({ name, path: `/book/${token}` }));
}

/** The address every link of ours begins with, without a trailing slash. */
export const appAddress = (): string => runtime().appUrl;

/** The link a guest waits for, by their waiting-list capability; undefined when it opens nothing. */
export const loadWaiting = async (
  token: string,
): Promise<Awaited<ReturnType<typeof findWaiting>>> =>
  manageTokenShape.safeParse(token).success
    ? findWaiting(runtime().db, hashToken(token))
    : undefined;

/** What is wrong with the answers of a form that is not sent on for other reasons; nothing where the link is closed. */
export async function loadAnswerProblems(
  token: string,
  typed: Pick<TypedBooking, "place" | "placeAnswer" | "answers">,
): Promise<Readonly<Record<string, AnswerProblem>>> {
  const answer = await loadBookingPage(token, runtime().now());
  if (answer.kind !== "open") return {};
  const { questions, places } = answer.page;
  const place = places.find(({ id }) => id === typed.place) ?? places[0];
  const checked = checkAnswers(questions, place, typed);
  return checked.ok ? {} : checked.fields;
}
