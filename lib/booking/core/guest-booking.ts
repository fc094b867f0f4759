import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { BookingHost, BookingPlace } from "./booking-page";

export type GuestBookingStatus = "pending" | "confirmed" | "declined" | "cancelled" | "past";

/** A guest's own booking, as `/m` and `GET /api/v1/bookings/{manageToken}` show it to that guest. */
export type GuestBooking = {
  readonly status: GuestBookingStatus;
  readonly linkToken: string | null;
  readonly linkName: string;
  readonly workspaceName: string;
  readonly subject: string;
  readonly host: BookingHost;
  readonly hostZone: TimeZone;
  /** The zone this guest booked in; a person's clock on this page. */
  readonly guestZone: TimeZone;
  readonly guestName: string;
  readonly guestEmail: string;
  readonly otherGuests: readonly string[];
  readonly start: Instant;
  readonly end: Instant;
  readonly place: BookingPlace;
  readonly joinUrl: string | null;
  /** What this guest answered, with each question as it was asked. */
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  /** True when other guests, unknown to this one, take part: moving and leaving is about this guest's seat. */
  readonly shared: boolean;
  /** True when this guest gave up their seat; the meeting itself may take place. */
  readonly left: boolean;
  /** The host's words for after the booking. */
  readonly afterNote: string | null;
  /** Where the host leads a guest who has just booked. */
  readonly redirectUrl: string | null;
  /** Accent of the page, `#rrggbb`, and the image beside the organisation's name; null: the product's own. */
  readonly colour: string | null;
  readonly logoId: string | null;
  readonly bookedAt: Instant;
  /** Until when a pending booking's time is held; null unless `status` is "pending". */
  readonly heldUntil: Instant | null;
  /** Until when the guest may still move or cancel; null when that time has passed or nothing can change. */
  readonly changeableUntil: Instant | null;
  readonly cancelReason: string | null;
  /** Until when a cancellation by this guest can be taken back. */
  readonly undoableUntil: Instant | null;
  /** Raised by one with each move or cancellation; sent back with a change (optimistic lock). */
  readonly version: number;
  readonly calendarFileUrl: string | null;
  readonly googleUrl: string | null;
  readonly outlookUrl: string | null;
};

export type AnswerProblem =
  | "required"
  | "too-long"
  | "not-a-phone"
  | "not-an-option"
  | "control-characters";

export type BookingRefusal =
  | "slot-taken"
  | "slot-passed"
  | "slot-closed"
  | "too-soon"
  | "too-far"
  | "limit-reached"
  | "link-absent"
  | "link-inactive"
  | "link-expired"
  | "link-used-up"
  | "too-many-guests"
  /** The link does not offer this length, or this place. */
  | "no-such-duration"
  | "no-such-place"
  /** A seat is left for some of the party, not for all. */
  | "too-few-seats"
  /** An answer is missing or does not fit its question; `fields` says which. */
  | "answers-incomplete"
  | "too-many-requests"
  | "key-reused"
  | "not-changeable"
  | "changed-meanwhile";

/** A booking that could not be made: why, and what is free instead. */
export type BookingRefused = {
  readonly reason: BookingRefusal;
  /** The next free starts, at most three, nearest the wanted one first. */
  readonly nextStarts: readonly Instant[];
  /** Question keys, `place` or `placeAnswer`, each with what is wrong; only with `answers-incomplete`. */
  readonly fields?: Readonly<Record<string, AnswerProblem>>;
  /** Seconds until another try is accepted; only with `too-many-requests`. */
  readonly retryAfterSeconds?: number;
};
