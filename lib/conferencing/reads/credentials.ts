import { open } from "@/lib/crypto/envelope";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Db } from "@/lib/db/client";

/** What was stored to open a virtual room's provider; undefined when nothing is. Throws SealError. */
export async function findStoredCredentials(
  db: Db,
  keys: KeyRing,
  room: { readonly workspaceId: string; readonly virtualRoomId: string },
): Promise<unknown> {
  const { workspaceId, virtualRoomId } = room;
  const name = `virtual-room/${virtualRoomId}`;
  const stored = await db.storedSecret.findUnique({
    where: { workspaceId_name: { workspaceId, name } },
  });
  if (stored === null) return undefined;
  const place = { workspaceId, table: "stored_secret", column: "sealed", id: stored.id };
  return JSON.parse(open(keys, stored.sealed, place).toString("utf8")) as unknown;
}

/** Virtual rooms of a provider that have credentials of their own: whose webhooks are theirs. */
export const listRoomsWithCredentials = (
  db: Db,
  provider: string,
): Promise<{ readonly workspaceId: string; readonly virtualRoomId: string }[]> =>
  db.$queryRaw`
    SELECT v.workspace_id AS "workspaceId", v.id AS "virtualRoomId" FROM virtual_room v
    WHERE v.provider = ${provider}::online_provider AND v.credentials = 'stored'
    ORDER BY v.credentials_set_at DESC LIMIT 100`;
