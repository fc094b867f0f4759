import type { MailAnswer } from "@/lib/meetings/core/mail-events";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

/** An invitation as its reader sees it before they answer; times in the reader's own zone. */
export type InvitationView = {
  readonly state: "asks" | "over" | "cancelled" | "draft";
  readonly workspaceName: string;
  readonly topic: string;
  readonly host: string;
  readonly start: Instant;
  readonly end: Instant;
  readonly zone: TimeZone;
  readonly hourCycle: 12 | 24;
  readonly place: string | null;
  readonly answer: MailAnswer | null;
  readonly note: string;
};
