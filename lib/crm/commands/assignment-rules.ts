import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { AssignmentRuleInput } from "../core/assignment-rule";
import { orderRules, removeRule, saveRule } from "../writes/assignment";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type RuleRefusal = "changed-meanwhile" | "no-such-team" | "no-such-person" | "no-rule";

/** Makes a rule behind all others, or changes one over the version that was seen. What it takes next follows it. */
export async function saveAssignmentRule(
  input: AssignmentRuleInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly id: string }, RuleRefusal>> {
  const id = input.id ?? newId();
  const version = input.id === undefined ? 0 : (input.version ?? 0);
  if (input.id !== undefined && version === 0) return refuse("changed-meanwhile");
  try {
    return await deps.db.$transaction(async (tx) => {
      if (!(await saveRule(tx, grant, { ...input, id, version })))
        return refuse("changed-meanwhile");
      await auditSetUp(tx, grant, deps, {
        action: input.id === undefined ? "assignment-rule.made" : "assignment-rule.changed",
        subject: `assignment-rule/${id}`,
        details: { name: input.name, active: input.active, teamId: input.teamId },
      });
      return ok({ id });
    });
  } catch (error) {
    if (violates(error, "rule_team_exists")) return refuse("no-such-team");
    if (violates(error, "rule_person_exists")) return refuse("no-such-person");
    throw error;
  }
}

/** Removes a rule; what it assigned stays assigned, and what waited for it is tried by the others. */
export const removeAssignmentRule = (
  id: string,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<null, "no-rule">> =>
  deps.db.$transaction(async (tx) => {
    if (!(await removeRule(tx, grant, id))) return refuse("no-rule");
    const subject = `assignment-rule/${id}`;
    await auditSetUp(tx, grant, deps, { action: "assignment-rule.removed", subject });
    return ok(null);
  });

/** Puts the rules into this order: the first that takes a lead decides. */
export const orderAssignmentRules = (
  ids: readonly string[],
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<void> =>
  deps.db.$transaction(async (tx) => {
    await orderRules(tx, grant, ids);
    await auditSetUp(tx, grant, deps, {
      action: "assignment-rule.ordered",
      subject: "assignment-rules",
      details: { order: [...ids] },
    });
  });
