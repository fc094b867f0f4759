import { seal } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Db, Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { OnlineState } from "../core/online";
import type { OnlineMade } from "../core/provider";
import type { OnlineId } from "../reads/online";

/** An online meeting this worker may now ask its provider about, as it was when it was taken. */
export type TakenOnline = {
  readonly state: "wanted" | "unwanted";
  readonly wanted: number;
  readonly externalId: string | null;
  readonly joinUrl: string | null;
  /** This attempt included. */
  readonly attempts: number;
};

/**
 * Takes an online meeting until `until`, and counts the attempt before it is made: whoever finds it after a crash
 * knows that there was one. `busy`: another worker has it. Undefined: nothing is to be done.
 */
export async function takeOnline(
  db: Db,
  { workspaceId, onlineId }: OnlineId,
  now: Instant,
  until: Instant,
): Promise<TakenOnline | "busy" | undefined> {
  const taken = await db.$queryRaw<TakenOnline[]>`
    UPDATE online_meeting SET busy_until = ${toIso(until)}::timestamptz, attempts = attempts + 1,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${onlineId}::uuid
      AND (state = 'unwanted' OR (state = 'wanted' AND made < wanted))
      AND (busy_until IS NULL OR busy_until <= ${toIso(now)}::timestamptz)
    RETURNING state, wanted, external_id AS "externalId", join_url AS "joinUrl", attempts`;
  if (taken[0] !== undefined) return taken[0];
  const [left] = await db.$queryRaw<{ open: boolean }[]>`
    SELECT state = 'unwanted' OR (state = 'wanted' AND made < wanted) AS open FROM online_meeting
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${onlineId}::uuid`;
  return left?.open === true ? "busy" : undefined;
}

/** Meetings before the online meeting they come to: whoever changes a meeting locks in this order, too. */
export async function lockOnline(tx: Transaction, { workspaceId, onlineId }: OnlineId) {
  await tx.$queryRaw`
    SELECT id FROM meeting WHERE workspace_id = ${workspaceId}::uuid AND online_id = ${onlineId}::uuid
    ORDER BY id FOR NO KEY UPDATE`;
}

/** What stands once an attempt is over; `more` when something was wanted meanwhile. */
export type Settled = { readonly state: OnlineState; readonly more: boolean };

type SettledRow = { readonly state: OnlineState; readonly more: boolean };

/** The provider has it as it was wanted at `wanted`. What only its host may know is sealed. */
export async function markMade(
  tx: Transaction,
  { workspaceId, onlineId }: OnlineId,
  made: OnlineMade,
  { wanted, keys, now }: { readonly wanted: number; readonly keys: KeyRing; readonly now: Instant },
): Promise<Settled> {
  const { externalId, joinUrl, ...secret } = made;
  const place = { workspaceId, table: "online_meeting", column: "sealed", id: onlineId };
  const sealed = seal(keys, JSON.stringify(secret), place);
  const rows = await tx.$queryRaw<SettledRow[]>`
    UPDATE online_meeting SET external_id = ${externalId}, join_url = ${joinUrl}, sealed = ${sealed},
      made = greatest(made, ${wanted}::integer), attempts = 0, cause = NULL, busy_until = NULL,
      state = CASE WHEN state = 'wanted' AND wanted <= ${wanted}::integer THEN 'ready' ELSE state END,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${onlineId}::uuid
    RETURNING state, state IN ('wanted', 'unwanted') AS more`;
  return rows[0] ?? { state: "gone", more: false };
}

/** The provider has it no more. Wanted again meanwhile, it is made anew. */
export async function markRemoved(
  tx: Transaction,
  { workspaceId, onlineId }: OnlineId,
  now: Instant,
): Promise<Settled> {
  const rows = await tx.$queryRaw<SettledRow[]>`
    UPDATE online_meeting SET external_id = NULL, join_url = NULL, sealed = NULL, made = 0, cause = NULL,
      busy_until = NULL, state = CASE WHEN state = 'unwanted' THEN 'gone' ELSE state END,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${onlineId}::uuid
    RETURNING state, state = 'wanted' AS more`;
  return rows[0] ?? { state: "gone", more: false };
}

/** Not done: to be tried again, or given up until a person decides. What was taken back meanwhile is not given up. */
export async function markTrouble(
  tx: Transaction,
  { workspaceId, onlineId }: OnlineId,
  trouble: { readonly cause: string; readonly forGood: boolean; readonly wanted: number },
  now: Instant,
): Promise<Settled> {
  const rows = await tx.$queryRaw<SettledRow[]>`
    UPDATE online_meeting SET cause = ${trouble.cause.slice(0, 500)}, busy_until = NULL,
      state = CASE WHEN ${trouble.forGood} AND state = 'wanted' AND wanted = ${trouble.wanted}::integer
        THEN 'failed' ELSE state END,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${onlineId}::uuid
    RETURNING state, state IN ('wanted', 'unwanted') AS more`;
  return rows[0] ?? { state: "gone", more: false };
}

/** Somebody deleted it at the provider: what was made is forgotten, so that it is made anew. */
export async function markVanished(
  db: Db,
  { workspaceId, onlineId }: OnlineId,
  now: Instant,
): Promise<void> {
  await db.$executeRaw`
    UPDATE online_meeting SET external_id = NULL, made = 0, updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${onlineId}::uuid`;
}

/** What vanished at the provider is wished for again; false when it is no longer as it was found. */
export async function reviveOnline(
  tx: Transaction,
  { workspaceId, onlineId }: OnlineId,
  now: Instant,
): Promise<boolean> {
  const revived = await tx.$executeRaw`
    UPDATE online_meeting SET state = 'wanted', wanted = wanted + 1, made = 0, external_id = NULL, attempts = 1,
      updated_at = ${toIso(now)}::timestamptz
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${onlineId}::uuid AND state = 'ready'`;
  return revived === 1;
}
