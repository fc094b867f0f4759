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

export type LifeRows = {
  readonly lead: Omit<Lead, "number">;
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

const money = ({ amountMinor, currency }: Lead) =>
  amountMinor === null ? null : { minor: amountMinor, currency };
const day = (moment: Instant | null) => (moment === null ? null : new Date(moment).toISOString());

// What the triggers compare, as far as these lives change it.
const COMPARED: readonly (readonly [field: string, value: (lead: Lead) => unknown])[] = [
  ["amount", money],
  ["expected_close", (lead) => lead.expectedClose],
  ["probability", (lead) => lead.probabilityManual],
  ["owner", (lead) => lead.ownerId],
  ["team", (lead) => lead.teamId],
  ["lost_reason", (lead) => lead.lostReasonId],
  ["closed_at", (lead) => day(lead.closedAt)],
];

type House = { readonly baseOf: BaseOf; readonly zone: TimeZone; readonly today: CalendarDate };

function settled(lead: Lead, before: Lead | undefined, { baseOf, zone, today }: House): Lead {
  const stays = before !== undefined && before.status !== "open" && before.baseMinor !== null;
  const on = lead.closedAt === null ? today : calendarDateAt(zone, lead.closedAt);
  return Object.assign(lead, {
    baseMinor: stays ? before.baseMinor : baseOf(lead.amountMinor, lead.currency, on),
    firstOwnerId: lead.firstOwnerId ?? lead.ownerId,
    firstTeamId:
      lead.firstOwnerId === null && lead.ownerId !== null ? lead.teamId : lead.firstTeamId,
    closedOwnerId: lead.closedAt === null ? null : (lead.closedOwnerId ?? lead.ownerId),
    closedTeamId: lead.closedAt === null ? null : (lead.closedTeamId ?? lead.teamId),
  });
}

function eventOf(
  before: Lead,
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
  let lead: Lead = settled({ ...birth, number: 0, baseMinor: null }, undefined, house);
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
    const before = lead;
    lead = settled(
      { ...before, ...patch, version: before.version + 1, updatedAt: at },
      before,
      house,
    );
    const event = eventOf(before, lead);
    if (event !== undefined) remember(event.event, event.at, before.stageId, actorId);
    for (const [field, cellOf] of COMPARED) {
      const [was, is] = [cellOf(before), cellOf(lead)];
      if (was !== is && JSON.stringify(was) !== JSON.stringify(is))
        changes.push({ field, before: was, after: is, at, version: lead.version, actorId });
    }
  }
  const touched = Math.max(0, ...activities.map(({ doneAt }) => doneAt ?? 0));
  const next = activities.filter(({ doneAt }) => doneAt === null).map(({ dueAt }) => dueAt);
  return {
    lead: {
      ...lead,
      lastTouchAt: touched === 0 ? null : (touched as Instant),
      nextActivityAt: next.length === 0 ? null : (Math.min(...next) as Instant),
    },
    history,
    changes,
  };
}
