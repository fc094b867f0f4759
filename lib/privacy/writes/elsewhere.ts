import { randomUUID } from "node:crypto";
import type { Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";

type Address = { readonly workspaceId: string; readonly email: string };

/** Whoever removes details of a workspace does so alone, until the transaction ends. */
export async function lockPrivacy(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('privacy:' || ${workspaceId}, 0))`;
}

/** Takes an address off every waiting list. Returns from how many. */
export const removeWaiting = (tx: Transaction, { workspaceId, email }: Address): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM waiting_guest WHERE workspace_id = ${workspaceId}::uuid AND email = ${email}`;

/** Removes who waited since before that moment. */
export const removeOldWaiting = (
  tx: Transaction,
  workspaceId: string,
  before: Instant,
): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM waiting_guest
     WHERE workspace_id = ${workspaceId}::uuid AND created_at < ${toIso(before)}::timestamptz`;

/** An address that refused mail is an address, too. */
export const removeSuppression = (
  tx: Transaction,
  { workspaceId, email }: Address,
): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM mail_suppression WHERE workspace_id = ${workspaceId}::uuid AND email = ${email}`;

/** Forgets what was answered to the requests that made these bookings, and the digest of what was sent. */
export const removeRequests = (
  tx: Transaction,
  workspaceId: string,
  attendeeIds: readonly string[],
): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM idempotency_key
     WHERE workspace_id = ${workspaceId}::uuid AND scope LIKE 'booking:%' AND answer IS NOT NULL
       AND convert_from(answer, 'UTF8')::jsonb->>'attendeeId' = ANY(${[...attendeeIds]})`;

/** Requests older than what is kept of the bookings they made. */
export const removeOldRequests = (
  tx: Transaction,
  workspaceId: string,
  before: Instant,
): Promise<number> =>
  tx.$executeRaw`
    DELETE FROM idempotency_key
     WHERE workspace_id = ${workspaceId}::uuid AND created_at < ${toIso(before)}::timestamptz`;

/** What of a meeting tells of its guests, when it is told outside. */
const GUESTLESS = JSON.stringify({ subject: "", guests: [], guestZone: null, place: null });

/**
 * Takes the guests of these meetings out of what was told of them outside, and of what is about to be: deliveries of
 * webhooks, and the changes they are made of.
 */
export async function emptyTold(
  tx: Transaction,
  workspaceId: string,
  meetingIds: readonly string[],
): Promise<void> {
  const ids = [...meetingIds];
  await tx.$executeRaw`
    UPDATE webhook_delivery
       SET payload = payload || jsonb_build_object(
             'actor', jsonb_build_object('name', ''), 'meeting', (payload->'meeting') || ${GUESTLESS}::jsonb)
     WHERE workspace_id = ${workspaceId}::uuid AND payload->'meeting'->>'id' = ANY(${ids})`;
  await tx.$executeRaw`
    UPDATE pgboss.job
       SET data = data || jsonb_build_object('actorName', '', 'snapshot', (data->'snapshot') || ${GUESTLESS}::jsonb)
     WHERE name = 'meetings.changed' AND data->>'meetingId' = ANY(${ids})`;
}

export type ErasureRow = {
  readonly workspaceId: string;
  readonly emailHash: Buffer | null;
  readonly reason: "request" | "retention";
  readonly counts: Readonly<Record<string, number>>;
  readonly byUserId: string | null;
  readonly at: Instant;
};

/** Remembers that something was removed: a keyed hash and counts, nobody's name. Returns its id. */
export async function insertErasure(tx: Transaction, row: ErasureRow): Promise<string> {
  const id = randomUUID();
  await tx.erasure.create({
    data: {
      ...row,
      id,
      counts: { ...row.counts },
      emailHash: row.emailHash === null ? null : new Uint8Array(row.emailHash),
      at: columnFromInstant(row.at),
    },
  });
  return id;
}
