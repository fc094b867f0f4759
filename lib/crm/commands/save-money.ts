import type { Member } from "@/lib/access/actor";
import type { Grant } from "@/lib/access/policy";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { auditSetUp } from "./audit-set-up";
import { changeBaseCurrency } from "./set-rates";

/**
 * Sets when the business year begins, and in which currency a workspace counts; the latter only while nothing is
 * counted in it yet.
 */
export async function saveMoney(
  {
    actor,
    currency,
    fiscalStart,
  }: {
    readonly actor: Member;
    readonly currency: string;
    /** 1 is January. */
    readonly fiscalStart: number;
  },
  grant: Grant<"crm.configure", { readonly workspaceId: string }>,
  deps: Deps,
): Promise<Result<undefined, "unknown-currency" | "currency-in-use">> {
  const { workspaceId } = grant.resource;
  const changed = await changeBaseCurrency({ actor, workspaceId, currency }, deps);
  if (!changed.ok)
    return refuse(changed.refusal.reason === "in-use" ? "currency-in-use" : "unknown-currency");
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.workspace.updateMany({
      where: { id: workspaceId, fiscalYearStart: { not: fiscalStart } },
      data: { fiscalYearStart: fiscalStart },
    });
    if (count === 0) return;
    await auditSetUp(tx, grant, deps, {
      action: "crm.business-year",
      subject: workspaceId,
      details: { month: fiscalStart },
    });
  });
  return ok(undefined);
}
