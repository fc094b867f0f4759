import { v7 as newId } from "uuid";
import type { Group, Member } from "@/lib/access/actor";
import { insertLead } from "@/lib/crm/commands/make-lead";
import type { Lead } from "@/lib/crm/core/lead";
import type { CrmScope } from "@/lib/crm/core/scope";
import { getScope } from "@/lib/crm/reads/scope";
import { insertRows } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { House } from "@/lib/testing/house";
import type { Person } from "./workspace";
import { makePerson } from "./workspace";

/** Somebody who sells, as the commands ask for them. */
export type SellingPerson = {
  readonly person: Person;
  readonly actor: Member;
  readonly scope: CrmScope;
};

export async function makeSeller(
  house: House,
  workspaceId: string,
  given: Parameters<typeof makePerson>[2] & {
    readonly teamId?: string;
    readonly weight?: number;
    readonly capacity?: number | null;
    readonly takesLeads?: boolean;
    readonly scope?: CrmScope["kind"];
    readonly position?: number;
  } = {},
): Promise<SellingPerson> {
  const { teamId, weight = 1, capacity = null, takesLeads = true, position = 0, ...rest } = given;
  const groups: readonly Group[] = given.groups ?? ["crm_user"];
  const person = await makePerson(house.db, workspaceId, { ...rest, groups });
  const place = { workspace_id: workspaceId, user_id: person.id };
  await insertRows(house.db, [
    {
      table: "sales_person",
      rows: [{ ...place, scope: given.scope ?? "team", capacity, takes_leads: takesLeads }],
    },
    {
      table: "sales_team_member",
      rows:
        teamId === undefined ? [] : [{ ...place, team_id: teamId, weight, position, credit: 0 }],
    },
  ]);
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups,
  };
  return { person, actor, scope: await getScope(house.db, actor) };
}

/** A team; around the clock unless hours are given. */
export async function makeTeam(
  house: House,
  workspaceId: string,
  given: {
    readonly name?: string;
    readonly zone?: string;
    readonly responseMinutes?: number;
    readonly managerId?: string;
    readonly hours?: readonly (readonly [day: number, from: number, to: number])[];
  } = {},
): Promise<string> {
  const id = newId();
  await insertRows(house.db, [
    {
      table: "sales_team",
      rows: [
        {
          workspace_id: workspaceId,
          id,
          name: given.name ?? `Team ${id.slice(-6)}`,
          zone: given.zone ?? "UTC",
          manager_id: given.managerId ?? null,
          response_minutes: given.responseMinutes ?? null,
          observes_holidays: true,
          position: 0,
          version: 1,
        },
      ],
    },
    {
      table: "sales_team_hours",
      rows: (given.hours ?? []).map(([day, from_minute, to_minute]) => ({
        workspace_id: workspaceId,
        team_id: id,
        id: newId(),
        day,
        from_minute,
        to_minute,
      })),
    },
  ]);
  return id;
}

/** A lead as it stands in the database right after it was made; nobody's and in no rule's hands unless given. */
export async function makeRawLead(
  house: House,
  workspaceId: string,
  given: Partial<Parameters<typeof insertLead>[2]["fields"]> & {
    readonly ownerId?: string | null;
    readonly teamId?: string | null;
    readonly kind?: Lead["kind"];
  } = {},
): Promise<Lead> {
  const { ownerId = null, teamId = null, kind = "lead", ...fields } = given;
  const made = await house.db.$transaction((tx) =>
    insertLead(
      tx,
      workspaceId,
      { kind, ownerId, teamId, fields: { name: "Dalton Bakeries", ...fields } },
      house.now(),
    ),
  );
  if (!made.ok) throw new Error(made.refusal);
  return made.value;
}
