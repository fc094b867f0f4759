import type { Member } from "@/lib/access/actor";
import { fieldMessages } from "@/lib/actions/form-action";
import { availabilityPolicy, editsAsOverride } from "@/lib/availability/policy";
import { findSchedule, listTokensOfSchedule } from "@/lib/availability/reads";
import { updateHours } from "@/lib/availability/writes";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { draftHours } from "../schema";
import type { FieldProblems } from "./check-settings";

export type AppliedHours = {
  readonly scheduleId: string;
  readonly name: string;
  readonly person: string;
  /** A manager changed somebody else's hours. */
  readonly override: boolean;
  /** Every link that reads these hours. */
  readonly tokens: readonly string[];
};

/**
 * Writes the weekly hours that were changed beside a link's settings; dates, journeys and zone stay as they are. A
 * schedule this person may not change is as absent as none. The caller undoes everything when it is refused.
 */
export async function applyHours(
  tx: Transaction,
  actor: Member,
  sent: unknown,
): Promise<Result<readonly AppliedHours[], FieldProblems>> {
  const parsed = draftHours.safeParse(sent ?? []);
  if (!parsed.success) {
    const [message = "These hours cannot be kept."] = Object.values(fieldMessages(parsed.error));
    return refuse({ hours: message });
  }
  const { workspaceId } = actor;
  const applied: AppliedHours[] = [];
  for (const { scheduleId, version, weekly } of parsed.data) {
    const found = await findSchedule(tx, { workspaceId, id: scheduleId });
    if (found === undefined || !availabilityPolicy.can(actor, "availability.edit", found.owner)) {
      return refuse({ hours: "There are no such hours to change." });
    }
    const { owner, schedule } = found;
    const grant = availabilityPolicy.authorize(actor, "availability.edit", {
      ...owner,
      scheduleId,
    });
    if (!(await updateHours(tx, grant, version, { ...schedule, weekly }))) {
      return refuse({ hours: "These hours were changed meanwhile. Load the page again." });
    }
    applied.push({
      scheduleId,
      name: schedule.name,
      person: owner.userId,
      override: editsAsOverride(actor, owner),
      tokens: await listTokensOfSchedule(tx, workspaceId, scheduleId),
    });
  }
  return ok(applied);
}
