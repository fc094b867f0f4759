import type { Actor } from "@/lib/access/actor";
import { log } from "@/lib/log";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { OpenProvider } from "../core/room-provider";
import { findVirtualRoom } from "../reads/rooms";
import { markTested } from "../writes/rooms";
import { mayManage } from "./save-virtual-room";

type Asked = { readonly actor: Actor; readonly roomId: string; readonly accountId: string };

/** What a test found: who we are there, or why not, in words somebody can act on. */
export type Tested =
  | { readonly works: true; readonly as: string }
  | { readonly works: false; readonly cause: string };

/**
 * Tries a virtual room's credentials with one of its accounts and changes nothing at the provider. The cause is for
 * people; what the provider said goes to the log only. Throws AccessDenied.
 */
export async function testConnection(
  { actor, roomId, accountId }: Asked,
  deps: Deps & { readonly open: OpenProvider },
): Promise<Result<Tested, "absent">> {
  const grant = mayManage(actor);
  const { workspaceId } = grant.resource;
  const [room, account] = await Promise.all([
    findVirtualRoom(deps.db, workspaceId, roomId),
    deps.db.virtualAccount.findFirst({
      where: { workspaceId, id: accountId, virtualRoomId: roomId, active: true },
      select: { id: true, name: true },
    }),
  ]);
  if (room === undefined || account === null) return refuse("absent");
  const { provider, address, credentials } = room;
  const opened = await deps.open({
    workspaceId,
    virtualRoomId: roomId,
    provider,
    address,
    credentials,
  });
  const outcome = opened.ok ? await opened.value.test(account) : opened;
  const cause = outcome.ok ? null : outcome.refusal.cause;
  if (!outcome.ok) {
    const { kind, detail } = outcome.refusal;
    log.warn({ roomId, accountId, kind, detail }, "a provider could not be reached for a test");
  }
  const now = deps.now();
  await deps.db.$transaction((tx) => markTested(tx, grant, roomId, { cause, now }));
  return ok(
    outcome.ok
      ? { works: true, as: outcome.value.as }
      : { works: false, cause: outcome.refusal.cause },
  );
}
