import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { Lead, LeadPatch, Stage } from "./lead";
import { MOST_TAGS, tagsWith } from "./tags";

/** Facts somebody may type. */
export type LeadFields = Pick<
  LeadPatch,
  | "name"
  | "contactName"
  | "companyName"
  | "email"
  | "phone"
  | "contactId"
  | "companyId"
  | "productId"
  | "sourceId"
  | "medium"
  | "campaign"
  | "country"
  | "industry"
  | "amountMinor"
  | "currency"
  | "mrrMinor"
  | "probabilityManual"
  | "category"
  | "expectedClose"
  | "description"
  | "tags"
  | "custom"
>;

/** What can be done to a lead. Moments default to now; a stage of type won or lost closes. */
export type LeadAct =
  | { readonly kind: "edit"; readonly fields: LeadFields }
  | { readonly kind: "convert"; readonly stageId: string; readonly fields?: LeadFields }
  | { readonly kind: "move"; readonly stageId: string; readonly lost?: Loss }
  | { readonly kind: "win"; readonly closedAt?: Instant }
  | ({ readonly kind: "lose"; readonly closedAt?: Instant } & Loss)
  | { readonly kind: "junk"; readonly reasonId: string; readonly note?: string | null }
  | { readonly kind: "reopen"; readonly stageId?: string }
  | { readonly kind: "restate"; readonly closedAt: Instant }
  | { readonly kind: "assign"; readonly ownerId: string | null; readonly teamId?: string | null }
  | { readonly kind: "park"; readonly until: CalendarDate | null }
  | { readonly kind: "tag"; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: "delete" }
  | { readonly kind: "restore" };

export type Loss = {
  readonly reasonId: string;
  readonly note?: string | null;
  readonly competitor?: string | null;
};

export type ActRefusal =
  | "deleted"
  | "not-deleted"
  | "closed"
  | "not-closed"
  | "not-a-lead"
  | "not-an-opportunity"
  | "no-such-stage"
  | "other-pipeline"
  | "needs-a-reason"
  | "before-created"
  | "in-the-future"
  | "merged"
  | "too-many-tags"
  | "first-touch-is-kept"
  // Beyond what is exact, in its own or the workspace's currency: the database says so.
  | "too-much-money"
  | "nothing-to-change";

type Known = { readonly stages: readonly Stage[]; readonly now: Instant };
type Decision = Result<LeadPatch, ActRefusal>;

const stageIn = (
  stages: readonly Stage[],
  pipelineId: string | null,
  type: Stage["type"],
): Stage | undefined =>
  stages.find((stage) => stage.pipelineId === pipelineId && stage.type === type);

const standing = (stage: Stage, at: Instant): LeadPatch => ({
  pipelineId: stage.pipelineId,
  stageId: stage.id,
  stageType: stage.type,
  stageEnteredAt: at,
});

const OPEN_AGAIN: LeadPatch = {
  status: "open",
  closedAt: null,
  lostReasonId: null,
  lostNote: null,
  competitor: null,
};

type Closing = {
  readonly status: "won" | "lost";
  readonly closedAt?: Instant;
  readonly loss?: Loss;
  readonly stage?: Stage;
};

function whyNotClose(lead: Lead, how: Closing, now: Instant): ActRefusal | undefined {
  if (lead.status !== "open") return "closed";
  if (lead.kind === "lead" && how.status === "won") return "not-an-opportunity";
  if (how.status === "lost" && how.loss === undefined) return "needs-a-reason";
  const closedAt = how.closedAt ?? now;
  if (closedAt > now) return "in-the-future";
  return closedAt < Math.max(lead.createdAt, lead.opportunityAt ?? 0)
    ? "before-created"
    : undefined;
}

function close(lead: Lead, { stages, now }: Known, how: Closing): Decision {
  const whyNot = whyNotClose(lead, how, now);
  if (whyNot !== undefined) return refuse(whyNot);
  const closedAt = how.closedAt ?? now;
  const stage = how.stage ?? stageIn(stages, lead.pipelineId, how.status);
  if (lead.kind === "opportunity" && stage === undefined) return refuse("no-such-stage");
  return ok({
    status: how.status,
    closedAt,
    parkedUntil: null,
    lostReasonId: how.loss?.reasonId ?? null,
    lostNote: how.loss?.note ?? null,
    competitor: how.loss?.competitor ?? null,
    ...(lead.kind === "opportunity" && stage !== undefined ? standing(stage, closedAt) : {}),
  });
}

function move(lead: Lead, act: Extract<LeadAct, { kind: "move" }>, known: Known): Decision {
  if (lead.kind === "lead") return refuse("not-an-opportunity");
  const stage = known.stages.find(({ id }) => id === act.stageId);
  if (stage === undefined) return refuse("no-such-stage");
  if (stage.id === lead.stageId) return refuse("nothing-to-change");
  if (stage.type === "won") return close(lead, known, { status: "won", stage });
  if (stage.type === "lost")
    return close(lead, known, { status: "lost", stage, ...(act.lost ? { loss: act.lost } : {}) });
  if (lead.status !== "open") return refuse("closed");
  return ok({ ...standing(stage, known.now), parkedUntil: null });
}

