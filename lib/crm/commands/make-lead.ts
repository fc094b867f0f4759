import { v7 as newId } from "uuid";
import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import type { Instant } from "@/lib/time/instant";
import type { Lead, LeadPatch } from "../core/lead";
import type { LeadFields } from "../core/lead-act";
import type { CrmScope } from "../core/scope";
import { leadsChanged } from "../jobs";
import { crmPolicy } from "../policy";
import { findLead, listStages } from "../reads/lead";
import type { Via } from "../writes/lead";
import { actAs, columnsOf } from "../writes/lead";
import { promiseAnswers } from "./answer-lead";
import { assignByRules } from "./assign-leads";

export type NewLead = {
  readonly kind: "lead" | "opportunity";
  readonly fields: LeadFields & Pick<LeadPatch, "firstTouch"> & { readonly name: string };
  /** Of an opportunity; absent: the first open stage of the default pipeline. */
  readonly stageId?: string | undefined;
  /** Null: nobody's. Absent: whose turn it is by the rules (`makeLead`); `insertLead` makes it nobody's. */
  readonly ownerId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
};

export type MakeRefusal = "no-such-stage";

/** Inserts one lead inside the caller's transaction; history, base amount and assignment time are the database's. */
export async function insertLead(
  tx: Transaction,
  workspaceId: string,
  { kind, fields, stageId, ownerId = null, teamId = null }: NewLead,
  now: Instant,
): Promise<Result<Lead, MakeRefusal>> {
  const stages = kind === "lead" ? [] : await listStages(tx, workspaceId);
  const stage = stages.find(({ id, type }) =>
    stageId === undefined ? type === "open" : id === stageId,
  );
  if (kind === "opportunity" && stage?.type !== "open") return refuse("no-such-stage");
  const id = newId();
  const [base] = await tx.$queryRaw<{ currency: string }[]>`
    SELECT base_currency AS currency FROM workspace WHERE id = ${workspaceId}::uuid`;
  const columns = columnsOf({
    currency: base?.currency ?? "USD",
    ...fields,
    kind,
    status: "open",
    ownerId,
    teamId,
    createdAt: now,
    updatedAt: now,
    ...(stage === undefined
      ? {}
      : {
          pipelineId: stage.pipelineId,
          stageId: stage.id,
          stageType: stage.type,
          stageEnteredAt: now,
          opportunityAt: now,
        }),
  });
  await tx.$executeRaw`
    INSERT INTO lead SELECT p.* FROM jsonb_populate_record(
      jsonb_populate_record(NULL::lead, ${JSON.stringify({ tags: [], custom: {}, first_touch: {}, version: 1 })}::jsonb),
      ${JSON.stringify({ ...columns, workspace_id: workspaceId, id })}::jsonb
        || jsonb_build_object('number', nextval('lead_number'))) p`;
  const lead = await findLead(tx, { workspaceId, id });
  if (lead === undefined) throw new Error("a lead was written and is not there");
  return ok(lead);
}

/** Makes a lead or an opportunity. Throws AccessDenied for whoever has no part in sales. */
export async function makeLead(
  {
    actor,
    scope,
    input,
    via,
  }: {
    readonly actor: Actor;
    readonly scope: CrmScope;
    readonly input: NewLead;
    readonly via: Via;
  },
  { db, queue, now: clock }: Deps,
): Promise<Result<Lead, MakeRefusal>> {
  const { workspaceId } = scope;
  crmPolicy.authorize(actor, "crm.use", { workspaceId });
  const userId = actor.kind === "member" ? actor.userId : null;
  return db.$transaction(async (tx) => {
    const now = clock();
    await actAs(tx, { userId, via });
    const made = await insertLead(tx, workspaceId, input, now);
    if (!made.ok) return made;
    const { id, version } = made.value;
    await enqueue(queue, tx, leadsChanged, [
      {
        payload: {
          workspaceId,
          leads: [{ id, version }],
          event: "created",
          at: now,
          actorId: userId,
          actorName: actor.kind === "member" ? actor.name : "Meridian",
        },
      },
    ]);
    // After the event of its birth: whoever follows hears of its owner next.
    if (input.ownerId === undefined) {
      const leads = [made.value];
      await assignByRules(tx, { workspaceId, leads, actorId: null }, { queue }, now);
    } else await promiseAnswers(tx, workspaceId, [made.value], now);
    return ok((await findLead(tx, { workspaceId, id })) ?? made.value);
  });
}
