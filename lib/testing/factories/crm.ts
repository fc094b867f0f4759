import { v7 as newId } from "uuid";
import type { Group, Member } from "@/lib/access/actor";
import type { Stage } from "@/lib/crm/core/lead";
import type { CrmScope } from "@/lib/crm/core/scope";
import { listStages } from "@/lib/crm/reads/lead";
import { getScope } from "@/lib/crm/reads/scope";
import type { Db } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { makePerson, makeWorkspace } from "./workspace";

export type Seller = {
  readonly actor: Member;
  readonly scope: CrmScope;
};

/** Somebody of sales in this workspace, with what they may see. */
export async function makeSeller(
  db: Db,
  workspaceId: string,
  given: { name?: string; group?: Group; scope?: CrmScope["kind"]; teams?: readonly string[] } = {},
): Promise<Seller> {
  const group = given.group ?? "crm_manager";
  const person = await makePerson(db, workspaceId, {
    groups: [group],
    ...(given.name === undefined ? {} : { name: given.name }),
  });
  await insertRows(db, [
    {
      table: "sales_person",
      rows: given.scope
        ? [{ workspace_id: workspaceId, user_id: person.id, scope: given.scope, takes_leads: true }]
        : [],
    },
    {
      table: "sales_team_member",
      rows: (given.teams ?? []).map((team) => ({
        workspace_id: workspaceId,
        team_id: team,
        user_id: person.id,
        weight: 1,
        credit: 0,
        position: 0,
      })),
    },
  ]);
  const actor: Member = {
    kind: "member",
    userId: person.id as UserId,
    workspaceId: workspaceId as WorkspaceId,
    name: person.name,
    groups: [group],
  };
  return { actor, scope: await getScope(db, actor) };
}

export async function makeTeam(db: Db, workspaceId: string, name: string): Promise<string> {
  const id = newId();
  await insertRows(db, [
    { table: "sales_team", rows: [{ workspace_id: workspaceId, id, name, zone: "UTC" }] },
  ]);
  return id;
}

export type Sales = Seller & {
  readonly workspaceId: string;
  /** Open ones first, then won and lost, in their order. */
  readonly stages: readonly Stage[];
  readonly lostReason: string;
  readonly junkReason: string;
};

/** A workspace of its own with one sales manager; its currency is USD, its day that of `zone`. */
export async function makeSales(db: Db, given: { zone?: string } = {}): Promise<Sales> {
  const workspaceId = await makeWorkspace(db, given);
  const reasons = await db.lostReason.findMany({
    where: { workspaceId },
    orderBy: { position: "asc" },
  });
  const of = (kind: string): string => reasons.find((reason) => reason.kind === kind)?.id ?? "";
  return {
    ...(await makeSeller(db, workspaceId)),
    workspaceId,
    stages: await listStages(db, workspaceId),
    lostReason: of("lost"),
    junkReason: of("junk"),
  };
}

/** A lead row as given, made at `at`; what is not said is empty. Its history is written by the database. */
export async function makeLeadRow(
  db: Db,
  sales: Pick<Sales, "workspaceId" | "stages">,
  given: Readonly<Record<string, string | number | boolean | object | null>> & {
    readonly at: Instant;
    readonly stage?: Stage;
  },
): Promise<string> {
  const { at, stage, ...columns } = given;
  const id = newId();
  const moment = toIso(at);
  await db.$executeRaw`
    INSERT INTO lead SELECT p.* FROM jsonb_populate_record(NULL::lead, ${JSON.stringify({
      workspace_id: sales.workspaceId,
      id,
      kind: stage === undefined ? "lead" : "opportunity",
      status: "open",
      name: "Dalton Bakeries",
      currency: "USD",
      first_touch: {},
      tags: [],
      custom: {},
      version: 1,
      created_at: moment,
      updated_at: moment,
      ...(stage === undefined
        ? {}
        : {
            pipeline_id: stage.pipelineId,
            stage_id: stage.id,
            stage_type: stage.type,
            stage_entered_at: moment,
            opportunity_at: moment,
          }),
      ...columns,
    })}::jsonb || jsonb_build_object('number', nextval('lead_number'))) p`;
  return id;
}
