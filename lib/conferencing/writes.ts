import type { PgBoss } from "pg-boss";
import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/queue";
import type { Instant } from "@/lib/time/instant";
import { instantOf, toIso } from "@/lib/time/instant";
import type { OnlineSubject, OnlineSummary } from "./core/online";
import { differsOnline, isHeldOnline, isRemote, jitsiName, PUBLIC_JITSI } from "./core/online";
import { syncOnline } from "./jobs";

/** What people may be told of the online meeting once the change stands. */
export type OnlineNow = {
  /** Null while the provider has not answered yet. */
  readonly joinUrl: string | null;
  readonly online: OnlineSummary | null;
};

type Circumstances = {
  readonly queue: PgBoss;
  readonly at: Instant;
  /** The meeting before the change; absent when it is new. */
  readonly before?: OnlineSubject | undefined;
  /** How long a deletion waits, because it may be taken back. */
  readonly graceSeconds?: number | undefined;
};

type Row = OnlineSummary & {
  readonly virtualRoomId: string;
  readonly provider: string;
  readonly joinUrl: string | null;
  readonly busy: boolean;
  /** It is held by whoever has the meeting's seat; true, too, when there is no seat. */
  readonly ours: boolean;
};

const nowOf = ({ id, state, cause, joinUrl }: Row): OnlineNow => ({
  joinUrl,
  online: { id, state, cause },
});

const NOTHING: OnlineNow = { joinUrl: null, online: null };

/** The row of this meeting and those its series has in the same virtual room; its own first. Locked in one order. */
async function listRows(
  tx: Transaction,
  meeting: OnlineSubject,
  at: Instant,
): Promise<readonly Row[]> {
  const own = meeting.online?.id ?? null;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT o.id, o.state, o.cause, o.virtual_room_id AS "virtualRoomId", o.provider::text,
      o.join_url AS "joinUrl", coalesce(o.busy_until > ${toIso(at)}::timestamptz, false) AS busy,
      coalesce(o.account_id = (SELECT s.account_id FROM virtual_seat s
        WHERE s.workspace_id = o.workspace_id AND s.resource_id = ${meeting.seatResourceId}::uuid), true) AS ours
    FROM online_meeting o
    WHERE o.workspace_id = ${meeting.workspaceId}::uuid AND (
      o.id = ${own}::uuid
      OR o.id IN (SELECT m.online_id FROM meeting m
        WHERE m.workspace_id = ${meeting.workspaceId}::uuid AND m.series_id = ${meeting.series?.id ?? null}::uuid
          AND m.virtual_room_id = ${meeting.virtualRoom?.id ?? null}::uuid AND m.online_id IS NOT NULL
          AND m.state <> 'cancelled'))
    ORDER BY o.id
    FOR NO KEY UPDATE OF o`;
  return rows.toSorted((one, other) => Number(other.id === own) - Number(one.id === own));
}

const order = (meeting: Pick<OnlineSubject, "workspaceId">, onlineId: string, from?: Instant) => ({
  payload: { workspaceId: meeting.workspaceId, onlineId },
  ...(from === undefined ? {} : { notBefore: from }),
});

/** A meeting keeps the name of what it had, so that taking a cancellation back finds it. */
async function join(tx: Transaction, meeting: OnlineSubject, row: Row | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE meeting SET online_id = ${row?.id ?? null}::uuid, join_url = ${row?.joinUrl ?? null}
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND id = ${meeting.id}::uuid
      AND (online_id IS DISTINCT FROM ${row?.id ?? null}::uuid OR join_url IS DISTINCT FROM ${row?.joinUrl ?? null})`;
}

/** Nobody comes to it any more, unless another meeting still uses it. Addresses without a server end at once. */
async function leave(
  tx: Transaction,
  meeting: OnlineSubject,
  row: Row,
  { queue, at, graceSeconds = 0 }: Circumstances,
): Promise<void> {
  const left = await tx.$executeRaw`
    UPDATE online_meeting o SET
      state = ${isRemote(row.provider) ? "unwanted" : "gone"}, cause = NULL,
      attempts = CASE WHEN external_id IS NULL THEN attempts ELSE 0 END, updated_at = ${toIso(at)}::timestamptz
    WHERE o.workspace_id = ${meeting.workspaceId}::uuid AND o.id = ${row.id}::uuid
      AND o.state NOT IN ('unwanted', 'gone')
      AND NOT EXISTS (SELECT 1 FROM meeting m
        WHERE m.workspace_id = o.workspace_id AND m.online_id = o.id AND m.id <> ${meeting.id}::uuid
          AND m.state IN ('confirmed', 'done', 'no_show'))`;
  if (left === 0 || !isRemote(row.provider)) return;
  await enqueue(queue, tx, syncOnline, [
    order(meeting, row.id, instantOf(at + graceSeconds * 1_000)),
  ]);
}

