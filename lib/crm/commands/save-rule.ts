import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { AssignmentRuleInput } from "../core/assignment-rule";
import { nextPosition } from "../writes/set-up";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type RuleRefusal = "no-rule" | "no-such-team" | "no-such-person" | "changed-meanwhile";

/** Makes a rule after the others, or changes one as somebody who saw `version` of it. It counts for leads made from now on. */
export async function saveRule(
  { id, version, ...rule }: AssignmentRuleInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly id: string }, RuleRefusal>> {
  const { workspaceId } = grant.resource;
  const ruleId = id ?? newId();
  try {
    return await deps.db.$transaction(async (tx) => {
      const team = await tx.salesTeam.count({
        where: { workspaceId, id: rule.teamId, archivedAt: null },
      });
      if (team === 0) return refuse("no-such-team");
      if (id === undefined) {
        const position = await nextPosition(tx, grant, "rule");
        await tx.assignmentRule.create({ data: { workspaceId, id: ruleId, position, ...rule } });
      } else {
        const { count } = await tx.assignmentRule.updateMany({
          where: { workspaceId, id, version: version ?? 0 },
          data: { ...rule, version: { increment: 1 } },
        });
        if (count === 0) return refuse("changed-meanwhile");
      }
      await auditSetUp(tx, grant, deps, {
        action: id === undefined ? "crm.rule.make" : "crm.rule.change",
        subject: ruleId,
        details: rule,
      });
      return ok({ id: ruleId });
    });
  } catch (error) {
    if (violates(error, "rule_person_exists")) return refuse("no-such-person");
    throw error;
  }
}

/** Removes a rule; what it gave to whom, and why, stays in the leads' history. */
export const removeRule = (
  { id }: { readonly id: string },
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly name: string }, "no-rule">> => {
  const { workspaceId } = grant.resource;
  return deps.db.$transaction(async (tx): Promise<Result<{ readonly name: string }, "no-rule">> => {
    const rule = await tx.assignmentRule.findFirst({ where: { workspaceId, id } });
    if (rule === null) return refuse("no-rule");
    await tx.assignmentRule.deleteMany({ where: { workspaceId, id } });
    const { name, conditions, teamId, personId } = rule;
    await auditSetUp(tx, grant, deps, {
      action: "crm.rule.remove",
      subject: id,
      details: { name, conditions, teamId, personId },
    });
    return ok({ name });
  });
};
