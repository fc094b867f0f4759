import type { Actor } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { CREDENTIALS, needsCredentials } from "../core/credentials";
import type { VirtualRoomRefusal } from "../core/virtual-room";
import type { VirtualRoomGrant } from "../policy";
import { virtualRoomPolicy } from "../policy";
import { findVirtualRoom } from "../reads/rooms";
import type { CredentialsInput } from "../schema";
import { forgetCredentials, storeCredentials } from "../writes/rooms";
import { writeAudit } from "./save-virtual-room";

type Saved = Result<null, VirtualRoomRefusal>;

function mayHold(actor: Actor): VirtualRoomGrant {
  if (actor.kind !== "member") throw new NotHere();
  const { workspaceId } = actor;
  return virtualRoomPolicy.authorize(actor, "virtual-room.credentials", { workspaceId });
}

/** The fields this provider's credentials have, empty ones left out. */
function pick(shape: object, input: CredentialsInput): Record<string, string> {
  const written = Object.entries(input).filter(
    ([field, value]) => field in shape && field !== "roomId" && value !== "",
  );
  return Object.fromEntries(written);
}

/**
 * Stores what opens a virtual room's provider, in place of what was stored before. It is sealed and never shown again,
 * to nobody; the log says that it was set, not to what. Throws AccessDenied.
 */
export async function setCredentials(
  { actor, input }: { readonly actor: Actor; readonly input: CredentialsInput },
  deps: Deps,
): Promise<Saved> {
  const grant = mayHold(actor);
  const { roomId } = input;
  return deps.db.$transaction(async (tx): Promise<Saved> => {
    const room = await findVirtualRoom(tx, grant.resource.workspaceId, roomId);
    if (room === undefined || !needsCredentials(room.provider)) return refuse({ reason: "absent" });
    const shape = CREDENTIALS[room.provider];
    const parsed = shape.safeParse(pick(shape.shape, input));
    if (!parsed.success) {
      const fields = parsed.error.issues.map(
        ({ path, message }) =>
          [
            String(path[0] ?? "form"),
            message.startsWith("must") ? `It ${message}.` : "Fill this in.",
          ] as const,
      );
      return refuse({ reason: "credentials-incomplete", fields: Object.fromEntries(fields) });
    }
    const secret = { roomId, value: parsed.data, keys: deps.keys };
    await storeCredentials(tx, grant, secret, deps.now());
    await writeAudit(tx, grant, { action: "virtual-room.credentials-set", subject: roomId }, deps);
    return ok(null);
  });
}

/** Forgets stored credentials; from then on the environment's count. Throws AccessDenied. */
export async function removeCredentials(
  { actor, roomId }: { readonly actor: Actor; readonly roomId: string },
  deps: Deps,
): Promise<Saved> {
  const grant = mayHold(actor);
  return deps.db.$transaction(async (tx): Promise<Saved> => {
    const room = await findVirtualRoom(tx, grant.resource.workspaceId, roomId);
    if (room === undefined) return refuse({ reason: "absent" });
    await forgetCredentials(tx, grant, roomId);
    await writeAudit(
      tx,
      grant,
      { action: "virtual-room.credentials-removed", subject: roomId },
      deps,
    );
    return ok(null);
  });
}
