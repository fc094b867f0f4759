import type { Group } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import { revokeSessionsOf } from "@/lib/auth/session-rows";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Authority } from "../policy";
import { auditedAs } from "../policy";
import { lockAdmins } from "../reads/admins";
import { listLinkTokens } from "../reads/person";
import { groupNames } from "../schema";
import { insertGroups } from "../writes";
import type { PeopleDeps } from "./create-user";

type Person = { readonly workspaceId: string; readonly userId: string };

/**
 * Replaces a person's groups; takes effect with their next request. Refused when it would leave the workspace
 * without an admin. Throws ZodError for a group that does not exist.
 */
export async function setGroups(
  person: Person,
  wanted: readonly Group[],
  by: Authority<"people.manage">,
  deps: PeopleDeps,
): Promise<Result<{ readonly groups: readonly Group[] }, "no-user" | "last-admin">> {
  const groups = groupNames.parse(wanted);
  const { workspaceId, userId } = person;
  return deps.db.$transaction(async (tx) => {
    const admins = await lockAdmins(tx, workspaceId);
    const user = await tx.appUser.findUnique({
      where: { workspaceId_id: { workspaceId, id: userId }, removedAt: null },
      select: { id: true },
    });
    if (!user) return refuse("no-user");
    const losesAdmin = admins.includes(userId) && !groups.includes("admin");
    if (losesAdmin && admins.length === 1) return refuse("last-admin");
    const before = await tx.userGroup.findMany({ where: { workspaceId, userId } });
    await tx.userGroup.deleteMany({ where: { workspaceId, userId } });
    await insertGroups(tx, { workspaceId, userId }, groups);
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId,
      at: deps.now(),
      action: "user.groups",
      subject: userId,
      details: {
        before: before.map(({ groupName }) => groupName).sort(),
        after: [...groups].sort(),
      },
    });
    return ok({ groups });
  });
}

async function writeDisabled(
  tx: Transaction,
  person: Person,
  disabled: boolean,
  { by, deps }: { readonly by: Authority<"people.manage">; readonly deps: PeopleDeps },
): Promise<Result<undefined, "no-user" | "last-admin">> {
  const { workspaceId, userId } = person;
  const admins = await lockAdmins(tx, workspaceId);
  if (disabled && admins.length === 1 && admins.includes(userId)) return refuse("last-admin");
  const at = deps.now();
  const { count } = await tx.appUser.updateMany({
    where: { workspaceId, id: userId, removedAt: null },
    data: { disabledAt: disabled ? new Date(at) : null, version: { increment: 1 } },
  });
  if (count === 0) return refuse("no-user");
  if (disabled) await revokeSessionsOf(tx, person, at);
  await appendAudit(tx, deps.keys, {
    ...auditedAs(by),
    workspaceId,
    at,
    action: disabled ? "user.disable" : "user.enable",
    subject: userId,
  });
  return ok(undefined);
}

/**
 * Disables a person, or lets them in again. A disabled person's sessions and keys are dead with their next request,
 * and their links offer nothing. Refused for the last admin.
 */
export async function setDisabled(
  person: Person,
  disabled: boolean,
  by: Authority<"people.manage">,
  deps: PeopleDeps,
): Promise<Result<undefined, "no-user" | "last-admin">> {
  const done = await deps.db.$transaction((tx) =>
    writeDisabled(tx, person, disabled, { by, deps }),
  );
  if (done.ok) await deps.invalidate?.(await listLinkTokens(deps.db, person));
  return done;
}
