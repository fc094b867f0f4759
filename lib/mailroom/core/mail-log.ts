import type { Instant } from "@/lib/time/instant";

export const MAIL_LOG_STATES = ["trouble", "waiting", "sent", "all"] as const;
export type MailLogState = (typeof MAIL_LOG_STATES)[number];

/** One mail of the log: how it fared, and nothing of what it says. */
export type MailLogLine = {
  readonly id: string;
  readonly meetingId: string | null;
  readonly event: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly state: "queued" | "sending" | "sent" | "bounced" | "failed" | "suppressed";
  readonly attempts: number;
  readonly error: string | null;
  readonly at: Instant;
  readonly deliveredAt: Instant | null;
};

/** How many mails of the last seven days are in which state, and how long the oldest has waited. */
export type MailSummary = {
  readonly waiting: number;
  readonly sent: number;
  readonly delivered: number;
  readonly bounced: number;
  readonly failed: number;
  readonly suppressed: number;
  readonly oldestWaiting: Instant | null;
};

/** How mail leaves and comes back, as this installation is set up. */
export type MailWays = {
  readonly out: "smtp" | "resend" | "mailbox";
  /** The address calendars answer to; null when none is set. */
  readonly inbound: string | null;
  readonly deliveryEvents: boolean;
};

/** An address that takes no mail, since when and why. */
export type Suppression = {
  readonly email: string;
  readonly reason: string;
  readonly since: Instant;
};
