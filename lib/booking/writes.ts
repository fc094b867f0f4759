import type { Db, Transaction } from "@/lib/db/client";
import { momentText } from "@/lib/db/rows";
import type { Meeting } from "@/lib/meetings/core/meeting";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { LinkSnapshot } from "./core/snapshot";
import type { WaitingGuest } from "./core/waiting";
import type { StoredAnswer } from "./reads";
import { findAnswer } from "./reads";

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

/** Nobody would be left: it is the meeting that has to be cancelled. */
export class LastToLeave extends Error {}

/**
 * Gives a party's seats back: theirs and those of whoever they brought. False when they had left already. Throws
 * LastToLeave, which must roll the transaction back, when no other guest remains.
 */
export async function leaveSeats(
  tx: Transaction,
  meeting: Pick<Meeting, "workspaceId" | "id">,
  guestId: string,
  now: Instant,
): Promise<boolean> {
  // Everybody who comes or goes passes this row, so what is counted below stays true until the commit.
  await tx.$queryRaw`
    SELECT 1 FROM meeting WHERE workspace_id = ${meeting.workspaceId}::uuid AND id = ${meeting.id}::uuid
    FOR NO KEY UPDATE`;
  const left = await tx.$executeRaw`
    UPDATE attendee SET left_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND (id = ${guestId}::uuid OR guest_of = ${guestId}::uuid) AND left_at IS NULL`;
  if (left === 0) return false;
  const counted = await tx.$executeRaw`
    UPDATE meeting SET seats_taken = seats_taken - ${left}::integer, version = version + 1,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND id = ${meeting.id}::uuid
      AND state = 'confirmed' AND seats_taken > ${left}::integer`;
  if (counted === 0) throw new LastToLeave();
  return true;
}

/** Mails to these people that still wait are never sent. */
export async function holdBackMailsTo(
  tx: Transaction,
  meeting: Pick<Meeting, "workspaceId" | "id">,
  attendeeIds: readonly string[],
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE mail_message SET state = 'suppressed', last_error = 'taken back', updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND meeting_id = ${meeting.id}::uuid
      AND attendee_id = ANY(${[...attendeeIds]}::uuid[]) AND event = 'cancelled' AND state = 'queued'`;
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

/** Puts a guest on the list of a link; false when they wait there already. */
export async function insertWaiting(
  tx: Transaction,
  link: Pick<LinkSnapshot, "workspaceId" | "linkId">,
  guest: Omit<WaitingGuest, "toldAt" | "toldStart">,
  now: Instant,
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO waiting_guest (workspace_id, id, link_id, name, email, zone, locale, duration_minutes, token_hash, created_at)
    VALUES (${link.workspaceId}::uuid, ${guest.id}::uuid, ${link.linkId}::uuid, ${guest.name}, ${guest.email},
      ${guest.zone}, ${guest.locale}, ${guest.durationMinutes}::integer, ${guest.tokenHash}, ${toIso(now)}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/** Remembers what a waiting guest was told of; false when they left the list or were told by another worker. */
export async function markTold(
  tx: Transaction,
  workspaceId: string,
  {
    id,
    start,
    toldAt,
  }: { readonly id: string; readonly start: Instant; readonly toldAt: Instant | null },
  now: Instant,
): Promise<boolean> {
  const marked = await tx.$executeRaw`
    UPDATE waiting_guest SET told_at = ${toIso(now)}::timestamptz, told_start = ${toIso(start)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid AND ended_at IS NULL
      AND told_at IS NOT DISTINCT FROM ${momentText(toldAt)}::timestamptz`;
  return marked === 1;
}

/** Takes somebody off the list of a link: by their own capability, or because they booked. */
export async function endWaiting(
  db: Db,
  who: { readonly tokenHash: Buffer } | { readonly linkId: string; readonly email: string },
  now: Instant,
): Promise<void> {
  await ("tokenHash" in who
    ? db.$executeRaw`
        UPDATE waiting_guest SET ended_at = ${toIso(now)}::timestamptz
        WHERE token_hash = ${who.tokenHash} AND ended_at IS NULL`
    : db.$executeRaw`
        UPDATE waiting_guest SET ended_at = ${toIso(now)}::timestamptz
        WHERE link_id = ${who.linkId}::uuid AND email = ${who.email} AND ended_at IS NULL`);
}
