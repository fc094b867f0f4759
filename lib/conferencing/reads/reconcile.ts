import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { OnlineState } from "../core/online";
import type { ProviderAccount, ProviderName } from "../core/provider";
import type { RoomAccess } from "../core/room-provider";

/** An account somebody else's server keeps meetings for. */
export type AskedAccount = { readonly room: RoomAccess; readonly account: ProviderAccount };

type AccountRow = {
  readonly workspaceId: string;
  readonly virtualRoomId: string;
  readonly provider: ProviderName;
  readonly address: string | null;
  readonly credentials: "environment" | "stored";
  readonly id: string;
  readonly name: string;
};

/** Every account that has ever held a meeting of ours, archived rooms' too; at most 5,000. */
export async function listAskedAccounts(db: Db): Promise<readonly AskedAccount[]> {
  const rows = await db.$queryRaw<AccountRow[]>`
    SELECT v.workspace_id AS "workspaceId", v.id AS "virtualRoomId", v.provider::text, v.address, v.credentials,
      a.id, a.name
    FROM virtual_account a
    JOIN virtual_room v ON v.workspace_id = a.workspace_id AND v.id = a.virtual_room_id
    WHERE v.provider IN ('zoom', 'google_meet', 'teams')
      AND EXISTS (SELECT FROM online_meeting o WHERE o.workspace_id = a.workspace_id AND o.account_id = a.id)
    ORDER BY a.workspace_id, v.id, a.position LIMIT 5000`;
  return rows.map(({ id, name, ...room }) => ({ room, account: { id, name } }));
}

/** What we know of an online meeting that a provider has, or should have. */
export type KnownOnline = {
  readonly id: string;
  readonly state: OnlineState;
  readonly externalId: string | null;
  /** It is held in the time that was asked for: the provider's list must have it. */
  readonly isDue: boolean;
};

/** Ours of these keys, and all of the account that are held from `from` to `to`. */
export const listKnownOnline = (
  db: Db,
  { room, account }: AskedAccount,
  asked: { readonly keys: readonly string[]; readonly from: Instant; readonly to: Instant },
): Promise<KnownOnline[]> =>
  db.$queryRaw`
    SELECT * FROM (
      SELECT o.id, o.state, o.external_id AS "externalId",
        EXISTS (SELECT FROM meeting m
          WHERE m.workspace_id = o.workspace_id AND m.online_id = o.id AND m.state = 'confirmed'
            AND m.starts_at >= ${toIso(asked.from)}::timestamptz AND m.starts_at < ${toIso(asked.to)}::timestamptz
        ) AS "isDue",
        o.id::text = ANY(${[...asked.keys]}::text[]) AS named
      FROM online_meeting o
      WHERE o.workspace_id = ${room.workspaceId}::uuid AND o.virtual_room_id = ${room.virtualRoomId}::uuid
        AND o.account_id = ${account.id}::uuid) k
    WHERE k.named OR (k."isDue" AND k.state = 'ready')`;

/** Wishes nobody has worked on for an hour, though they are open: their job was lost, or gave up. At most 1,000. */
export const listForgottenOnline = (
  db: Db,
  now: Instant,
): Promise<{ readonly workspaceId: string; readonly onlineId: string }[]> =>
  db.$queryRaw`
    SELECT workspace_id AS "workspaceId", id AS "onlineId" FROM online_meeting
    WHERE state IN ('wanted', 'unwanted') AND updated_at < ${toIso(now)}::timestamptz - interval '1 hour'
    ORDER BY updated_at LIMIT 1000`;
