import "server-only";
import type { MeetingId, WorkspaceId } from "@/lib/ids";
import { readAnswerLink } from "@/lib/mail/answer-link";
import type { Attendee, Meeting } from "@/lib/meetings/core/meeting";
import { findMeeting } from "@/lib/meetings/reads/meeting";
import { runtime } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { InvitationView } from "./core/invitation-view";

function stateOf(meeting: Meeting, now: Instant): InvitationView["state"] {
  if (meeting.state === "cancelled") return "cancelled";
  if (meeting.state !== "confirmed" && meeting.state !== "draft") return "over";
  if (meeting.end <= now) return "over";
  return meeting.state === "draft" ? "draft" : "asks";
}

const placeOf = ({ rooms, placeLabel, placeDetail }: Meeting): string | null =>
  rooms.map(({ name, location }) => `${name}, ${location}`).join("; ") ||
  [placeLabel, placeDetail].filter(Boolean).join(", ") ||
  null;

const viewOf = (meeting: Meeting, attendee: Attendee, now: Instant): InvitationView => ({
  state: stateOf(meeting, now),
  workspaceName: meeting.workspaceName,
  topic: meeting.subject,
  host: meeting.hostName,
  start: instantOf(meeting.start),
  end: instantOf(meeting.end),
  zone: attendee.zone,
  hourCycle: attendee.hourCycle ?? 24,
  place: placeOf(meeting),
  answer: attendee.answer === "needs-action" ? null : attendee.answer,
  note: attendee.answerNote ?? "",
});

/** The invitation a button of a mail leads to; undefined when the link opens none, or none any more. */
export async function loadInvitation(token: string): Promise<InvitationView | undefined> {
  const { db, keys, now } = runtime();
  const link = readAnswerLink(keys, token, now());
  if (link === undefined) return undefined;
  const meeting = await findMeeting(db, {
    workspaceId: link.workspaceId as WorkspaceId,
    id: link.meetingId as MeetingId,
  });
  const attendee = meeting?.attendees.find(({ id }) => id === link.attendeeId);
  if (meeting === undefined || attendee === undefined || attendee.kind === "host") return undefined;
  return viewOf(meeting, attendee, now());
}
