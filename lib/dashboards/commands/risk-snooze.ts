import type { Member } from "@/lib/access/actor";
import { violates } from "@/lib/db/violations";
import { getPlace } from "@/lib/metrics/reads/place";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { daysBetween } from "@/lib/time/offset";
import type { Risk } from "../core/risk";
import type { RiskRefusal } from "../core/risk-input";
import { dashboardPolicy } from "../policy";
import { insertSnooze, markWoken } from "../writes/risk";
import { auditDashboards } from "./audit-dashboards";

type RiskDeps = Pick<Deps, "db" | "keys" | "now">;
type Answer = Result<{ readonly id: string }, RiskRefusal>;

/** A risk that rests for longer is one nobody looks at. */
const LONGEST_DAYS = 92;

/**
 * Lets a risk rest until a day of the workspace: it stays in the table and in its sums, marked with its reason. Throws
 * AccessDenied for whoever does not see the strategic dashboard.
 */
export async function snoozeRisk(
  {
    actor,
    asked,
  }: {
    readonly actor: Member;
    readonly asked: { readonly risk: Risk; readonly reason: string; readonly until: CalendarDate };
  },
  deps: RiskDeps,
): Promise<Answer> {
  const grant = dashboardPolicy.authorize(actor, "strategic.view", actor);
  try {
    return await deps.db.$transaction(async (tx) => {
      const at = deps.now();
      const { today } = await getPlace(tx, actor.workspaceId, at);
      const days = daysBetween(today, asked.until);
      if (days < 1) return refuse("past-day");
      if (days > LONGEST_DAYS) return refuse("too-far");
      const id = await insertSnooze(tx, grant, { ...asked, today, at });
      await auditDashboards(tx, actor, deps, {
        action: "risk.snooze",
        subject: id,
        details: asked,
      });
      return ok({ id });
    });
  } catch (error) {
    if (violates(error, "risk_rests_once")) return refuse("already-rests");
    throw error;
  }
}

/** Wakes a risk before its day. Throws AccessDenied for whoever does not see the strategic dashboard. */
export async function wakeRisk(
  { actor, id }: { readonly actor: Member; readonly id: string },
  deps: RiskDeps,
): Promise<Answer> {
  const grant = dashboardPolicy.authorize(actor, "strategic.view", actor);
  return deps.db.$transaction(async (tx) => {
    const risk = await markWoken(tx, grant, { id, at: deps.now() });
    if (risk === undefined) return refuse("not-here");
    await auditDashboards(tx, actor, deps, { action: "risk.wake", subject: id, details: { risk } });
    return ok({ id });
  });
}
