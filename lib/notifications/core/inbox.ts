import type { Instant } from "@/lib/time/instant";

export const noticeKinds = [
  "requested",
  "booked",
  "confirmed",
  "declined",
  "moved",
  "cancelled",
  "restored",
  "joined",
  "left",
  "expired",
  "mail-failed",
  "webhook-stopped",
  "updated",
  "no-show",
  "proposed",
  "proposal-declined",
  "answered",
  "reminder",
  "room-asked",
  "room-declined",
  "room-released",
  "online-failed",
  "link-ready",
  "summary-ready",
  "invited",
  "removed",
  "deal-assigned",
  "deal-mentioned",
  "deal-moved",
  "deal-won",
  "deal-lost",
  "activity-due",
  "answer-overdue",
  "import-ended",
  "figures-drifted",
] as const;

export type NoticeKind = (typeof noticeKinds)[number];

/** One line of somebody's inbox. */
export type InboxEntry = {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly detail: string | null;
  readonly meetingId: string | null;
  readonly leadId: string | null;
  readonly at: Instant;
  readonly read: boolean;
};
