import type { NoticeKind } from "@/lib/notifications/core/inbox";
import type { MailEvent } from "./mail-events";
import type { PlannedMail } from "./mail-plan";
import type { Meeting } from "./meeting";

/** One line of an inbox, before it is a row. */
type Told = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly meetingId: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly detail: string | null;
};

/** What an event is called in the inbox of whoever takes part; events that are absent are only mailed. */
const KINDS: Partial<Record<MailEvent, NoticeKind>> = {
  confirmed: "invited",
  declined: "declined",
  moved: "moved",
  updated: "updated",
  cancelled: "cancelled",
  removed: "removed",
  expired: "expired",
  "link-ready": "link-ready",
  reminder: "reminder",
  "summary-ready": "summary-ready",
  proposed: "proposed",
  answered: "answered",
  "room-declined": "room-declined",
  "online-failed": "online-failed",
};

/** A host knows of their own confirmation; what else they are told of it is said by who caused it. */
const NOT_TO_HOST: readonly MailEvent[] = ["confirmed"];

/**
 * The same as these mails say, for the inboxes of those readers who have one. Nobody is told of their own act, and
 * nobody in `told`, who is told of it already in other words.
 */
export const noticesFor = (
  meeting: Pick<Meeting, "workspaceId" | "id" | "subject">,
  mails: readonly Pick<PlannedMail, "attendee" | "event">[],
  {
    by,
    detail,
    told = [],
  }: {
    readonly by: string | null;
    readonly detail: string | null;
    readonly told?: readonly string[];
  },
): Told[] =>
  mails.flatMap(({ attendee, event }): Told[] => {
    const { userId } = attendee;
    const kind = KINDS[event];
    if (userId === null || kind === undefined) return [];
    if (userId === by || told.includes(userId)) return [];
    if (attendee.kind === "host" && NOT_TO_HOST.includes(event)) return [];
    return [
      {
        workspaceId: meeting.workspaceId,
        userId,
        meetingId: meeting.id,
        kind,
        title: meeting.subject,
        detail: detail === null ? null : detail.slice(0, 300),
      },
    ];
  });
