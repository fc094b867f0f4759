import { z } from "zod";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { instantOnWire } from "@/lib/time/wire";
import { ACT_WORDS } from "./deal-answer";
import { changeDealInput, dealFields, dealName } from "./deal-input";
import type { Lead, Stage } from "./lead";
import { categoryOf, LEAD_KINDS, LEAD_STATUSES, labelOf, probabilityOf } from "./lead";

const iso = (moment: Instant | null): string | null => (moment === null ? null : toIso(moment));

/** A lead or an opportunity as machines are told of it. Amounts are minor units of `currency`, probability percent. */
export function leadOnWire(lead: Lead, stages: readonly Stage[]) {
  const stage = stages.find(({ id }) => id === lead.stageId);
  return {
    id: lead.id,
    label: labelOf(lead),
    number: lead.number,
    kind: lead.kind,
    status: lead.status,
    name: lead.name,
    contactName: lead.contactName,
    companyName: lead.companyName,
    email: lead.email,
    phone: lead.phone,
    contactId: lead.contactId,
    companyId: lead.companyId,
    productId: lead.productId,
    sourceId: lead.sourceId,
    medium: lead.medium,
    campaign: lead.campaign,
    country: lead.country,
    industry: lead.industry,
    ownerId: lead.ownerId,
    teamId: lead.teamId,
    pipelineId: lead.pipelineId,
    stage: lead.stageId === null ? null : { id: lead.stageId, name: stage?.name ?? null },
    amountMinor: lead.amountMinor,
    currency: lead.currency,
    baseMinor: lead.baseMinor,
    mrrMinor: lead.mrrMinor,
    probability: probabilityOf(lead, stage).percent,
    probabilityManual: lead.probabilityManual,
    category: categoryOf(lead, stage),
    expectedClose: lead.expectedClose,
    parkedUntil: lead.parkedUntil,
    description: lead.description,
    tags: lead.tags,
    custom: lead.custom,
    lostReasonId: lead.lostReasonId,
    lostNote: lead.lostNote,
    competitor: lead.competitor,
    createdAt: toIso(lead.createdAt),
    updatedAt: toIso(lead.updatedAt),
    assignedAt: iso(lead.assignedAt),
    firstResponseAt: iso(lead.firstResponseAt),
    convertedAt: iso(lead.convertedAt),
    closedAt: iso(lead.closedAt),
    nextActivityAt: iso(lead.nextActivityAt),
    deletedAt: iso(lead.deletedAt),
    mergedInto: lead.mergedInto,
    version: lead.version,
  };
}

const id = z.uuid();

/** Which leads are asked for; newest change first. */
export const leadsQuestion = z.strictObject({
  kind: z.enum(LEAD_KINDS).optional(),
  status: z.enum(LEAD_STATUSES).optional(),
  owner: id.optional(),
  team: id.optional(),
  source: id.optional(),
  stage: id.optional(),
  email: z.string().max(254).toLowerCase().optional(),
  updatedSince: instantOnWire.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,16}_[0-9a-f-]{36}$/, "is not a cursor of an answer")
    .optional(),
});

export type LeadsQuestion = z.output<typeof leadsQuestion>;

/** Of opportunities the kind is known. */
export const opportunitiesQuestion = leadsQuestion.omit({ kind: true });

const placed = {
  stageId: id.optional(),
  ownerId: id.nullable().optional(),
  teamId: id.nullable().optional(),
};

/** A new lead or opportunity. Without an owner it waits to be assigned. */
export const newLeadInput = z.strictObject({
  ...dealFields.shape,
  ...placed,
  kind: z.enum(LEAD_KINDS).default("lead"),
  name: dealName,
});

export const newOpportunityInput = newLeadInput.omit({ kind: true });

/** The fields that change; the others stay. Without a version whatever stands there is changed. */
export const leadChangeInput = z.strictObject({
  ...dealFields.shape,
  version: z.int().min(1).optional(),
});

/** One act: move, win, lose, junk, convert, reopen, assign, park, delete, … */
export const leadActInput = z.strictObject({
  act: changeDealInput.shape.act,
  version: z.int().min(1).optional(),
});

const STATUS_OF: Readonly<Record<string, number>> = {
  "not-here": 404,
  denied: 403,
  "unknown-reference": 422,
  "no-such-stage": 422,
  "needs-a-reason": 422,
  "before-created": 422,
  "in-the-future": 422,
  "too-much-money": 422,
};

/** The status and the error of an act that was not done. */
export function refusedLeadOnWire(refusal: {
  readonly reason: string;
  readonly changes?: readonly {
    readonly field: string;
    readonly at: Instant;
    readonly by: string | null;
  }[];
}) {
  const { reason, changes } = refusal;
  const words: Readonly<Record<string, string>> = ACT_WORDS;
  return {
    status: STATUS_OF[reason] ?? 409,
    error: {
      code: reason === "denied" ? "forbidden" : reason,
      message:
        reason === "changed-meanwhile"
          ? "Somebody else changed this meanwhile; changes says what. Read it again."
          : (words[reason] ?? "This could not be done."),
      ...(changes === undefined
        ? {}
        : { changes: changes.map(({ field, at, by }) => ({ field, at: toIso(at), by })) }),
    },
  };
}
