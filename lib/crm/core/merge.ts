import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import type { Lead, LeadPatch } from "./lead";

/** Leads that one merge takes in at most, the survivor not counted. */
export const MOST_MERGED = 49;

/** What somebody chooses a value for; fields that mean nothing without each other are chosen together. */
export const MERGE_FIELDS = {
  name: ["name"],
  contact: ["contactId", "contactName"],
  company: ["companyId", "companyName"],
  email: ["email"],
  phone: ["phone"],
  owner: ["ownerId", "teamId"],
  amount: ["amountMinor", "currency"],
  mrr: ["mrrMinor"],
  product: ["productId"],
  probability: ["probabilityManual"],
  category: ["category"],
  expectedClose: ["expectedClose"],
  country: ["country"],
  industry: ["industry"],
  description: ["description"],
} as const satisfies Record<string, readonly (keyof Lead)[]>;

export type MergeField = keyof typeof MERGE_FIELDS;

export const MERGE_FIELD_NAMES = Object.keys(MERGE_FIELDS) as MergeField[];

/** Whose value wins, by id. What is not picked is the survivor's, or the first known among the others. */
export type Picks = Partial<Readonly<Record<MergeField, string>>>;

export type MergeRefusal =
  | "deleted"
  | "merged"
  | "nothing-to-merge"
  | "picked-from-elsewhere"
  | "opportunity-survives"
  | "closed-survives";

const holds = (lead: Lead, field: MergeField): boolean =>
  MERGE_FIELDS[field].some((key) => key !== "currency" && lead[key] !== null);

/** The lead whose value of a field the survivor shall have. */
export function winnerOf(
  field: MergeField,
  leads: readonly [survivor: Lead, ...merged: Lead[]],
  picks: Picks,
): Lead {
  const picked = leads.find(({ id }) => id === picks[field]);
  if (picked !== undefined) return picked;
  // Whose it is, is decided by people, not by who else has an owner; but somebody's is better than nobody's.
  return leads.find((lead) => holds(lead, field)) ?? leads[0];
}

const earliest = (moments: readonly (Instant | null)[]): Instant | null =>
  moments.reduce<Instant | null>(
    (first, moment) => (moment !== null && (first === null || moment < first) ? moment : first),
    null,
  );

const latest = (moments: readonly (Instant | null)[]): Instant | null =>
  moments.reduce<Instant | null>(
    (last, moment) => (moment !== null && (last === null || moment > last) ? moment : last),
    null,
  );

const firstBy = (
  leads: readonly Lead[],
  moment: (lead: Lead) => Instant | null,
): Lead | undefined =>
  leads
    .filter((lead) => moment(lead) !== null)
    .sort((one, other) => (moment(one) ?? 0) - (moment(other) ?? 0))[0];

const hasFirstTouch = (lead: Lead): boolean =>
  lead.sourceId !== null ||
  lead.medium !== null ||
  lead.campaign !== null ||
  Object.keys(lead.firstTouch).length > 0;

/** When they came, how they came, who answered first: of all of them, the earliest. */
function beginnings(leads: readonly [Lead, ...Lead[]]): LeadPatch {
  const came = firstBy(leads.filter(hasFirstTouch), ({ createdAt }) => createdAt);
  const answered = firstBy(leads, ({ firstResponseAt }) => firstResponseAt);
  return {
    createdAt: earliest(leads.map(({ createdAt }) => createdAt)) ?? leads[0].createdAt,
    assignedAt: earliest(leads.map(({ assignedAt }) => assignedAt)),
    ...(came === undefined
      ? {}
      : {
          sourceId: came.sourceId,
          medium: came.medium,
          campaign: came.campaign,
          firstTouch: came.firstTouch,
        }),
    ...(answered === undefined
      ? {}
      : {
          firstResponseAt: answered.firstResponseAt,
          responseMinutes: answered.responseMinutes,
        }),
    lastTouchAt: latest(leads.map(({ lastTouchAt }) => lastTouchAt)),
  };
}

function whyNot([survivor, ...merged]: readonly [Lead, ...Lead[]], picks: Picks) {
  const all = [survivor, ...merged];
  if (merged.length === 0) return "nothing-to-merge" as const;
  if (all.some(({ mergedInto }) => mergedInto !== null)) return "merged" as const;
  if (all.some(({ deletedAt }) => deletedAt !== null)) return "deleted" as const;
  if (Object.values(picks).some((picked) => !all.some(({ id }) => id === picked)))
    return "picked-from-elsewhere" as const;
  if (survivor.kind === "lead" && merged.some(({ kind }) => kind === "opportunity"))
    return "opportunity-survives" as const;
  // What was won or lost stays counted: an open deal does not swallow it.
  const isClosedDeal = ({ kind, status }: Lead) => kind === "opportunity" && status !== "open";
  if (!isClosedDeal(survivor) && merged.some(isClosedDeal)) return "closed-survives" as const;
  return undefined;
}

/**
 * What the survivor of a merge becomes. Pure. Values are picked, else its own, else the first known of the others in
 * their order; tags are all of them, fields of the workspace's own fill gaps; it came when the earliest of them came,
 * by that one's way. Stage, status and closing are its own.
 */
export function mergedPatch(
  leads: readonly [survivor: Lead, ...merged: Lead[]],
  picks: Picks,
): Result<LeadPatch, MergeRefusal> {
  const refusal = whyNot(leads, picks);
  if (refusal !== undefined) return refuse(refusal);
  const values = MERGE_FIELD_NAMES.flatMap((field) => {
    const winner = winnerOf(field, leads, picks);
    return MERGE_FIELDS[field].map((key) => [key, winner[key]] as const);
  });
  return ok({
    ...(Object.fromEntries(values) as LeadPatch),
    tags: [...new Set(leads.flatMap(({ tags }) => tags))].slice(0, 30),
    custom: Object.assign({}, ...leads.map(({ custom }) => custom).reverse()) as Lead["custom"],
    ...beginnings(leads),
  });
}
