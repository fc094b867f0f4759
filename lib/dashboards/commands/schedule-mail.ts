import { v7 as newId } from "uuid";
import type { Member } from "@/lib/access/actor";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { ScheduleAct, ScheduleFields, ScheduleRefusal } from "../core/schedule";
import { MOST_SCHEDULES, nextDue } from "../core/schedule";
import { dashboardPolicy } from "../policy";
import { areSellers, findSchedule } from "../reads/schedules";
import {
  countSchedules,
  insertSchedule,
  removeSchedule,
  updateSchedule,
} from "../writes/schedules";
import { auditDashboards } from "./audit-dashboards";
import type { MailDeps } from "./mail-dashboard";
import { mailDashboard } from "./mail-dashboard";

type Answer = Result<{ readonly id: string }, ScheduleRefusal>;
type Kept = Extract<ScheduleAct, { readonly act: "make" | "change" }>;

async function keep(actor: Member, asked: Kept, deps: MailDeps): Promise<Answer> {
  const grant = dashboardPolicy.authorize(actor, "dashboard.schedule", actor);
  const { workspaceId, userId } = actor;
  const schedule: ScheduleFields = asked.schedule;
  const at = deps.now();
  const nextAt = nextDue(schedule, at);
  return deps.db.$transaction(async (tx) => {
    if (!(await areSellers(tx, workspaceId, schedule.recipients))) return refuse("no-such-person");
    const id = asked.act === "change" ? asked.id : newId();
    if (asked.act === "change") {
      const { version } = asked;
      if (!(await updateSchedule(tx, grant, { ...schedule, id, version, nextAt })))
        return refuse("changed-meanwhile");
    } else {
      if ((await countSchedules(tx, workspaceId)) >= MOST_SCHEDULES) return refuse("too-many");
      await insertSchedule(tx, grant, { ...schedule, id, by: userId, at, nextAt });
    }
    await auditDashboards(tx, actor, deps, {
      action: `dashboard.schedule.${asked.act}`,
      subject: id,
      details: schedule,
    });
    return ok({ id });
  });
}

async function drop(actor: Member, id: string, deps: MailDeps): Promise<Answer> {
  const grant = dashboardPolicy.authorize(actor, "dashboard.schedule", actor);
  return deps.db.$transaction(async (tx) => {
    if (!(await removeSchedule(tx, grant, id))) return refuse("not-here");
    const entry = { action: "dashboard.schedule.delete", subject: id, details: {} };
    await auditDashboards(tx, actor, deps, entry);
    return ok({ id });
  });
}

/** Sends it once, now, to whoever asks and nobody else. */
async function trySending(actor: Member, id: string, deps: MailDeps): Promise<Answer> {
  const { workspaceId, userId } = actor;
  const schedule = await findSchedule(deps.db, { workspaceId, id });
  if (schedule === undefined) return refuse("not-here");
  const at = deps.now();
  await mailDashboard(schedule, { userId, occasion: `test-${newId()}`, at }, deps);
  return ok({ id });
}

/**
 * Makes, changes or deletes a mail that carries a dashboard, or sends it once to who asks. Those who manage sales do;
 * throws AccessDenied for everybody else.
 */
export async function scheduleMail(
  { actor, asked }: { readonly actor: Member; readonly asked: ScheduleAct },
  deps: MailDeps,
): Promise<Answer> {
  dashboardPolicy.authorize(actor, "dashboard.schedule", actor);
  if (asked.act === "delete") return drop(actor, asked.id, deps);
  return asked.act === "test" ? trySending(actor, asked.id, deps) : keep(actor, asked, deps);
}
