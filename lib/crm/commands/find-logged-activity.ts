import type { Actor } from "@/lib/access/actor";
import { NotHere } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import type { CrmScope } from "../core/scope";
import { findActivity, lockActivity } from "../reads/activities";
import { lockLoggedLead } from "./plan-activity";

/** Which activity, as who, and the version that was on the screen. */
export type AskedActivity = {
  readonly actor: Actor;
  readonly scope: CrmScope;
  readonly id: string;
  readonly version?: number | undefined;
};

/**
 * An activity and its lead, locked in that order of every other change (the lead first), with the grant to write on it.
 * Throws NotHere for whoever does not see the lead.
 */
export async function lockLogged(tx: Transaction, { actor, scope, id }: AskedActivity) {
  const place = { workspaceId: scope.workspaceId, id };
  const seen = await findActivity(tx, place);
  if (seen === undefined) throw new NotHere("activity");
  const { lead, grant } = await lockLoggedLead(tx, { actor, scope, leadId: seen.leadId });
  const activity = await lockActivity(tx, place);
  // A merge may have carried it to another lead meanwhile; asked again, it is found there.
  if (activity === undefined || activity.leadId !== lead.id) throw new NotHere("activity");
  return { activity, lead, grant };
}
