import type { Actor } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { VirtualRoomRefusal } from "../core/virtual-room";
import type { VirtualRoomGrant } from "../policy";
import { auditedAs, virtualRoomPolicy } from "../policy";
import { findRoomUse, findVirtualRoom, listLinksOffering } from "../reads/rooms";
import type { NewVirtualRoom, VirtualRoomChange } from "../schema";
import {
  archiveRoom,
  dropDefault,
  insertAccount,
  insertSeats,
  insertVirtualRoom,
  updateVirtualRoom,
} from "../writes/rooms";

type Saved = Result<{ readonly id: string }, VirtualRoomRefusal>;

/** The right to change virtual rooms of the actor's own workspace. Throws AccessDenied. */
export function mayManage(actor: Actor): VirtualRoomGrant {
  if (actor.kind !== "member") throw new NotHere();
  const { workspaceId } = actor;
  return virtualRoomPolicy.authorize(actor, "virtual-room.manage", { workspaceId });
}

export const writeAudit = (
  tx: Transaction,
  grant: VirtualRoomGrant,
  entry: { readonly action: string; readonly subject: string; readonly details?: object },
  deps: Pick<Deps, "keys" | "now">,
): Promise<void> =>
  appendAudit(tx, deps.keys, {
    ...auditedAs(grant),
    workspaceId: grant.resource.workspaceId,
    at: deps.now(),
    action: entry.action,
    subject: entry.subject,
    details: { ...entry.details },
  });

const columnsOf = ({ waitingRoom, summary, alternativeHosts, ...room }: NewVirtualRoom) => ({
  ...room,
  settings: { waitingRoom, summary, alternativeHosts },
});

/** Makes a virtual room. A fixed link is one place: one meeting at a time. Throws AccessDenied. */
export async function makeVirtualRoom(
  { actor, input }: { readonly actor: Actor; readonly input: NewVirtualRoom },
  deps: Deps,
): Promise<Saved> {
  const grant = mayManage(actor);
  return deps.db.$transaction(async (tx) => {
    if (input.isDefault) await dropDefault(tx, grant);
    const id = await insertVirtualRoom(tx, grant, columnsOf(input), deps.now());
    if (input.provider === "link") {
      const accountId = await insertAccount(tx, grant, id, input.name);
      const account = { id: accountId ?? "", name: input.name };
      await insertSeats(tx, grant, account, { from: 0, count: 1 });
    }
    const { name, provider } = input;
    const details = { name, provider };
    await writeAudit(tx, grant, { action: "virtual-room.make", subject: id, details }, deps);
    return ok({ id });
  });
}

/** Changes a virtual room; meetings that stand keep their addresses. Throws AccessDenied. */
export async function changeVirtualRoom(
  { actor, input }: { readonly actor: Actor; readonly input: VirtualRoomChange },
  deps: Deps,
): Promise<Saved> {
  const grant = mayManage(actor);
  const { workspaceId } = grant.resource;
  const { roomId, ...fields } = input;
  const saved = await deps.db.$transaction(async (tx): Promise<Saved> => {
    const room = await findVirtualRoom(tx, workspaceId, roomId);
    if (room === undefined) return refuse({ reason: "absent" });
    if (room.provider === "link" && fields.address === null) {
      return refuse({ reason: "needs-address" });
    }
    if (room.version !== fields.version) return refuse({ reason: "changed-meanwhile" });
    if (fields.isDefault) await dropDefault(tx, grant);
    const columns = { ...columnsOf({ ...fields, provider: room.provider }), active: fields.active };
    await updateVirtualRoom(tx, grant, roomId, { ...columns, version: room.version });
    const details = { name: fields.name, active: fields.active };
    await writeAudit(tx, grant, { action: "virtual-room.change", subject: roomId, details }, deps);
    return ok({ id: roomId });
  });
  if (saved.ok) await deps.invalidate(await listLinksOffering(deps.db, workspaceId, roomId));
  return saved;
}

/** Archives a virtual room nothing to come needs any more. Throws AccessDenied. */
export async function archiveVirtualRoom(
  { actor, roomId }: { readonly actor: Actor; readonly roomId: string },
  deps: Deps,
): Promise<Saved> {
  const grant = mayManage(actor);
  const { workspaceId } = grant.resource;
  return deps.db.$transaction(async (tx): Promise<Saved> => {
    const room = await findVirtualRoom(tx, workspaceId, roomId);
    if (room === undefined) return refuse({ reason: "absent" });
    const now = deps.now();
    const use = await findRoomUse(tx, workspaceId, roomId, now);
    if (use.meetings.length > 0 || use.links.length > 0) {
      return refuse({ reason: "in-use", ...use });
    }
    // The credentials stay until the last meeting of the past is settled at the provider: a deletion may be waiting.
    await archiveRoom(tx, grant, roomId, now);
    const details = { name: room.name };
    await writeAudit(tx, grant, { action: "virtual-room.archive", subject: roomId, details }, deps);
    return ok({ id: roomId });
  });
}
