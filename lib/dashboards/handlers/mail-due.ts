import type { RunReport } from "@/lib/jobs/runs";
import { log } from "@/lib/log";
import { toIso } from "@/lib/time/instant";
import type { MailDeps } from "../commands/mail-dashboard";
import { mailDashboard } from "../commands/mail-dashboard";
import { nextDue } from "../core/schedule";
import type { DueSchedule } from "../reads/schedules";
import { listDueSchedules } from "../reads/schedules";
import { markSent } from "../writes/schedules";

/** One time of one mail, to everybody who gets it. How many got it, and for how many it failed. */
async function mailOne(schedule: DueSchedule, deps: MailDeps) {
  const at = deps.now();
  const counts = { mailed: 0, withheld: 0, failed: 0 };
  for (const { id: userId, stopped } of schedule.recipients) {
    if (stopped) continue;
    try {
      const occasion = toIso(schedule.nextAt);
      const sent = await mailDashboard(schedule, { userId, occasion, at }, deps);
      counts[sent ? "mailed" : "withheld"] += 1;
    } catch (err) {
      // The others get theirs; this one is told of in the log, and the next time comes.
      counts.failed += 1;
      log.error({ err, schedule: schedule.id }, "a scheduled dashboard could not be mailed");
    }
  }
  await markSent(deps.db, schedule, { at, nextAt: nextDue(schedule, at) });
  return counts;
}

/** Mails every dashboard that is due. Run again at once, it mails nobody twice; what was missed comes once, not often. */
export async function mailDueDashboards(deps: MailDeps): Promise<RunReport> {
  const due = await listDueSchedules(deps.db, deps.now());
  const counts = { schedules: due.length, mailed: 0, withheld: 0, failed: 0 };
  for (const schedule of due) {
    const one = await mailOne(schedule, deps);
    counts.mailed += one.mailed;
    counts.withheld += one.withheld;
    counts.failed += one.failed;
  }
  return {
    summary: `Mailed ${counts.mailed} dashboards of ${counts.schedules} schedules; ${counts.withheld} withheld, ${counts.failed} failed`,
    counts,
  };
}
