import type { MeetingId, WorkspaceId } from "@/lib/ids";
import type { CalendarFileOf } from "@/lib/mail/calendar-link";
import type { Deps } from "@/lib/runtime";
import { mailsFor } from "../core/mail-plan";
import { organizerFor } from "../handlers/mail-addresses";
import { renderMeetingMail } from "../mails/render-meeting-mail";
import { findMeeting } from "../reads/meeting";

/**
 * One reader's calendar file as the meeting stands now: what the invitation carried, or its latest revision.
 * Undefined while there is nothing settled to put into a calendar.
 */
export async function makeCalendarFile(
  { workspaceId, meetingId, attendeeId }: CalendarFileOf,
  deps: Pick<Deps, "db" | "now" | "senderAddress" | "keys" | "inboundAddress">,
): Promise<string | undefined> {
  const meeting = await findMeeting(deps.db, {
    workspaceId: workspaceId as WorkspaceId,
    id: meetingId as MeetingId,
  });
  if (meeting === undefined || meeting.state === "draft" || meeting.declined) return undefined;
  const event = meeting.state === "cancelled" ? "cancelled" : "confirmed";
  const mail = mailsFor(
    { ...meeting, invited: true },
    { event, at: deps.now(), senderAddress: deps.senderAddress },
  ).find(({ attendee }) => attendee.id === attendeeId);
  if (mail === undefined) return undefined;
  const { reader } = mail.facts;
  // The host gets no invitation by mail, but may want the file: they then stand in it as somebody who comes.
  const role = reader.role === "host" ? "attendee" : reader.role;
  const { ics } = await renderMeetingMail({
    ...mail.facts,
    reader: { ...reader, role },
    // The file is the invitation's own: a calendar takes an update only from the organizer it knows.
    ...(meeting.series === null
      ? organizerFor(deps, { uid: mail.facts.meeting.uid, email: reader.email })
      : {}),
  });
  return ics?.content;
}
