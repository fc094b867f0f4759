import type { MeetingId, UserId } from "@/lib/ids";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import type { Instant } from "@/lib/time/instant";
import { parseInstant } from "@/lib/time/instant";

/** For tests of what screens make of rows. Throws on a wall time without an offset. */
export function instant(text: string): Instant {
  const moment = parseInstant(text);
  if (moment === undefined) throw new Error(`not an instant: ${text}`);
  return moment;
}

/** A confirmed meeting with a guest between two ISO instants; what matters to the test is overridden. */
export const meetingRow = (
  id: string,
  start: string,
  end: string,
  rest: Partial<MeetingRow> = {},
): MeetingRow => ({
  id: id as MeetingId,
  subject: id,
  status: "confirmed",
  start: instant(start),
  end: instant(end),
  hostId: "host" as UserId,
  hostName: "Mei Tan",
  guestNames: ["Lukas Brandt"],
  guestZone: null,
  place: null,
  joinUrl: null,
  holdExpiresAt: null,
  kind: "guests",
  ...rest,
});
