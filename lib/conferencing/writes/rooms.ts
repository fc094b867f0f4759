import { v7 as newId } from "uuid";
import { seal } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { ProviderName, ProviderSettings } from "../core/provider";
import type { VirtualRoomGrant } from "../policy";

export type RoomColumns = {
  readonly name: string;
  readonly address: string | null;
  readonly settings: ProviderSettings;
  readonly isDefault: boolean;
};

/** There is one default at most: whoever becomes it takes it from the one before. */
export async function dropDefault(tx: Transaction, grant: VirtualRoomGrant): Promise<void> {
  await tx.$executeRaw`
    UPDATE virtual_room SET is_default = false
    WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND is_default AND archived_at IS NULL`;
}

export async function insertVirtualRoom(
  tx: Transaction,
  grant: VirtualRoomGrant,
  room: RoomColumns & { readonly provider: ProviderName },
  now: Instant,
): Promise<string> {
  const id = newId();
  await insertRows(tx, [
    {
      table: "virtual_room",
      rows: [
        {
          workspace_id: grant.resource.workspaceId,
          id,
          name: room.name,
          provider: room.provider,
          address: room.address,
          settings: room.settings,
          credentials: "environment",
          is_default: room.isDefault,
          active: true,
          version: 1,
          created_at: toIso(now),
        },
      ],
    },
  ]);
  return id;
}

/** Writes a virtual room if nobody changed it since it was read; the answer tells. */
export async function updateVirtualRoom(
  tx: Transaction,
  grant: VirtualRoomGrant,
  id: string,
  room: RoomColumns & { readonly active: boolean; readonly version: number },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE virtual_room SET name = ${room.name}, address = ${room.address},
      settings = ${JSON.stringify(room.settings)}::jsonb, is_default = ${room.isDefault}, active = ${room.active},
      version = version + 1
    WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND id = ${id}::uuid
      AND version = ${room.version} AND archived_at IS NULL`;
  return changed === 1;
}

export async function archiveRoom(
  tx: Transaction,
  grant: VirtualRoomGrant,
  id: string,
  now: Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE virtual_room SET archived_at = ${toIso(now)}::timestamptz, active = false, is_default = false,
      version = version + 1
    WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND id = ${id}::uuid`;
}

/** An account of a virtual room; one of this name that was removed comes back. Null when there is one already. */
export async function insertAccount(
  tx: Transaction,
  grant: VirtualRoomGrant,
  roomId: string,
  name: string,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO virtual_account (workspace_id, id, virtual_room_id, name, position)
    SELECT ${grant.resource.workspaceId}::uuid, ${newId()}::uuid, ${roomId}::uuid, ${name},
      coalesce(max(a.position) + 1, 0)
    FROM virtual_account a
    WHERE a.workspace_id = ${grant.resource.workspaceId}::uuid AND a.virtual_room_id = ${roomId}::uuid
    ON CONFLICT ON CONSTRAINT account_is_named_once DO UPDATE SET active = true
      WHERE NOT virtual_account.active
    RETURNING id`;
  return rows[0]?.id ?? null;
}

export async function retireAccount(
  tx: Transaction,
  grant: VirtualRoomGrant,
  accountId: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE virtual_account SET active = false
    WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND id = ${accountId}::uuid`;
}

/** Switches these seats on or off. They stay: meetings of the past hold them. */
export async function setSeats(
  tx: Transaction,
  grant: VirtualRoomGrant,
  accountId: string,
  { positions, active }: { readonly positions: readonly number[]; readonly active: boolean },
): Promise<void> {
  if (positions.length === 0) return;
  await tx.$executeRaw`
    UPDATE virtual_seat SET active = ${active}
    WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND account_id = ${accountId}::uuid
      AND position = ANY(${[...positions]}::smallint[])`;
}

/** More seats of an account, each a resource of its own, from this position on. */
export async function insertSeats(
  tx: Transaction,
  grant: VirtualRoomGrant,
  account: { readonly id: string; readonly name: string },
  { from, count }: { readonly from: number; readonly count: number },
): Promise<void> {
  const { workspaceId } = grant.resource;
  const seats = Array.from({ length: count }, (_, index) => ({
    position: from + index,
    resourceId: newId(),
  }));
  await insertRows(tx, [
    {
      table: "resource",
      rows: seats.map(({ resourceId }) => ({
        workspace_id: workspaceId,
        id: resourceId,
        kind: "virtual_seat",
        user_id: null,
        name: account.name,
      })),
    },
    {
      table: "virtual_seat",
      rows: seats.map(({ position, resourceId }) => ({
        workspace_id: workspaceId,
        account_id: account.id,
        position,
        resource_id: resourceId,
        active: true,
      })),
    },
  ]);
}

const secretName = (roomId: string): string => `virtual-room/${roomId}`;

/** Keeps what opens a provider, sealed. What was there before is gone. */
export async function storeCredentials(
  tx: Transaction,
  grant: VirtualRoomGrant,
  secret: { readonly roomId: string; readonly value: object; readonly keys: KeyRing },
  now: Instant,
): Promise<void> {
  const { workspaceId } = grant.resource;
  const { roomId, value, keys } = secret;
  await removeSecret(tx, grant, roomId);
  const id = newId();
  const place = { workspaceId, table: "stored_secret", column: "sealed", id };
  await tx.storedSecret.create({
    data: {
      workspaceId,
      id,
      name: secretName(roomId),
      sealed: new Uint8Array(seal(keys, JSON.stringify(value), place)),
      setAt: new Date(now),
    },
  });
  await tx.$executeRaw`
    UPDATE virtual_room SET credentials = 'stored', credentials_set_at = ${toIso(now)}::timestamptz,
      tested_at = NULL, test_cause = NULL
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${roomId}::uuid`;
}

async function removeSecret(
  tx: Transaction,
  grant: VirtualRoomGrant,
  roomId: string,
): Promise<void> {
  const { workspaceId } = grant.resource;
  await tx.storedSecret.deleteMany({ where: { workspaceId, name: secretName(roomId) } });
}

/** From now on the environment's credentials count. */
export async function forgetCredentials(
  tx: Transaction,
  grant: VirtualRoomGrant,
  roomId: string,
): Promise<void> {
  await removeSecret(tx, grant, roomId);
  await tx.$executeRaw`
    UPDATE virtual_room SET credentials = 'environment', credentials_set_at = NULL, tested_at = NULL,
      test_cause = NULL
    WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND id = ${roomId}::uuid`;
}

/** How the last test of a connection went; `cause` is null when it worked. */
export async function markTested(
  tx: Transaction,
  grant: VirtualRoomGrant,
  roomId: string,
  { cause, now }: { readonly cause: string | null; readonly now: Instant },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE virtual_room SET tested_at = ${toIso(now)}::timestamptz, test_cause = ${cause}
    WHERE workspace_id = ${grant.resource.workspaceId}::uuid AND id = ${roomId}::uuid`;
}
