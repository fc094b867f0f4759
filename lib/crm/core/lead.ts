import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";

export const LEAD_KINDS = ["lead", "opportunity"] as const;
export const LEAD_STATUSES = ["open", "won", "lost", "junked"] as const;
export const FORECAST_CATEGORIES = [
  "omitted",
  "pipeline",
  "best_case",
  "commit",
  "closed",
] as const;

export type LeadKind = (typeof LEAD_KINDS)[number];
export type LeadStatus = (typeof LEAD_STATUSES)[number];
export type ForecastCategory = (typeof FORECAST_CATEGORIES)[number];
export type StageType = "open" | "won" | "lost";

/** A lead or an opportunity, whole, as its row. Amounts are minor units, probabilities percent. */
export type Lead = {
  readonly workspaceId: string;
  readonly id: string;
  readonly number: number;
  readonly kind: LeadKind;
  readonly status: LeadStatus;
  readonly name: string;
  readonly contactName: string | null;
  readonly companyName: string | null;
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  readonly contactId: string | null;
  readonly companyId: string | null;
  readonly productId: string | null;
  readonly sourceId: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly firstTouch: Readonly<Record<string, unknown>>;
  readonly country: string | null;
  readonly industry: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly pipelineId: string | null;
  readonly stageId: string | null;
  readonly stageType: StageType | null;
  readonly amountMinor: number | null;
  readonly currency: string;
  /** In the workspace's currency; null without an amount or without a rate. Written by the database alone. */
  readonly baseMinor: number | null;
  readonly mrrMinor: number | null;
  readonly probabilityManual: number | null;
  readonly probabilityModel: number | null;
  readonly category: ForecastCategory | null;
  readonly expectedClose: CalendarDate | null;
  readonly parkedUntil: CalendarDate | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly custom: Readonly<Record<string, unknown>>;
  readonly createdAt: Instant;
  readonly assignedAt: Instant | null;
  readonly firstOwnerId: string | null;
  readonly firstTeamId: string | null;
  readonly firstResponseAt: Instant | null;
  readonly responseMinutes: number | null;
  readonly responseDueAt: Instant | null;
  readonly convertedAt: Instant | null;
  readonly opportunityAt: Instant | null;
  readonly stageEnteredAt: Instant | null;
  readonly lastTouchAt: Instant | null;
  readonly nextActivityAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly closedOwnerId: string | null;
  readonly closedTeamId: string | null;
  readonly lostReasonId: string | null;
  readonly lostNote: string | null;
  readonly competitor: string | null;
  readonly externalSource: string | null;
  readonly externalId: string | null;
  readonly version: number;
  readonly updatedAt: Instant;
  readonly deletedAt: Instant | null;
  readonly mergedInto: string | null;
};

/** Columns a change may set; what the database settles itself is not among them. */
export type LeadPatch = Partial<
  Omit<
    Lead,
    | "workspaceId"
    | "id"
    | "number"
    | "baseMinor"
    | "nextActivityAt"
    | "version"
    | "closedOwnerId"
    | "closedTeamId"
    | "firstOwnerId"
    | "firstTeamId"
  >
>;

/** A stage as the rules need it. Probability is percent. */
export type Stage = {
  readonly id: string;
  readonly pipelineId: string;
  readonly name: string;
  readonly type: StageType;
  readonly probability: number;
  readonly rotDays: number | null;
  readonly exitCriteria: string | null;
  readonly category: ForecastCategory;
  readonly position: number;
};

/** What people call a lead by. */
export const labelOf = ({ number, kind }: Pick<Lead, "number" | "kind">): string =>
  `${kind === "lead" ? "L" : "D"}-${number}`;

/** Percent: manual wins over the model's, the model's over the stage's; a closed deal is certain. */
export function probabilityOf(
  lead: Pick<Lead, "status" | "probabilityManual" | "probabilityModel">,
  stage: Pick<Stage, "probability"> | undefined,
): { readonly percent: number; readonly from: "closed" | "manual" | "model" | "stage" | "none" } {
  if (lead.status !== "open") return { percent: lead.status === "won" ? 100 : 0, from: "closed" };
  if (lead.probabilityManual !== null) return { percent: lead.probabilityManual, from: "manual" };
  if (lead.probabilityModel !== null) return { percent: lead.probabilityModel, from: "model" };
  return stage === undefined
    ? { percent: 0, from: "none" }
    : { percent: stage.probability, from: "stage" };
}

/** The forecast category in force: the deal's own, else its stage's; closed ones are closed or omitted. */
export const categoryOf = (
  lead: Pick<Lead, "status" | "category">,
  stage: Pick<Stage, "category"> | undefined,
): ForecastCategory => {
  if (lead.status !== "open") return lead.status === "won" ? "closed" : "omitted";
  return lead.category ?? stage?.category ?? "omitted";
};
