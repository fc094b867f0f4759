import type { Member } from "@/lib/access/actor";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { RiskRefusal, ThresholdsInput } from "../core/risk-input";
import { dashboardPolicy } from "../policy";
import { lockThresholds, writeThresholds } from "../writes/risk";
import { auditDashboards } from "./audit-dashboards";

/**
 * Says from when on something is a risk, of all teams or of one. Refused when somebody said it meanwhile. Throws
 * AccessDenied for whoever does not manage sales.
 */
export async function setRiskThresholds(
  { actor, said }: { readonly actor: Member; readonly said: ThresholdsInput },
  deps: Pick<Deps, "db" | "keys" | "now">,
): Promise<Result<{ readonly id: string; readonly version: number }, RiskRefusal>> {
  const grant = dashboardPolicy.authorize(actor, "dashboard.configure", actor);
  try {
    return await deps.db.$transaction(async (tx) => {
      const found = await lockThresholds(tx, grant, said.teamId);
      if ((found?.version ?? 0) !== said.version) return refuse("changed-meanwhile");
      const written = await writeThresholds(tx, grant, said, found);
      const { version: _, ...details } = said;
      await auditDashboards(tx, actor, deps, {
        action: "risk.threshold.set",
        subject: said.teamId ?? actor.workspaceId,
        details,
      });
      return ok(written);
    });
  } catch (error) {
    // Somebody said it for the first time at the same moment.
    if (violates(error, "threshold_is_said_once")) return refuse("changed-meanwhile");
    if (violates(error, "threshold_team_exists")) return refuse("no-such-team");
    throw error;
  }
}
