import { appendAudit } from "@/lib/audit/append";
import { endAccountTokens } from "@/lib/auth/account-token";
import { revokeSessionsOf } from "@/lib/auth/session-rows";
import type { Transaction } from "@/lib/db/client";
import { removeImage } from "@/lib/images/image-rows";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Held } from "../core/person";
import { holdsNothing } from "../core/person";
import { auditedAs } from "../policy";
import { lockAdmins } from "../reads/admins";
import { findHeld } from "../reads/person";
import type { AccountDeps, ManageGrant } from "./invite-people";
import { removeSecondFactors } from "./reset-access";

type Person = { readonly workspaceId: string; readonly userId: string };

export type RemoveRefusal =
  | { readonly reason: "no-user" | "last-admin" | "own-account" }
  | { readonly reason: "still-held"; readonly held: Held };

/** Nobody books or moves a meeting of theirs meanwhile: every claim on their time locks this row first. */
const lockTime = (
  tx: Transaction,
  { workspaceId, userId }: Person,
): Promise<number> => tx.$executeRaw`
  SELECT 1 FROM resource WHERE workspace_id = ${workspaceId}::uuid AND user_id = ${userId}::uuid
  FOR NO KEY UPDATE`;

/** Everything by which they could come back, and everything that is only theirs. */
async function removeWaysIn(tx: Transaction, person: Person, at: Date): Promise<void> {
  const { workspaceId, userId } = person;
  await removeSecondFactors(tx, person);
  await tx.userIdentity.deleteMany({ where: person });
  await tx.apiKey.updateMany({ where: { ...person, revokedAt: null }, data: { revokedAt: at } });
  await tx.userGroup.deleteMany({ where: person });
  await tx.notificationPreference.deleteMany({ where: person });
  await tx.notification.deleteMany({ where: person });
  const { photoId } = await tx.appUser.findUniqueOrThrow({
    where: { workspaceId_id: { workspaceId, id: userId } },
    select: { photoId: true },
  });
  await tx.appUser.update({
    where: { workspaceId_id: { workspaceId, id: userId } },
    data: {
      // The address is free again: who comes back is invited as anybody else.
      email: `removed-${userId}@removed.invalid`,
      passwordHash: null,
      disabledAt: at,
      removedAt: at,
      photoId: null,
      version: { increment: 1 },
    },
  });
  if (photoId !== null) await removeImage(tx, workspaceId, photoId);
}

/**
 * Removes a person: they can no longer sign in, are in no group and no list, and their address is free. Their name
 * stays beside the meetings they held. Refused while they hold links or meetings to come: those are named, and handed
 * over first. Refused for the last admin, and for oneself.
 */
export async function removePerson(
  person: Person,
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Result<undefined, RemoveRefusal>> {
  const { workspaceId, userId } = person;
  if (by.actor.kind === "member" && by.actor.userId === userId) {
    return refuse({ reason: "own-account" });
  }
  return deps.db.$transaction(async (tx): Promise<Result<undefined, RemoveRefusal>> => {
    const admins = await lockAdmins(tx, workspaceId);
    if (admins.length === 1 && admins.includes(userId)) return refuse({ reason: "last-admin" });
    const user = await tx.appUser.findUnique({
      where: { workspaceId_id: { workspaceId, id: userId }, removedAt: null },
      select: { id: true },
    });
    if (!user) return refuse({ reason: "no-user" });
    await lockTime(tx, person);
    const at = deps.now();
    const held = await findHeld(tx, person, at);
    if (!holdsNothing(held)) return refuse({ reason: "still-held", held });
    await endAccountTokens(tx, person, at);
    await revokeSessionsOf(tx, person, at);
    await removeWaysIn(tx, person, new Date(at));
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId,
      at,
      action: "user.remove",
      subject: userId,
    });
    return ok(undefined);
  });
}