function reopen(
  lead: Lead,
  act: Extract<LeadAct, { kind: "reopen" }>,
  { stages, now }: Known,
): Decision {
  if (lead.status === "open") return refuse("not-closed");
  if (lead.kind === "lead") return ok(OPEN_AGAIN);
  const stage =
    act.stageId === undefined
      ? stageIn(stages, lead.pipelineId, "open")
      : stages.find(({ id }) => id === act.stageId);
  if (stage === undefined || stage.type !== "open") return refuse("no-such-stage");
  return ok({ ...OPEN_AGAIN, ...standing(stage, now) });
}

function convert(
  lead: Lead,
  act: Extract<LeadAct, { kind: "convert" }>,
  { stages, now }: Known,
): Decision {
  if (lead.kind !== "lead") return refuse("not-a-lead");
  if (lead.status !== "open") return refuse("closed");
  const stage = stages.find(({ id }) => id === act.stageId);
  if (stage === undefined || stage.type !== "open") return refuse("no-such-stage");
  return ok({
    ...act.fields,
    kind: "opportunity",
    convertedAt: now,
    opportunityAt: now,
    ...standing(stage, now),
  });
}

const FIRST_TOUCH = ["sourceId", "medium", "campaign"] as const;

function edit(
  lead: Lead,
  fields: LeadFields & Pick<LeadPatch, "ownerId" | "teamId" | "parkedUntil">,
): Decision {
  const changed = Object.entries(fields).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(lead[field as keyof Lead]),
  );
  if (changed.length === 0) return refuse("nothing-to-change");
  const names = new Set(changed.map(([field]) => field));
  if (FIRST_TOUCH.some((field) => names.has(field) && lead[field] !== null))
    return refuse("first-touch-is-kept");
  return ok(Object.fromEntries(changed) as LeadPatch);
}

function junk(lead: Lead, act: Extract<LeadAct, { kind: "junk" }>, { now }: Known): Decision {
  if (lead.status !== "open") return refuse("closed");
  if (lead.kind !== "lead") return refuse("not-a-lead");
  return ok({
    status: "junked",
    closedAt: now,
    lostReasonId: act.reasonId,
    lostNote: act.note ?? null,
  });
}

function restate(lead: Lead, closedAt: Instant, { now }: Known): Decision {
  if (lead.status === "open") return refuse("not-closed");
  if (closedAt > now) return refuse("in-the-future");
  if (closedAt === lead.closedAt) return refuse("nothing-to-change");
  if (closedAt < Math.max(lead.createdAt, lead.opportunityAt ?? 0)) return refuse("before-created");
  // It stands in its last stage since it closed.
  return ok(lead.kind === "lead" ? { closedAt } : { closedAt, stageEnteredAt: closedAt });
}

function tag(lead: Lead, act: Extract<LeadAct, { kind: "tag" }>): Decision {
  const tags = tagsWith(lead.tags, act);
  const tooMany = tags.length > Math.max(MOST_TAGS, lead.tags.length);
  return tooMany ? refuse("too-many-tags") : edit(lead, { tags });
}

type Rules = {
  readonly [Kind in LeadAct["kind"]]: (
    lead: Lead,
    act: Extract<LeadAct, { kind: Kind }>,
    known: Known,
  ) => Decision;
};

const RULES: Rules = {
  edit: (lead, { fields }) => edit(lead, fields),
  convert,
  move,
  win: (lead, { closedAt }, known) =>
    close(lead, known, { status: "won", ...(closedAt ? { closedAt } : {}) }),
  lose: (lead, act, known) =>
    close(lead, known, {
      status: "lost",
      loss: act,
      ...(act.closedAt ? { closedAt: act.closedAt } : {}),
    }),
  junk,
  reopen,
  restate: (lead, { closedAt }, known) => restate(lead, closedAt, known),
  assign: (lead, { ownerId, teamId }) =>
    edit(lead, { ownerId, ...(teamId === undefined ? {} : { teamId }) }),
  park: (lead, { until }) =>
    lead.status === "open" ? edit(lead, { parkedUntil: until }) : refuse("closed"),
  tag,
  delete: (_lead, _act, { now }) => ok({ deletedAt: now }),
  restore: () => ok({ deletedAt: null }),
};

/** What an act makes of a lead: the columns to set, or why not. Pure: the database's laws say the same again. */
export function decide(lead: Lead, act: LeadAct, known: Known): Decision {
  if (lead.mergedInto !== null) return refuse("merged");
  if (act.kind === "restore" && lead.deletedAt === null) return refuse("not-deleted");
  if (act.kind !== "restore" && lead.deletedAt !== null) return refuse("deleted");
  const rule = RULES[act.kind] as (lead: Lead, act: LeadAct, known: Known) => Decision;
  return rule(lead, act, known);
}

/** The names under which the history keeps what an act touches, to see whether somebody else touched it meanwhile. */
export function touchedBy(patch: LeadPatch): readonly string[] {
  const fields = Object.keys(patch);
  const named: Readonly<Record<string, string>> = {
    amountMinor: "amount",
    currency: "amount",
    mrrMinor: "mrr",
    expectedClose: "expected_close",
    probabilityManual: "probability",
    ownerId: "owner",
    teamId: "team",
    productId: "product",
    companyId: "company",
    companyName: "company",
    contactId: "contact",
    contactName: "contact",
    sourceId: "source",
    parkedUntil: "parked_until",
    lostReasonId: "lost_reason",
    closedAt: "stage",
    stageId: "stage",
    status: "stage",
    kind: "stage",
    deletedAt: "stage",
  };
  return [...new Set(fields.map((field) => named[field] ?? field))];
}
