import type { MeetingId, UserId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

/** What the screens call a meeting's state. `pending` is a booking that waits for its host's answer. */
export type MeetingStatus =
  | "pending"
  | "draft"
  | "confirmed"
  | "done"
  | "no-show"
  | "cancelled"
  | "declined";

/** One line of a list, a block of the week. */
export type MeetingRow = {
  readonly id: MeetingId;
  readonly subject: string;
  readonly status: MeetingStatus;
  readonly start: Instant;
  readonly end: Instant;
  readonly hostId: UserId;
  readonly hostName: string;
  readonly guestNames: readonly string[];
  /** Zone of the first guest, whose local time is shown beside the reader's. */
  readonly guestZone: TimeZone | null;
  readonly place: string | null;
  readonly joinUrl: string | null;
  /** When the hold of a pending booking ends. */
  readonly holdExpiresAt: Instant | null;
  readonly kind: "guests" | "colleagues" | "private";
};

export type AttendeeAnswer = "needs-action" | "accepted" | "declined" | "tentative";

export type MeetingPerson = {
  readonly name: string;
  readonly email: string;
  readonly role: "host" | "attendee" | "guest" | "extra-guest";
  readonly zone: TimeZone;
  readonly answer: AttendeeAnswer;
  readonly note: string | null;
  /** What a guest answered when booking, with each question as it was asked. */
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
};

export type MailState = "queued" | "sending" | "sent" | "bounced" | "failed" | "suppressed";

export type MailDelivery = {
  readonly id: string;
  readonly event: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly state: MailState;
  readonly at: Instant;
  readonly attempts: number;
  readonly error: string | null;
};

/** One entry of the timeline: who did what, when; `override` marks a manager acting for the host. */
export type MeetingHistoryEntry = {
  readonly at: Instant;
  readonly actorName: string;
  readonly kind:
    | "requested"
    | "drafted"
    | "edited"
    | "reopened"
    | "done"
    | "no-show"
    | "booked"
    | "confirmed"
    | "declined"
    | "moved"
    | "cancelled"
    | "restored"
    | "handed-over"
    | "joined"
    | "left"
    | "expired"
    | "mail-resent"
    | "answer-accepted"
    | "answer-tentative"
    | "answer-declined"
    | "online-ready"
    | "online-failed"
    | "online-retried"
    | "minutes-written"
    | "summary-arrived"
    | "room-approved"
    | "room-declined"
    | "room-released"
    | "room-checked-in"
    | "room-ended"
    | "room-extended";
  readonly override: boolean;
  readonly reason: string | null;
  readonly previousStart: Instant | null;
  readonly previousEnd: Instant | null;
  readonly start: Instant | null;
  readonly end: Instant | null;
};

/** What this reader may do with this meeting, decided by the policy. */
export type MeetingPermission =
  | "meeting.confirm"
  | "meeting.decline"
  | "meeting.cancel"
  | "meeting.resend";

export type MeetingDetail = MeetingRow & {
  readonly version: number;
  readonly hostZone: TimeZone;
  readonly hostEmail: string;
  readonly linkName: string | null;
  readonly note: string | null;
  readonly cancelReason: string | null;
  readonly people: readonly MeetingPerson[];
  /** Of a meeting that several guests share: how many may come. */
  readonly seats: { readonly taken: number; readonly all: number } | null;
  readonly history: readonly MeetingHistoryEntry[];
  readonly mails: readonly MailDelivery[];
  readonly permitted: readonly MeetingPermission[];
  /** True when the reader may act only because they manage meetings; the act is logged as an override. */
  readonly actsAsOverride: boolean;
};
