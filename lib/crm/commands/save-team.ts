import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { PersonInput, TeamInput } from "../core/set-up-input";
import { nextPosition } from "../writes/set-up";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayConfigure = Grant<"crm.configure", { readonly workspaceId: string }>;

export type TeamRefusal = "name-taken" | "changed-meanwhile" | "no-such-person";

/**
 * The team's people, whole: who is left out goes, who stays keeps what the round robin owes them. Under the team's row
 * lock, as assignment is.
 */
async function writeMembers(
  tx: Transaction,
  { workspaceId, teamId }: { readonly workspaceId: string; readonly teamId: string },
  members: TeamInput["members"],
): Promise<void> {
  const ids = members.map(({ userId }) => userId);
  await tx.salesTeamMember.deleteMany({
    where: { workspaceId, teamId, userId: { notIn: ids } },
  });
  const rows = members.map(({ userId, weight }, position) => ({ userId, weight, position }));
  await tx.$executeRaw`
    INSERT INTO sales_team_member (workspace_id, team_id, user_id, weight, position)
    SELECT ${workspaceId}::uuid, ${teamId}::uuid, m."userId", m.weight, m.position
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m("userId" uuid, weight smallint, position smallint)
    ON CONFLICT (workspace_id, team_id, user_id) DO UPDATE SET weight = excluded.weight, position = excluded.position`;
}

async function writeHours(
  tx: Transaction,
  { workspaceId, teamId }: { readonly workspaceId: string; readonly teamId: string },
  hours: TeamInput["hours"],
): Promise<void> {
  await tx.salesTeamHours.deleteMany({ where: { workspaceId, teamId } });
  await insertRows(tx, [
    {
      table: "sales_team_hours",
      rows: hours.map(([day, from_minute, to_minute]) => ({
        workspace_id: workspaceId,
        team_id: teamId,
        id: newId(),
        day,
        from_minute,
        to_minute,
      })),
    },
  ]);
}

/** Makes a team, or changes one as somebody who saw `version` of it: its facts, its people and its hours together. */
export async function saveTeam(
  { id, version, hours, members, ...facts }: TeamInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly id: string }, TeamRefusal>> {
  const { workspaceId } = grant.resource;
  const teamId = id ?? newId();
  try {
    return await deps.db.$transaction(async (tx) => {
      if (id === undefined) {
        const position = await nextPosition(tx, grant, "team");
        await tx.salesTeam.create({ data: { workspaceId, id: teamId, position, ...facts } });
      } else {
        const { count } = await tx.salesTeam.updateMany({
          where: { workspaceId, id, version: version ?? 0, archivedAt: null },
          data: { ...facts, version: { increment: 1 } },
        });
        if (count === 0) return refuse("changed-meanwhile");
      }
      await writeMembers(tx, { workspaceId, teamId }, members);
      await writeHours(tx, { workspaceId, teamId }, hours);
      await auditSetUp(tx, grant, deps, {
        action: id === undefined ? "crm.team.make" : "crm.team.change",
        subject: teamId,
        details: { ...facts, members, hours },
      });
      return ok({ id: teamId });
    });
  } catch (error) {
    if (violates(error, "team_is_named_once")) return refuse("name-taken");
    if (violates(error, "member_is_a_person") || violates(error, "team_manager_exists"))
      return refuse("no-such-person");
    throw error;
  }
}

/** What somebody of sales sees and how much they take on. Those who manage sales see everything whatever is set. */
export async function savePerson(
  { id, ...settings }: PersonInput,
  grant: MayConfigure,
  deps: SetUpDeps,
): Promise<Result<{ readonly id: string }, "no-such-person" | "no-such-team">> {
  const { workspaceId } = grant.resource;
  try {
    return await deps.db.$transaction(async (tx) => {
      if (settings.defaultTeamId !== null) {
        const team = await tx.salesTeam.count({
          where: { workspaceId, id: settings.defaultTeamId, archivedAt: null },
        });
        if (team === 0) return refuse("no-such-team");
      }
      await tx.salesPerson.upsert({
        where: { workspaceId_userId: { workspaceId, userId: id } },
        create: { workspaceId, userId: id, ...settings },
        update: settings,
      });
      await auditSetUp(tx, grant, deps, {
        action: "crm.person.change",
        subject: id,
        details: settings,
      });
      return ok({ id });
    });
  } catch (error) {
    if (violates(error, "sales_person_is_a_user")) return refuse("no-such-person");
    throw error;
  }
}