async function insertOnline(
  tx: Transaction,
  meeting: OnlineSubject,
  room: NonNullable<OnlineSubject["virtualRoom"]>,
  { queue, at }: Circumstances,
): Promise<Row> {
  const id = newId();
  const remote = isRemote(room.provider);
  // The seat decides whose meeting it is; a room without seats has the first account do it, where it has any.
  const rows = await tx.$queryRaw<{ joinUrl: string | null }[]>`
    INSERT INTO online_meeting (workspace_id, id, virtual_room_id, account_id, provider, state, wanted, made,
      join_url, created_at, updated_at)
    SELECT v.workspace_id, ${id}::uuid, v.id,
      coalesce(
        (SELECT s.account_id FROM virtual_seat s
          WHERE s.workspace_id = v.workspace_id AND s.resource_id = ${meeting.seatResourceId}::uuid),
        (SELECT a.id FROM virtual_account a
          WHERE a.workspace_id = v.workspace_id AND a.virtual_room_id = v.id AND a.active
          ORDER BY a.position, a.id LIMIT 1)),
      v.provider, ${remote ? "wanted" : "ready"}, 1, ${remote ? 0 : 1},
      CASE v.provider
        WHEN 'link' THEN v.address
        WHEN 'jitsi' THEN coalesce(rtrim(v.address, '/'), ${PUBLIC_JITSI}) || '/' || ${jitsiName()}
      END,
      ${toIso(at)}::timestamptz, ${toIso(at)}::timestamptz
    FROM virtual_room v
    WHERE v.workspace_id = ${meeting.workspaceId}::uuid AND v.id = ${room.id}::uuid
    RETURNING join_url AS "joinUrl"`;
  const [made] = rows;
  if (made === undefined) throw new Error(`no virtual room ${room.id}`);
  if (remote) await enqueue(queue, tx, syncOnline, [order(meeting, id)]);
  return {
    id,
    state: remote ? "wanted" : "ready",
    cause: null,
    virtualRoomId: room.id,
    provider: room.provider,
    joinUrl: made.joinUrl,
    busy: false,
    ours: true,
  };
}

/** Asks for the meeting anew as it is now: after a change, a deletion that was taken back, or a failure. */
async function raise(
  tx: Transaction,
  meeting: OnlineSubject,
  row: Row,
  { queue, at }: Circumstances,
): Promise<Row> {
  const state = isRemote(row.provider) ? "wanted" : "ready";
  await tx.$executeRaw`
    UPDATE online_meeting SET state = ${state}, wanted = wanted + 1, cause = NULL,
      attempts = CASE WHEN external_id IS NULL THEN attempts ELSE 0 END, updated_at = ${toIso(at)}::timestamptz
    WHERE workspace_id = ${meeting.workspaceId}::uuid AND id = ${row.id}::uuid`;
  if (state === "wanted") await enqueue(queue, tx, syncOnline, [order(meeting, row.id)]);
  return { ...row, state, cause: null };
}

/** An online meeting that stands is asked for again only when its provider would have to hear of something. */
async function keep(
  tx: Transaction,
  meeting: OnlineSubject,
  row: Row,
  given: Circumstances,
): Promise<Row> {
  const joins = row.id !== meeting.online?.id && meeting.series !== null;
  const told = given.before === undefined ? !joins : differsOnline(given.before, meeting);
  const asks = told || row.state === "failed" || row.state === "unwanted";
  return asks ? raise(tx, meeting, row, given) : row;
}

/**
 * What was deleted, or is being deleted right now, has an address nobody can come back to; and whoever holds another
 * account's seat needs a meeting of that account.
 */
const isUsable = (row: Row, roomId: string): boolean =>
  row.virtualRoomId === roomId &&
  row.ours &&
  row.state !== "gone" &&
  !(row.state === "unwanted" && row.busy);

/**
 * Makes the online meeting follow a meeting, inside the transaction that changes it: asks for one, for a change or
 * for its deletion, and queues the call, which happens after the commit. Nothing here waits for a provider. Call it
 * after the meeting's row is written; it sets `online_id` and `join_url` there. Occurrences of a series share one.
 */
export async function wishOnline(
  tx: Transaction,
  meeting: OnlineSubject,
  given: Circumstances,
): Promise<OnlineNow> {
  if (meeting.virtualRoom === null && meeting.online === null) return NOTHING;
  const rows = await listRows(tx, meeting, given.at);
  const own = rows.find(({ id }) => id === meeting.online?.id);
  const room = meeting.virtualRoom;
  if (room === null || !isHeldOnline(meeting)) {
    if (own === undefined) return NOTHING;
    await leave(tx, meeting, own, given);
    await join(tx, meeting, room === null ? null : { ...own, joinUrl: null });
    return NOTHING;
  }
  const usable = rows.find((row) => isUsable(row, room.id));
  if (own !== undefined && own !== usable) await leave(tx, meeting, own, given);
  const now =
    usable === undefined
      ? await insertOnline(tx, meeting, room, given)
      : await keep(tx, meeting, usable, given);
  await join(tx, meeting, now);
  return nowOf(now);
}
