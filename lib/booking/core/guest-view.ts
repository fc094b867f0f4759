import { changeableUntil, UNDO_SECONDS, undoableUntil } from "@/lib/meetings/core/deadlines";
import type { Attendee, Meeting } from "@/lib/meetings/core/meeting";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { GuestBooking, GuestBookingStatus } from "./guest-booking";

export function guestStatus(
  meeting: Meeting,
  now: Instant,
  guest?: Pick<Attendee, "leftAt">,
): GuestBookingStatus {
  if (guest?.leftAt != null) return "cancelled";
  if (meeting.state === "cancelled") return meeting.declined ? "declined" : "cancelled";
  if (meeting.end <= now) return "past";
  return meeting.state === "draft" ? "pending" : "confirmed";
}

const placeOf = (meeting: Meeting): GuestBooking["place"] => ({
  kind: meeting.placeKind,
  label: meeting.placeLabel ?? "",
  detail: meeting.placeDetail,
});

type OfLink = "linkToken" | "linkName" | "afterNote" | "redirectUrl" | "colour" | "logoId";

/** What a booking has from its link; a meeting made in the office has none. */
const fromLink = ({ link, subject }: Meeting): Pick<GuestBooking, OfLink> => ({
  linkToken: link?.token ?? null,
  linkName: link?.name ?? subject,
  afterNote: link?.afterNote ?? null,
  redirectUrl: link?.redirectUrl ?? null,
  colour: link?.colour ?? null,
  logoId: link?.logoId ?? null,
});

const personOf = (guest: Attendee | undefined) => ({
  guestName: guest?.name ?? "",
  guestEmail: guest?.email ?? "",
});

const heldUntil = (meeting: Meeting, status: GuestBookingStatus): Instant | null =>
  status === "pending" && meeting.holdExpiresAt !== null ? instantOf(meeting.holdExpiresAt) : null;

/** Until when this guest may take back that they cancelled, or left; null when it was not they. */
function undoOf(meeting: Meeting, guest: Attendee | undefined): number | null {
  if (guest?.leftAt != null) return guest.leftAt + UNDO_SECONDS * 1_000;
  return meeting.cancelledBy === "guest" ? undoableUntil(meeting) : null;
}

type Addresses = Pick<GuestBooking, "calendarFileUrl" | "googleUrl" | "outlookUrl">;

/** The booking as its guest sees it: what they typed and what they need, and nothing of anybody else's. */
export function guestBookingOf(
  meeting: Meeting,
  attendeeId: string | null,
  now: Instant,
  addresses: Addresses,
): GuestBooking {
  const guest =
    meeting.attendees.find(({ id }) => id === attendeeId) ??
    meeting.attendees.find(({ kind }) => kind === "guest");
  const status = guestStatus(meeting, now, guest);
  // Of a shared meeting a guest knows those they brought along, and nobody else.
  const ownParty = (guestOf: string | null): boolean =>
    meeting.seats === null || guestOf === guest?.id;
  const until = changeableUntil(meeting);
  const open = (status === "pending" || status === "confirmed") && until > now;
  const undo = undoOf(meeting, guest);
  const mayUndo = undo !== null && undo > now;
  return {
    status,
    workspaceName: meeting.workspaceName,
    subject: meeting.subject,
    host: { name: meeting.hostName, title: meeting.hostTitle },
    hostZone: meeting.hostZone,
    ...personOf(guest),
    answers: (guest?.answers ?? []).map(({ label, value }) => ({ question: label, answer: value })),
    shared: meeting.seats !== null,
    left: guest?.leftAt != null,
    ...fromLink(meeting),
    otherGuests: meeting.attendees
      .filter(({ kind, guestOf }) => kind === "extra_guest" && ownParty(guestOf))
      .map(({ email }) => email),
    start: instantOf(meeting.start),
    end: instantOf(meeting.end),
    place: placeOf(meeting),
    // Until the host has said yes there is nothing to join.
    joinUrl: status === "confirmed" ? meeting.joinUrl : null,
    guestZone: guest?.zone ?? meeting.hostZone,
    heldUntil: heldUntil(meeting, status),
    bookedAt: instantOf(meeting.createdAt),
    changeableUntil: open ? instantOf(until) : null,
    cancelReason: meeting.cancelReason,
    undoableUntil: mayUndo ? instantOf(undo) : null,
    version: meeting.version,
    ...(status === "confirmed"
      ? addresses
      : { calendarFileUrl: null, googleUrl: null, outlookUrl: null }),
  };
}
