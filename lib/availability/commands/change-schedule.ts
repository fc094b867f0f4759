import type { Actor } from "@/lib/access/actor";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { OwnerFacts, Schedule } from "../core/schedule";
import { markDefault, removeSchedule, updateName } from "../writes";
import type { AvailabilityDeps } from "./edit-with";
import { editWith } from "./edit-with";

type Asked = {
  readonly actor: Actor;
  readonly owner: OwnerFacts;
  readonly schedule: Schedule;
  /** The version the person saw. */
  readonly version: number;
};

/** Renames a schedule. Guests never read the name. Throws AccessDenied. */
export const renameSchedule = (
  { actor, owner, schedule, version, name }: Asked & { readonly name: string },
  deps: AvailabilityDeps,
): Promise<Result<undefined, "changed-meanwhile">> => {
  const facts = { ...owner, scheduleId: schedule.id };
  const details = { before: schedule.name, after: name };
  const edit = { what: "availability.rename", subject: schedule.id, details };
  return editWith({ actor, owner: facts, edit }, deps, async (tx, grant) =>
    (await updateName(tx, grant, version, name)) ? ok(undefined) : refuse("changed-meanwhile"),
  );
};

/** Makes a schedule the one new links begin with. Links that exist keep theirs. Throws AccessDenied. */
export const setDefaultSchedule = (
  { actor, owner, schedule, version }: Asked,
  deps: AvailabilityDeps,
): Promise<Result<undefined, "changed-meanwhile">> => {
  const facts = { ...owner, scheduleId: schedule.id };
  const edit = { what: "availability.default", subject: schedule.id };
  return editWith({ actor, owner: facts, edit }, deps, async (tx, grant) =>
    (await markDefault(tx, grant, version)) ? ok(undefined) : refuse("changed-meanwhile"),
  );
};

/**
 * Removes a schedule nothing depends on. Refused for the default, and while links read it; a link that begins to
 * read it at the same moment is found by the database. Throws AccessDenied.
 */
export async function deleteSchedule(
  { actor, owner, schedule, version }: Asked,
  deps: AvailabilityDeps,
): Promise<Result<undefined, "in-use" | "is-default" | "changed-meanwhile">> {
  const facts = { ...owner, scheduleId: schedule.id };
  const edit = {
    what: "availability.delete",
    subject: schedule.id,
    details: { name: schedule.name },
  };
  try {
    return await editWith({ actor, owner: facts, edit }, deps, async (tx, grant) => {
      if (schedule.links.length > 0) return refuse("in-use");
      if (schedule.isDefault) return refuse("is-default");
      return (await removeSchedule(tx, grant, version))
        ? ok(undefined)
        : refuse("changed-meanwhile");
    });
  } catch (error) {
    if (violates(error, "link_host_has_a_schedule")) return refuse("in-use");
    throw error;
  }
}
