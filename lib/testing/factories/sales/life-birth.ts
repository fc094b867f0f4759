import type { Stage } from "@/lib/crm/core/lead";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Dice } from "./dice";
import { idOf, weightedPick } from "./dice";
import type { Birth, Draft, Quality } from "./life-draft";
import { companyName, personName, slugOf, TAGS } from "./names";
import type { MadeCompany, MadePerson, SalesWorld, Seller, SellingTeam } from "./world";
import { arrivals, companyPicker, phoneIn, WHAT } from "./world";

const USUAL: Quality = { converts: 0.24, lift: 1, junk: 0.1 };
const SOURCE_WEIGHT: Readonly<Record<string, number>> = {
  Website: 30,
  "Booking page": 24,
  Event: 13,
  Referral: 12,
  Outbound: 11,
  Partner: 10,
  Import: 2,
};
/** Sources differ: referrals convert and pay best, the website brings junk. */
const QUALITY: Readonly<Record<string, Quality>> = {
  Website: { converts: 0.22, lift: 0.92, junk: 0.17 },
  "Booking page": { converts: 0.34, lift: 1.12, junk: 0.05 },
  Event: { converts: 0.19, lift: 0.88, junk: 0.1 },
  Referral: { converts: 0.42, lift: 1.25, junk: 0.03 },
  Outbound: { converts: 0.15, lift: 0.8, junk: 0.08 },
  Partner: { converts: 0.33, lift: 1.05, junk: 0.04 },
};
const MEDIUM: Readonly<Record<string, readonly string[]>> = {
  Website: ["organic", "cpc", "social"],
  Outbound: ["mail", "call"],
  Event: ["fair", "webinar"],
};
type About = { readonly company: MadeCompany; readonly person: MadePerson };

/** What these lives leave as a new row has it. */
const NEVER = {
  campaign: null,
  firstTouch: {},
  probabilityModel: null,
  category: null,
  parkedUntil: null,
  description: null,
  custom: {},
  lostNote: null,
  competitor: null,
  externalSource: null,
  externalId: null,
  deletedAt: null,
  mergedInto: null,
} as const;

/** Fields whose columns need not be copied. */
export const UNTOUCHED: ReadonlySet<string> = new Set(Object.keys(NEVER));

const NOTHING = {
  ...NEVER,
  medium: null,
  mrrMinor: null,
  probabilityManual: null,
  expectedClose: null,
  firstResponseAt: null,
  responseMinutes: null,
  responseDueAt: null,
  convertedAt: null,
  lastTouchAt: null,
  nextActivityAt: null,
  closedAt: null,
  closedOwnerId: null,
  closedTeamId: null,
  lostReasonId: null,
} as const;

/** Who it is about: a person of a known company, or somebody nobody has met. */
function subjectOf(dice: Dice, { company, person }: About, index: number) {
  if (dice.chance(0.9))
    return {
      companyName: company.name,
      companyId: company.id,
      contactName: person.name,
      contactId: person.id,
      email: person.email,
      phone: person.phone,
    };
  const { given, family } = personName(dice);
  return {
    companyName: dice.chance(0.6) ? companyName(dice) : null,
    companyId: null,
    contactName: `${given} ${family}`,
    contactId: null,
    email: `${slugOf(given)}.${slugOf(family)}.${index.toString(36)}@mail.example`,
    phone: dice.chance(0.5) ? phoneIn(company.country, dice) : null,
  };
}

type Standing = Pick<
  Birth,
  "pipelineId" | "stageId" | "stageType" | "opportunityAt" | "stageEnteredAt"
>;

/** Where it stands on arrival: nowhere as a lead, at the beginning as a deal. */
function standingOf(first: Stage | undefined, at: Instant): Standing {
  if (first === undefined)
    return {
      pipelineId: null,
      stageId: null,
      stageType: null,
      opportunityAt: null,
      stageEnteredAt: null,
    };
  const { id: stageId, pipelineId } = first;
  return { pipelineId, stageId, stageType: "open", opportunityAt: at, stageEnteredAt: at };
}

/** Most deals are in their team's currency, some in dollars, and now and then one has no rate: left out of totals, and counted. */
function currencyOf(dice: Dice, team: SellingTeam): string {
  const rolled = dice.next();
  if (rolled < 0.8) return team.currency;
  return rolled < 0.997 ? "USD" : "VND";
}

const ownerOf = (assigned: boolean, seller: Seller, team: SellingTeam, at: Instant) => ({
  ownerId: assigned ? seller.id : null,
  teamId: team.id,
  assignedAt: assigned ? at : null,
  firstOwnerId: assigned ? seller.id : null,
  firstTeamId: assigned ? team.id : null,
});

type Born = Pick<Draft, "birth" | "team" | "seller" | "quality">;

/** Who comes, when, from where and to whom: the first row of a life. */
export function birthMaker(world: SalesWorld): (index: number, dice: Dice) => Born {
  const arrivalOf = arrivals(world);
  const pickCompany = companyPicker(world.companies);
  const pickSource = weightedPick(
    world.sources.map((source) => [source, SOURCE_WEIGHT[source.name] ?? 3]),
  );
  const pickTeam = weightedPick(world.teams.map((team) => [team, team.weight]));
  const sellersOf = new Map(
    world.teams.map(({ id, sellers }) => [id, weightedPick(sellers.map((one) => [one, one.load]))]),
  );
  const first = world.stages.find(({ type }) => type === "open");
  const teamOf = (country: string, dice: Dice) =>
    world.teams.find(({ countries }) => countries.includes(country) && dice.chance(0.7)) ??
    pickTeam(dice);
  return (index, dice) => {
    const company = pickCompany(dice);
    const team = teamOf(company.country, dice);
    const seller = sellersOf.get(team.id)?.(dice) ?? dice.pick(team.sellers);
    const source = pickSource(dice);
    const product = dice.pick(world.products);
    const createdAt = instantOf(arrivalOf(index));
    const kind = dice.chance(0.12) ? "opportunity" : "lead";
    const about = subjectOf(dice, { company, person: dice.pick(company.people) }, index);
    const birth: Birth = {
      ...NOTHING,
      ...about,
      ...ownerOf(kind === "opportunity" || dice.chance(0.75), seller, team, createdAt),
      ...standingOf(kind === "opportunity" ? first : undefined, createdAt),
      workspaceId: world.workspaceId,
      id: idOf(world.seed, WHAT.lead, index),
      kind,
      status: "open",
      name: `${about.companyName ?? about.contactName}: ${product.name.toLowerCase()}`,
      productId: product.id,
      sourceId: source.id,
      medium: dice.pick(MEDIUM[source.name] ?? [null]),
      country: company.country,
      industry: company.industry,
      amountMinor: null,
      currency: currencyOf(dice, team),
      tags: dice.chance(0.18) ? [dice.pick(TAGS)] : [],
      createdAt,
      responseDueAt: instantOf(createdAt + 8 * 60 * MINUTE_MS),
      version: 1,
      updatedAt: createdAt,
    };
    return { birth, team, seller, quality: QUALITY[source.name] ?? USUAL };
  };
}
