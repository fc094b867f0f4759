import type { Lead } from "@/lib/crm/core/lead";
import { convertMinor } from "@/lib/crm/core/money";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { indexAbove } from "./dice";
import type { LeadLife } from "./life-draft";
import type { Rate } from "./world";

export type HistoryRow = Pick<
  Lead,
  | "kind"
  | "status"
  | "pipelineId"
  | "stageId"
  | "ownerId"
  | "teamId"
  | "amountMinor"
  | "currency"
  | "baseMinor"
  | "expectedClose"
  | "version"
> & {
  readonly seq: number;
  readonly event: string;
  readonly at: Instant;
  readonly fromStageId: string | null;
  readonly actorId: string | null;
};

export type ChangeRow = {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly at: Instant;
  readonly version: number;
  readonly actorId: string | null;
};

/** A lead's row, with whose it was when it became an opportunity: kept by the database, and read by figures alone. */
export type LeadRow = Lead & {
  readonly opportunityOwnerId: string | null;
  readonly opportunityTeamId: string | null;
};

export type LifeRows = {
  readonly lead: LeadRow;
  readonly history: readonly HistoryRow[];
  readonly changes: readonly ChangeRow[];
};

/** Minor units of the base at the rate of a day; null without one. */
export type BaseOf = (minor: number | null, currency: string, day: string) => number | null;

/** The same answers as `to_base_minor`, from the rates at hand. */
export function rateBook(base: string, rates: readonly Rate[]): BaseOf {
  const book = new Map<string, { readonly days: number[]; readonly rates: string[] }>();
  for (const { currency, day, rate } of rates.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const entry = book.get(currency) ?? { days: [], rates: [] };
    entry.days.push(Date.parse(day));
    entry.rates.push(rate);
    book.set(currency, entry);
  }
  return (minor, currency, day) => {
    if (minor === null || currency === base) return minor;
    const entry = book.get(currency);
    const wanted = Date.parse(day);
    if (entry === undefined || wanted < (entry.days[0] ?? Number.POSITIVE_INFINITY)) return null;
    const above = indexAbove(entry.days, wanted);
    const place = (entry.days[above] ?? 0) > wanted ? above - 1 : above;
    return convertMinor({ minor, currency }, entry.rates[place] ?? "", base);
  };
}

const money = (minor: number | null, currency: string) =>
  minor === null ? null : { minor, currency };
const iso = (moment: Instant | null) => (moment === null ? null : new Date(moment).toISOString());

/** What a step may change and the triggers compare, as it stood before the step. */
type Before = Pick<
  Lead,
  | "kind"
  | "status"
  | "stageId"
  | "amountMinor"
  | "currency"
  | "baseMinor"
  | "expectedClose"
  | "probabilityManual"
  | "ownerId"
  | "teamId"
  | "lostReasonId"
  | "closedAt"
>;

const standing = (lead: Lead): Before => ({
  kind: lead.kind,
  status: lead.status,
  stageId: lead.stageId,
  amountMinor: lead.amountMinor,
  currency: lead.currency,
  baseMinor: lead.baseMinor,
  expectedClose: lead.expectedClose,
  probabilityManual: lead.probabilityManual,
  ownerId: lead.ownerId,
  teamId: lead.teamId,
  lostReasonId: lead.lostReasonId,
  closedAt: lead.closedAt,
});

type Compared = (field: string, was: unknown, is: unknown) => void;

/** Tells each field the triggers compare, as far as these lives change it, with its values where they differ. */
function compare(before: Before, lead: Lead, tell: Compared): void {
  if (before.amountMinor !== lead.amountMinor || before.currency !== lead.currency)
    tell(
      "amount",
      money(before.amountMinor, before.currency),
      money(lead.amountMinor, lead.currency),
    );
  if (before.expectedClose !== lead.expectedClose)
    tell("expected_close", before.expectedClose, lead.expectedClose);
  if (before.probabilityManual !== lead.probabilityManual)
    tell("probability", before.probabilityManual, lead.probabilityManual);
  if (before.ownerId !== lead.ownerId) tell("owner", before.ownerId, lead.ownerId);
  if (before.teamId !== lead.teamId) tell("team", before.teamId, lead.teamId);
  if (before.lostReasonId !== lead.lostReasonId)
    tell("lost_reason", before.lostReasonId, lead.lostReasonId);
  if (before.closedAt !== lead.closedAt)
    tell("closed_at", iso(before.closedAt), iso(lead.closedAt));
}

