import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { BookingPage } from "./booking-page";
import type { BookingRefusal, BookingRefused, GuestBooking } from "./guest-booking";

/** HTTP status of each refusal: 404 absent, 410 closed for good, 429 too often, 422 not acceptable, 409 the rest. */
const STATUS: Record<BookingRefusal, number> = {
  "link-absent": 404,
  "link-inactive": 410,
  "link-expired": 410,
  "link-used-up": 410,
  "too-many-requests": 429,
  "too-many-guests": 422,
  "no-such-duration": 422,
  "no-such-place": 422,
  "answers-incomplete": 422,
  "key-reused": 422,
  "too-few-seats": 409,
  "slot-taken": 409,
  "slot-passed": 409,
  "slot-closed": 409,
  "too-soon": 409,
  "too-far": 409,
  "limit-reached": 409,
  "not-changeable": 409,
  "changed-meanwhile": 409,
};

const MESSAGES: Record<BookingRefusal, string> = {
  "link-absent": "There is no booking link at this address.",
  "link-inactive": "This booking link is not active.",
  "link-expired": "This booking link has expired.",
  "link-used-up": "This booking link has been used up.",
  "too-many-requests": "Too many requests.",
  "too-many-guests": "This link does not take that many guests.",
  "no-such-duration": "This link does not offer that length.",
  "no-such-place": "This link does not offer that place.",
  "answers-incomplete": "Some answers are missing or do not fit their question.",
  "too-few-seats": "There are not that many seats left at this time.",
  "key-reused": "This Idempotency-Key was used for another booking.",
  "slot-taken": "This time was taken a moment ago.",
  "slot-passed": "This time has passed.",
  "slot-closed": "This time is not offered.",
  "too-soon": "This time is too soon to be booked.",
  "too-far": "This time is further ahead than bookings are taken.",
  "limit-reached": "No more meetings are taken on this day.",
  "not-changeable": "This booking can no longer be changed.",
  "changed-meanwhile": "This booking was changed meanwhile. Read it again.",
};

export const statusOfRefusal = (reason: BookingRefusal): number => STATUS[reason];

/** The words of the seed for a guest who books again at once. */
const waitMessage = (seconds: number): string =>
  `Too many requests. Wait ${seconds} seconds before booking again.`;

/** A refusal as the interface of machines tells it. */
export const refusalOnWire = ({
  reason,
  nextStarts,
  retryAfterSeconds,
  fields,
}: BookingRefused) => ({
  code: reason,
  message: retryAfterSeconds === undefined ? MESSAGES[reason] : waitMessage(retryAfterSeconds),
  ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  ...(fields === undefined ? {} : { fields }),
  ...(nextStarts.length === 0
    ? {}
    : { nextSlots: nextStarts.map((start) => ({ start: toIso(start) })) }),
});

const isoOrNull = (moment: Instant | null): string | null =>
  moment === null ? null : toIso(moment);

/** A guest's own booking as the interface of machines tells it: moments in ISO 8601 with Z. */
export const bookingOnWire = (booking: GuestBooking) => ({
  status: booking.status,
  subject: booking.subject,
  link: booking.linkToken,
  name: booking.guestName,
  email: booking.guestEmail,
  guests: booking.otherGuests,
  host: { name: booking.host.name, zone: booking.hostZone },
  zone: booking.guestZone,
  start: toIso(booking.start),
  end: toIso(booking.end),
  place: booking.place,
  answers: booking.answers,
  shared: booking.shared,
  joinUrl: booking.joinUrl,
  bookedAt: toIso(booking.bookedAt),
  changeableUntil: isoOrNull(booking.changeableUntil),
  cancelReason: booking.cancelReason,
  calendarFileUrl: booking.calendarFileUrl,
  version: booking.version,
});

/** What a link offers and asks, as the interface of machines tells it. */
export const linkOnWire = (page: BookingPage) => ({
  name: page.linkName,
  description: page.description,
  workspace: page.workspaceName,
  hosts: page.hosts,
  hostZone: page.hostZone,
  zoneLocked: page.zoneLocked,
  needsApproval: page.needsApproval,
  durationMinutes: page.durationMinutes,
  durations: [page.durationMinutes, ...page.otherOffers.map((offer) => offer.durationMinutes)].sort(
    (a, b) => a - b,
  ),
  places: page.places,
  questions: page.questions,
  extraGuests: page.extraGuests,
  seats: page.seats,
  waitingList: page.waitingList,
});
