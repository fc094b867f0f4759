import type { Grant } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import type { Transaction } from "@/lib/db/client";
import { insertImage, removeImage } from "@/lib/images/image-rows";
import type { StoredImage } from "@/lib/images/reencode";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import type { Profile } from "../core/settings";
import type { PersonFacts } from "../policy";
import { auditedAs } from "../policy";
import { listLinkTokens } from "../reads/person";
import { findProfile } from "../reads/settings";
import type { ProfileInput } from "../schema";
import type { PeopleDeps } from "./create-user";

export type ProfileGrant = Grant<"people.edit-profile", PersonFacts & { readonly userId: string }>;

type Person = { readonly workspaceId: string; readonly userId: string };

const personOf = ({ resource: { workspaceId, userId } }: ProfileGrant): Person => ({
  workspaceId,
  userId,
});

/** Which settings differ: the audit log says which, and of a name not what it was. */
const changedFields = (before: Profile, after: ProfileInput): readonly string[] =>
  (["name", "title", "zone", "locale", "hourCycle", "weekStart"] as const).filter(
    (field) => before[field] !== after[field],
  );

async function audit(
  tx: Transaction,
  by: ProfileGrant,
  what: { readonly action: string; readonly details?: object; readonly at: Instant },
  deps: PeopleDeps,
): Promise<void> {
  await appendAudit(tx, deps.keys, {
    ...auditedAs(by),
    workspaceId: by.resource.workspaceId,
    at: what.at,
    action: what.action,
    subject: by.resource.userId,
    details: { ...what.details },
  });
}

/**
 * Saves a person's own settings, if they are still as the form knew them: a later version is refused with the
 * settings as they are now. Pages that show the name are withdrawn before this answers.
 */
export async function updateProfile(
  input: ProfileInput,
  by: ProfileGrant,
  deps: PeopleDeps,
): Promise<Result<Profile, { readonly reason: "changed-meanwhile"; readonly current: Profile }>> {
  const person = personOf(by);
  const { workspaceId, userId } = person;
  const { version, title, ...settings } = input;
  const saved = await deps.db.$transaction(async (tx) => {
    const before = await findProfile(tx, person);
    if (before === undefined) throw new Error("a person without an account saved their settings");
    const { count } = await tx.appUser.updateMany({
      where: { workspaceId, id: userId, version },
      data: { ...settings, title: title === "" ? null : title, version: { increment: 1 } },
    });
    if (count === 0) {
      const current = (await findProfile(tx, person)) ?? before;
      return refuse({ reason: "changed-meanwhile" as const, current });
    }
    // The lines of their time are called as they are.
    await tx.resource.updateMany({ where: { workspaceId, userId }, data: { name: input.name } });
    const changed = changedFields(before, input);
    await audit(tx, by, { action: "user.profile", details: { changed }, at: deps.now() }, deps);
    return ok({ ...before, ...settings, title, version: version + 1 });
  });
  if (saved.ok) await deps.invalidate?.(await listLinkTokens(deps.db, person));
  return saved;
}

/** Shows this picture of a person from now on, or none. The one before is gone with the same commit. */
export async function changePhoto(
  photo: StoredImage | null,
  by: ProfileGrant,
  deps: PeopleDeps,
): Promise<{ readonly photoId: string | null }> {
  const { workspaceId, userId } = personOf(by);
  return deps.db.$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<{ photo_id: string | null }[]>`
      SELECT photo_id FROM app_user
       WHERE workspace_id = ${workspaceId}::uuid AND id = ${userId}::uuid FOR UPDATE`;
    const photoId = photo === null ? null : await insertImage(tx, workspaceId, photo);
    await tx.appUser.update({
      where: { workspaceId_id: { workspaceId, id: userId } },
      data: { photoId },
    });
    const old = before?.photo_id;
    if (old) await removeImage(tx, workspaceId, old);
    await audit(
      tx,
      by,
      { action: photo === null ? "user.photo-remove" : "user.photo", at: deps.now() },
      deps,
    );
    return { photoId };
  });
}
