import { instantOf } from "@/lib/time/instant";
import type { Meeting } from "./meeting";
import { kindOf, statusOf } from "./meeting";
import type { MeetingRow } from "./meeting-view";

/** A whole meeting as one line of a list. */
export function rowOf(meeting: Meeting): MeetingRow & { readonly version: number } {
  const guests = meeting.attendees.filter(({ kind }) => kind === "guest" || kind === "extra_guest");
  return {
    id: meeting.id,
    subject: meeting.subject,
    status: statusOf(meeting),
    start: instantOf(meeting.start),
    end: instantOf(meeting.end),
    hostId: meeting.hostId,
    hostName: meeting.hostName,
    guestNames: guests.map(({ name }) => name),
    guestZone: guests[0]?.zone ?? null,
    place: [meeting.placeLabel, meeting.placeDetail].filter(Boolean).join(", ") || null,
    joinUrl: meeting.joinUrl,
    holdExpiresAt: meeting.holdExpiresAt === null ? null : instantOf(meeting.holdExpiresAt),
    kind: kindOf(meeting.visibility, guests.length),
    version: meeting.version,
  };
}
