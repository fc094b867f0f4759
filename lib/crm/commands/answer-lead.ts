import type { Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import type { Lead } from "../core/lead";
import { answeredAtOf, responseDueOf, responseMinutesOf } from "../core/response";
import { findFirstAnswer } from "../reads/activities";
import { findWorkingTeams } from "../reads/team-hours";
import { writeResponse, writeResponseDue } from "../writes/response";

const worksOf = async (tx: Transaction, { workspaceId, firstTeamId, teamId }: Lead) => {
  const id = firstTeamId ?? teamId;
  return id === null ? undefined : (await findWorkingTeams(tx, workspaceId, [id])).get(id)?.works;
};

/**
 * A person answered this lead: its first response is the earliest of all, whenever it was written down. The caller holds
 * the lead's lock, and has seen that the act is an answer (`isAnswer`).
 */
export async function noteAnswer(tx: Transaction, lead: Lead, doneAt: Instant): Promise<void> {
  const at = answeredAtOf(lead, doneAt);
  if (lead.firstResponseAt !== null && lead.firstResponseAt <= at) return;
  const minutes = responseMinutesOf(lead, at, await worksOf(tx, lead));
  await writeResponse(tx, { workspaceId: lead.workspaceId, leadId: lead.id }, { at, minutes });
}

/** What answered the lead was taken back: the next earliest answer on record is its first, or none. */
export async function forgetAnswer(tx: Transaction, lead: Lead, doneAt: Instant): Promise<void> {
  if (lead.firstResponseAt !== answeredAtOf(lead, doneAt)) return;
  const place = { workspaceId: lead.workspaceId, leadId: lead.id };
  const at = await findFirstAnswer(tx, place);
  await writeResponse(
    tx,
    place,
    at === undefined
      ? { at: null, minutes: null }
      : { at, minutes: responseMinutesOf(lead, at, await worksOf(tx, lead)) },
  );
}

/**
 * Leads were given to somebody: those whose team promises an answer within a time, and that have no promise yet, get
 * the moment it ends. The caller holds their locks and has written their owners.
 */
export async function promiseAnswers(
  tx: Transaction,
  workspaceId: string,
  leads: readonly Lead[],
  now: Instant,
): Promise<void> {
  const teams = await findWorkingTeams(
    tx,
    workspaceId,
    leads.flatMap(({ teamId }) => teamId ?? []),
  );
  const due = leads.flatMap((lead) => {
    const at = responseDueOf(lead, teams.get(lead.teamId ?? ""), now);
    return at === undefined ? [] : [{ id: lead.id, at }];
  });
  await writeResponseDue(tx, workspaceId, due);
}
