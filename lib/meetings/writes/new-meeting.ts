import type { TableRows } from "@/lib/db/rows";
import { bytesText, momentText } from "@/lib/db/rows";
import { instantOf, toIso } from "@/lib/time/instant";
import type { Attendee, Meeting } from "../core/meeting";
import { roomRows } from "../writes";

/** Rows of people who take part, with what the guests among them answered and where they came from. */
export function attendeeRows(
  meeting: Pick<Meeting, "workspaceId" | "id" | "start">,
  attendees: readonly Attendee[],
  about: { readonly guestTokenHash: Buffer | null; readonly source?: object | undefined } = {
    guestTokenHash: null,
  },
): TableRows[] {
  return [
    {
      table: "attendee",
      rows: attendees.map((attendee) => ({
        workspace_id: meeting.workspaceId,
        id: attendee.id,
        meeting_id: meeting.id,
        kind: attendee.kind,
        user_id: attendee.userId,
        name: attendee.name,
        email: attendee.email,
        zone: attendee.zone,
        locale: attendee.locale,
        required: attendee.required,
        answer: attendee.answer.replace("-", "_"),
        guest_of: attendee.guestOf,
        co_host: attendee.coHost,
        starts_at: attendee.userId === null ? null : toIso(instantOf(meeting.start)),
        source: attendee.kind === "guest" ? (about.source ?? {}) : {},
        manage_token_hash:
          attendee.kind === "guest" && about.guestTokenHash !== null
            ? bytesText(about.guestTokenHash)
            : null,
      })),
    },
    {
      table: "question_answer",
      rows: attendees.flatMap((attendee) =>
        attendee.answers.map(({ key, kind, label, value }, position) => ({
          workspace_id: meeting.workspaceId,
          attendee_id: attendee.id,
          position,
          key,
          kind,
          label,
          value,
        })),
      ),
    },
  ];
}

/** The rows of a new meeting and of everybody in it. `guestTokenHash` is what is stored of the guest's capability. */
export const meetingRows = (
  meeting: Meeting,
  guestTokenHash: Buffer | null = null,
  source?: object,
): TableRows[] => [
  {
    table: "meeting",
    rows: [
      {
        workspace_id: meeting.workspaceId,
        id: meeting.id,
        link_id: meeting.link?.id ?? null,
        host_id: meeting.hostId,
        creator_id: meeting.creatorId,
        subject: meeting.subject,
        agenda: meeting.agenda,
        virtual_room_id: meeting.virtualRoom?.id ?? null,
        seat_resource_id: meeting.seatResourceId,
        online_id: meeting.online?.id ?? null,
        reminder_minutes: meeting.reminderMinutes,
        shares_list: meeting.sharesList,
        series_id: meeting.series?.id ?? null,
        recurrence_start: momentText(
          meeting.series === null ? null : instantOf(meeting.series.recurrenceStart),
        ),
        detached: meeting.series?.detached ?? false,
        note: meeting.note,
        state: meeting.state,
        declined: meeting.declined,
        visibility: meeting.visibility,
        starts_at: toIso(instantOf(meeting.start)),
        ends_at: toIso(instantOf(meeting.end)),
        buffer_before_minutes: meeting.bufferBeforeMinutes,
        buffer_after_minutes: meeting.bufferAfterMinutes,
        hold_expires_at: momentText(
          meeting.holdExpiresAt === null ? null : instantOf(meeting.holdExpiresAt),
        ),
        place_kind: meeting.placeKind,
        place_label: meeting.placeLabel,
        place_detail: meeting.placeDetail,
        join_url: meeting.joinUrl,
        seats: meeting.seats,
        seats_taken: meeting.seatsTaken,
        uid: meeting.uid,
        sequence: meeting.sequence,
        version: meeting.version,
        created_at: toIso(instantOf(meeting.createdAt)),
        updated_at: toIso(instantOf(meeting.createdAt)),
      },
    ],
  },
  roomRows(meeting, meeting.rooms),
  {
    table: "meeting_attachment",
    rows: meeting.attachments.map(({ title, url }, position) => ({
      workspace_id: meeting.workspaceId,
      meeting_id: meeting.id,
      position,
      title,
      url,
    })),
  },
  ...attendeeRows(meeting, meeting.attendees, { guestTokenHash, source }),
];