/** A lead in the making: its own row, changed in place, because a copy for each step is what the time goes into. */
type Row = { -readonly [Field in keyof LeadRow]: LeadRow[Field] };

type House = { readonly baseOf: BaseOf; readonly zone: TimeZone; readonly today: CalendarDate };

function settle(lead: Row, before: Before | undefined, { baseOf, zone, today }: House): void {
  const stays = before !== undefined && before.status !== "open" && before.baseMinor !== null;
  if (!stays)
    lead.baseMinor =
      lead.amountMinor === null
        ? null
        : baseOf(
            lead.amountMinor,
            lead.currency,
            lead.closedAt === null ? today : calendarDateAt(zone, lead.closedAt),
          );
  if (lead.firstOwnerId === null && lead.ownerId !== null) {
    lead.firstTeamId = lead.teamId;
    lead.firstOwnerId = lead.ownerId;
  }
  if (lead.opportunityAt !== null && lead.opportunityOwnerId === null && lead.ownerId !== null) {
    lead.opportunityTeamId = lead.teamId;
    lead.opportunityOwnerId = lead.ownerId;
  }
  lead.closedOwnerId = lead.closedAt === null ? null : (lead.closedOwnerId ?? lead.ownerId);
  lead.closedTeamId = lead.closedAt === null ? null : (lead.closedTeamId ?? lead.teamId);
}

function eventOf(
  before: Before,
  after: Lead,
): { readonly event: string; readonly at: Instant } | undefined {
  if (before.kind !== after.kind)
    return after.convertedAt === null ? undefined : { event: "converted", at: after.convertedAt };
  if (before.status !== after.status)
    return after.closedAt === null ? undefined : { event: after.status, at: after.closedAt };
  if (before.stageId === after.stageId || after.stageEnteredAt === null) return undefined;
  return { event: "moved", at: after.stageEnteredAt };
}

/**
 * What the database's triggers would leave of a life: the row as it ends, its stage history and its changes. A test
 * lets the triggers live the same lives and compares every row.
 */
export function rowsOfLife({ birth, steps, activities }: LeadLife, house: House): LifeRows {
  const lead: Row = {
    ...birth,
    number: 0,
    baseMinor: null,
    opportunityOwnerId: null,
    opportunityTeamId: null,
  };
  settle(lead, undefined, house);
  const history: HistoryRow[] = [];
  const changes: ChangeRow[] = [];
  const remember = (
    event: string,
    at: Instant,
    fromStageId: string | null,
    actorId: string | null,
  ) => {
    const last = history.at(-1);
    const { kind, status, pipelineId, stageId, ownerId, teamId } = lead;
    const { amountMinor, currency, baseMinor, expectedClose, version } = lead;
    history.push({
      kind,
      status,
      pipelineId,
      stageId,
      ownerId,
      teamId,
      amountMinor,
      currency,
      baseMinor,
      expectedClose,
      version,
      seq: history.length + 1,
      event,
      at: last && last.at > at ? last.at : at,
      fromStageId,
      actorId,
    });
  };
  remember("created", lead.createdAt, null, null);
  for (const { at, actorId, patch } of steps) {
    const before = standing(lead);
    Object.assign(lead, patch);
    lead.version += 1;
    lead.updatedAt = at;
    settle(lead, before, house);
    const event = eventOf(before, lead);
    if (event !== undefined) remember(event.event, event.at, before.stageId, actorId);
    compare(before, lead, (field, was, is) => {
      changes.push({ field, before: was, after: is, at, version: lead.version, actorId });
    });
  }
  for (const { doneAt, dueAt } of activities) {
    if (doneAt === null) lead.nextActivityAt = earlier(lead.nextActivityAt, dueAt);
    else if (lead.lastTouchAt === null || lead.lastTouchAt < doneAt) lead.lastTouchAt = doneAt;
  }
  return { lead, history, changes };
}

const earlier = (one: Instant | null, other: Instant): Instant =>
  one === null || other < one ? other : one;
