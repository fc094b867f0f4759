import { MINUTE_MS } from "@/lib/time/instant";
import type { Meeting } from "./meeting";

/** How long a cancellation can be taken back. Mails wait a little longer, for an undo sent at the last moment. */
export const UNDO_SECONDS = 8;

/** The moment (epoch ms) after which a guest can no longer move or cancel by the link. */
export const changeableUntil = (meeting: Meeting): number =>
  meeting.start - (meeting.link?.changeDeadlineMinutes ?? 0) * MINUTE_MS;

/** Until when (epoch ms) a cancellation can be taken back; null when there is none to take back. */
export const undoableUntil = (meeting: Meeting): number | null =>
  meeting.state === "cancelled" && !meeting.declined && meeting.cancelledAt !== null
    ? meeting.cancelledAt + UNDO_SECONDS * 1_000
    : null;
