import type { Member } from "@/lib/access/actor";
import { planActivity } from "@/lib/crm/commands/plan-activity";
import { dueAtOf } from "@/lib/crm/core/activity";
import { getScope } from "@/lib/crm/reads/scope";
import { findSeller } from "@/lib/crm/reads/seller";
import type { Database } from "@/lib/db/client";
import type { MetricFilter } from "@/lib/metrics/core/question";
import { getPlace } from "@/lib/metrics/reads/place";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, dayOfWeek } from "@/lib/time/offset";
import type { Risk } from "../core/risk";
import type { RiskRefusal } from "../core/risk-input";
import { t } from "../core/strategic-text";
import { dashboardPolicy } from "../policy";
import { findRiskOf } from "../reads/strategic/risks";

export type PlannedTask = {
  readonly id: string;
  readonly version: number;
  readonly owner: string;
  readonly due: CalendarDate;
};

/** The next day from Monday to Friday. */
function nextWorkingDay(today: CalendarDate): CalendarDate {
  let day = addDays(today, 1);
  while (dayOfWeek(day) % 6 === 0) day = addDays(day, 1);
  return day;
}

/** Who has the deal; undefined: nobody does, or nobody who could do anything about it any more. */
async function findOwner(db: Database, workspaceId: string, leadId: string) {
  const [lead] = await db.$queryRaw<{ ownerId: string | null }[]>`
    SELECT owner_id::text AS "ownerId" FROM lead WHERE workspace_id = ${workspaceId}::uuid AND id = ${leadId}::uuid`;
  return lead?.ownerId == null ? undefined : findSeller(db, workspaceId, lead.ownerId);
}

/**
 * Plans a task for the owner of a deal that is at risk, due on the next working day of theirs; of a deal that is nobody's
 * it is the asker's own. The deal has to be at that risk still. Throws AccessDenied for whoever does not see the
 * strategic dashboard, NotHere for a deal they do not see.
 */
export async function planRiskTask(
  {
    actor,
    asked: { risk, leadId, filter },
  }: {
    readonly actor: Member;
    readonly asked: {
      readonly risk: Risk;
      readonly leadId: string;
      readonly filter: MetricFilter;
    };
  },
  deps: Pick<Deps, "db" | "now">,
): Promise<Result<PlannedTask, RiskRefusal>> {
  dashboardPolicy.authorize(actor, "strategic.view", actor);
  const { db, now } = deps;
  const { workspaceId } = actor;
  const [scope, place] = await Promise.all([getScope(db, actor), getPlace(db, workspaceId, now())]);
  const found = await findRiskOf(db, { scope, place }, filter, leadId);
  if (found !== risk) return refuse("not-at-risk");
  const owner = await findOwner(db, workspaceId, leadId);
  const due = nextWorkingDay(place.today);
  const planned = await planActivity(
    {
      actor,
      scope,
      leadId,
      input: {
        kind: "task",
        subject: t(`risk.task.${risk}`),
        dueAt: dueAtOf({ day: due, minute: null }, owner?.zone ?? place.zone),
        allDay: true,
        assigneeId: owner?.member.userId ?? actor.userId,
      },
    },
    deps,
  );
  if (!planned.ok) return refuse(planned.refusal === "cannot-see" ? "cannot-see" : "not-here");
  const { id, version } = planned.value;
  return ok({ id, version, owner: owner?.member.name ?? actor.name, due });
}
