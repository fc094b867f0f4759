import type { Actor } from "@/lib/access/actor";
import type { Meeting } from "@/lib/meetings/core/meeting";

/** The guest who holds the capability for this meeting, and nothing else. */
export const guestActor = (meeting: Meeting, attendeeId: string): Actor => ({
  kind: "guest",
  workspaceId: meeting.workspaceId,
  meetingId: meeting.id,
  name: meeting.attendees.find(({ id }) => id === attendeeId)?.name ?? "",
});
