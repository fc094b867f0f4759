import type { ReceivedMeeting } from "@/lib/crm/core/received-meeting";
import { instantOf } from "@/lib/time/instant";
import type { Meeting } from "./meeting";

/** A meeting as sales hear of it. A private one keeps its subject to itself. */
export const receivedOf = (meeting: Meeting): Omit<ReceivedMeeting, "guest" | "booking"> => ({
  workspaceId: meeting.workspaceId,
  meetingId: meeting.id,
  subject: meeting.visibility === "private" ? "Meeting" : meeting.subject,
  state: meeting.state,
  hostId: meeting.hostId,
  start: instantOf(meeting.start),
  end: instantOf(meeting.end),
  createdAt: instantOf(meeting.createdAt),
});
