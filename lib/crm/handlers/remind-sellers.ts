import { withRetry } from "@/lib/db/violations";
import type { RunReport } from "@/lib/jobs/runs";
import type { Deps } from "@/lib/runtime";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import type { Telling } from "../commands/tell-sellers";
import { seersOf, tellSellers } from "../commands/tell-sellers";
import { t } from "../core/activity-text";
import { addWorkingMinutes } from "../core/business-time";
import type { Lead } from "../core/lead";
import { labelOf } from "../core/lead";
import { listLeads } from "../reads/lead";
import type { Seller } from "../reads/seller";
import { findWorkingTeams } from "../reads/team-hours";
import type { DueReminder, OverdueAnswer } from "../writes/reminders";
import {
  listOverdueAnswers,
  listWorkspacesOverdue,
  markAlarms,
  takeReminders,
} from "../writes/reminders";

const BATCH = 200;

type Clock = Pick<Deps, "db" | "queue" | "now">;

/** On the reader's own clock. A whole day is its name alone. */
function whenText(due: { dueAt: Instant; allDay: boolean }, reader: Seller): string {
  if (due.allDay) return formatDateShort(instantOf(due.dueAt - 1), reader);
  const zone = zoneAbbreviation(due.dueAt, reader.zone, reader.locale);
  return `${formatDateShort(due.dueAt, reader)}, ${formatTime(due.dueAt, reader)} ${zone}`;
}

function tellingOf(due: DueReminder, lead: Lead, seller: Seller): Telling {
  const when = t("mail.due", { when: whenText(due, seller) });
  return {
    key: `due/${due.id}/${due.remindAt}`,
    seller,
    kind: "activity-due",
    leadId: lead.id,
    title: t("notice.activityDue", { kind: t(`kinds.${due.kind}`), subject: due.subject }),
    detail: `${lead.name} (${labelOf(lead)}) · ${when}`,
    mail: "crm/activity-due",
  };
}

/** One batch of reminders: who no longer sees the lead is told nothing of it. */
const remindBatch = ({ db, queue, now: clock }: Clock): Promise<{ taken: number; told: number }> =>
  withRetry(() =>
    db.$transaction(async (tx) => {
      const now = clock();
      const due = await takeReminders(tx, now, BATCH);
      let told = 0;
      for (const [workspaceId, ours] of Map.groupBy(due, (one) => one.workspaceId)) {
        const ids = [...new Set(ours.map(({ leadId }) => leadId))];
        const leads = new Map(
          (await listLeads(tx, { workspaceId, ids })).map((lead) => [lead.id, lead]),
        );
        const people = ours.flatMap(({ assigneeId }) => assigneeId ?? []);
        const seer = await seersOf(tx, workspaceId, people);
        const tellings = ours.flatMap((one) => {
          const lead = leads.get(one.leadId);
          const seller = lead?.deletedAt === null ? seer(one.assigneeId, lead) : undefined;
          return lead === undefined || seller === undefined ? [] : [tellingOf(one, lead, seller)];
        });
        await tellSellers(tx, { workspaceId, tellings }, { queue }, now);
        told += tellings.length;
      }
      return { taken: due.length, told };
    }),
  );

type Level = "owner" | "manager";

/** Managers hear of it when as much working time again has passed as was promised. */
async function dueForManagers(
  db: Clock["db"],
  workspaceId: string,
  overdue: readonly OverdueAnswer[],
  now: Instant,
): Promise<readonly OverdueAnswer[]> {
  const teams = await findWorkingTeams(
    db,
    workspaceId,
    overdue.flatMap(({ teamId }) => teamId ?? []),
  );
  return overdue.filter(({ teamId, dueAt }) => {
    const team = teams.get(teamId ?? "");
    const again = team && addWorkingMinutes(team.works, dueAt, team.responseMinutes ?? 0);
    return again !== undefined && again <= now;
  });
}

function alarmOf(
  overdue: OverdueAnswer,
  lead: Lead,
  level: Level,
  { seller, ownerName }: { readonly seller: Seller; readonly ownerName: string },
): Telling {
  const named = { name: lead.name, label: labelOf(lead) };
  return {
    key: `overdue/${lead.id}/${level}`,
    seller,
    kind: "answer-overdue",
    leadId: lead.id,
    title:
      level === "owner"
        ? t("notice.overdueOwner", named)
        : t("notice.overdueManager", { ...named, owner: ownerName }),
    detail: t("notice.dueAt", { when: whenText({ dueAt: overdue.dueAt, allDay: false }, seller) }),
    mail: "crm/answer-overdue",
  };
}

/** Tells one level of a workspace of its overdue answers, each once. */
async function alarm(
  workspaceId: string,
  level: Level,
  { db, queue, now: clock }: Clock,
): Promise<number> {
  const now = clock();
  const found = await listOverdueAnswers(db, workspaceId, level, now);
  const overdue = level === "owner" ? found : await dueForManagers(db, workspaceId, found, now);
  if (overdue.length === 0) return 0;
  return withRetry(() =>
    db.$transaction(async (tx) => {
      const toldId = (one: OverdueAnswer) => (level === "owner" ? one.ownerId : one.managerId);
      const marks = overdue.map((one) => ({ leadId: one.leadId, toldId: toldId(one) }));
      const fresh = await markAlarms(tx, { workspaceId, level }, marks, now);
      const ids = [...fresh];
      const leads = new Map(
        (await listLeads(tx, { workspaceId, ids })).map((lead) => [lead.id, lead]),
      );
      const people = overdue.flatMap(({ ownerId, managerId }) =>
        [ownerId ?? [], managerId ?? []].flat(),
      );
      const seer = await seersOf(tx, workspaceId, people);
      const tellings = overdue.flatMap((one) => {
        const lead = leads.get(one.leadId);
        // A manager whose own lead it is was told as its owner.
        if (lead === undefined || (level === "manager" && one.managerId === one.ownerId)) return [];
        const seller = seer(toldId(one), lead);
        const ownerName = seer(one.ownerId, lead)?.member.name ?? "its owner";
        return seller === undefined ? [] : [alarmOf(one, lead, level, { seller, ownerName })];
      });
      await tellSellers(tx, { workspaceId, tellings }, { queue }, now);
      return tellings.length;
    }),
  );
}

/** Reminds people of what they planned, and owners and then managers of answers that are overdue; each once. */
export async function remindSellers(deps: Clock): Promise<RunReport> {
  let reminded = 0;
  for (let batch = await remindBatch(deps); batch.taken > 0; batch = await remindBatch(deps))
    reminded += batch.told;
  let alarmed = 0;
  for (const workspaceId of await listWorkspacesOverdue(deps.db, deps.now())) {
    alarmed += await alarm(workspaceId, "owner", deps);
    alarmed += await alarm(workspaceId, "manager", deps);
  }
  return {
    summary: `Reminded of ${reminded} activities and of ${alarmed} overdue answers`,
    counts: { reminded, alarmed },
  };
}
