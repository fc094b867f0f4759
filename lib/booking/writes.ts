import type { Transaction } from "@/lib/db/client";
import type { TableRows } from "@/lib/db/rows";
import { bytesText, momentText } from "@/lib/db/rows";
import type { Attendee, Meeting } from "@/lib/meetings/core/meeting";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { LinkSnapshot } from "./core/snapshot";
import type { StoredAnswer } from "./reads";
import { findAnswer } from "./reads";

/** Rows of people who take part, with what the guests among them answered and where they came from. */
export function attendeeRows(
  meeting: Pick<Meeting, "workspaceId" | "id">,
  attendees: readonly Attendee[],
  about: { readonly guestTokenHash: Buffer | null; readonly source?: object | undefined },
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
  guestTokenHash: Buffer | null,
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
        room_id: meeting.room?.id ?? null,
        subject: meeting.subject,
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
  ...attendeeRows(meeting, meeting.attendees, { guestTokenHash, source }),
];

/** Takes seats of a shared meeting; false when there are fewer left. */
export async function takeSeats(
  tx: Transaction,
  meeting: Pick<Meeting, "workspaceId" | "id">,
  count: number,
  now: Instant,
): Promise<boolean> {
  const taken = await tx.$executeRaw`
    UPDATE meeting SET seats_taken = seats_taken + ${count}::integer, version = version + 1,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND id = ${meeting.id}::uuid
      AND state = 'confirmed' AND seats_taken + ${count}::integer <= seats`;
  return taken === 1;
}

/** Gives a guest's seats back: theirs and those of whoever they brought. How many there were; 0 when already left. */
export async function leaveSeats(
  tx: Transaction,
  meeting: Pick<Meeting, "workspaceId" | "id">,
  guestId: string,
  now: Instant,
): Promise<number> {
  const left = await tx.$executeRaw`
    UPDATE attendee SET left_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND (id = ${guestId}::uuid OR guest_of = ${guestId}::uuid) AND left_at IS NULL`;
  await tx.$executeRaw`
    UPDATE meeting SET seats_taken = seats_taken - ${left}::integer, version = version + 1,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND id = ${meeting.id}::uuid`;
  return left;
}

/** Takes the seats of a guest who left a moment ago again. How many there are; 0 when they had not left. */
export async function rejoinSeats(
  tx: Transaction,
  meeting: Pick<Meeting, "workspaceId" | "id">,
  guestId: string,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE attendee SET left_at = NULL
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND (id = ${guestId}::uuid OR guest_of = ${guestId}::uuid) AND left_at IS NOT NULL`;
}

/**
 * Takes an idempotency key within the booking's own transaction, or says what it was used for. A second request
 * with the same key waits here until the first has committed or rolled back.
 */
export async function takeKey(
  tx: Transaction,
  link: Pick<LinkSnapshot, "workspaceId" | "linkId">,
  key: string,
  bodyHash: Buffer,
): Promise<"taken" | "other-body" | StoredAnswer> {
  const scope = `booking:${link.linkId}`;
  const inserted = await tx.$executeRaw`
    INSERT INTO idempotency_key (workspace_id, scope, key, body_hash)
    VALUES (${link.workspaceId}::uuid, ${scope}, ${key}, ${bodyHash})
    ON CONFLICT DO NOTHING`;
  if (inserted === 1) return "taken";
  return (await findAnswer(tx, link, key, bodyHash)) ?? "taken";
}

export async function keepAnswer(
  tx: Transaction,
  link: Pick<LinkSnapshot, "workspaceId" | "linkId">,
  key: string,
  answer: StoredAnswer,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE idempotency_key SET status = 201, answer = ${Buffer.from(JSON.stringify(answer))}
    WHERE workspace_id = ${link.workspaceId}::uuid AND scope = ${`booking:${link.linkId}`} AND key = ${key}`;
}

/** Counts one use of a link that may be used a limited number of times; false when it was used up meanwhile. */
export async function countUse(tx: Transaction, link: LinkSnapshot): Promise<boolean> {
  if (link.maxUses === null) return true;
  const used = await tx.$executeRaw`
    UPDATE booking_link SET uses = uses + 1
    WHERE workspace_id = ${link.workspaceId}::uuid AND id = ${link.linkId}::uuid AND uses < max_uses`;
  return used === 1;
}
