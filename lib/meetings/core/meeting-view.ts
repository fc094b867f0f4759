import type { MeetingId, UserId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Difference } from "./differences";
import type { MeetingRoomState, MeetingSeries, OnlineMeeting, OnlineProvider } from "./meeting";
import type { ProposalView } from "./proposal";

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
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: "host" | "attendee" | "guest" | "extra-guest";
  readonly zone: TimeZone;
  readonly required: boolean;
  /** May do all that the host may. */
  readonly coHost: boolean;
  readonly answer: AttendeeAnswer;
  /** What they wrote with their answer. */
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
    | "proposed"
    | "proposal-accepted"
    | "proposal-declined"
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
  /** What differs since, in names; empty where nothing but the state or the time does. */
  readonly changes: readonly Difference[];
  /** Whom it is about: whose proposal was taken. */
  readonly about: string | null;
};

/** What this reader may do with this meeting as it is now: the policy's word, and the state's. */
export type MeetingPermission =
  | "meeting.confirm"
  | "meeting.decline"
  | "meeting.edit"
  | "meeting.cancel"
  | "meeting.close"
  | "meeting.reopen"
  | "meeting.resend"
  | "meeting.answer"
  | "meeting.propose"
  | "meeting.decide"
  | "meeting.retry-online";

/** A room of the meeting, as it stands. */
export type RoomOfMeeting = {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly zone: TimeZone;
  readonly state: MeetingRoomState;
  readonly checkIn: boolean;
  readonly checkedInAt: Instant | null;
  /** Whether this reader can say now that somebody has come. */
  readonly mayCheckIn: boolean;
};

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
  readonly rooms: readonly RoomOfMeeting[];
  /** The virtual room, and how far its meeting is: made, waited for, or failed for a reason. */
  readonly online: {
    readonly name: string;
    readonly provider: OnlineProvider;
    readonly state: OnlineMeeting["state"] | null;
    readonly cause: string | null;
  } | null;
  readonly agenda: string | null;
  readonly attachments: readonly { readonly title: string; readonly url: string }[];
  readonly visibility: "public" | "private";
  /** How it repeats, when it is a date of a series. */
  readonly series: Pick<MeetingSeries, "rule" | "zone" | "detached"> | null;
  /** Other times that were proposed and wait for an answer. */
  readonly proposals: readonly ProposalView[];
  /** The reader's own part in it; null for those who do not take part, and for its host. */
  readonly own: {
    readonly attendeeId: string;
    readonly answer: AttendeeAnswer;
    readonly note: string | null;
  } | null;
  readonly permitted: readonly MeetingPermission[];
  /** True when the reader may act only because they manage meetings; the act is logged as an override. */
  readonly actsAsOverride: boolean;
};
