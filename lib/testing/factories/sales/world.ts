import type { Stage } from "@/lib/crm/core/lead";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS } from "@/lib/time/instant";
import type { Dice } from "./dice";
import { diceOf, idOf, indexAbove, weightedPick } from "./dice";
import { companyName, INDUSTRIES, personName, slugOf } from "./names";

export type Named = { readonly id: string; readonly name: string };

/** Somebody who sells: how well (1 is usual), how slowly they answer (1 is usual), which share they take. */
export type Seller = {
  readonly id: string;
  readonly skill: number;
  readonly slow: number;
  readonly load: number;
};

export type SellingTeam = {
  readonly id: string;
  readonly currency: string;
  readonly countries: readonly string[];
  /** How large its deals are; 1 is usual. */
  readonly size: number;
  readonly weight: number;
  readonly sellers: readonly Seller[];
};

export type Rate = { readonly currency: string; readonly day: string; readonly rate: string };

export type MadeCompany = Named & {
  readonly slug: string;
  readonly country: string;
  readonly industry: string;
  readonly people: readonly MadePerson[];
};

export type MadePerson = Named & { readonly email: string; readonly phone: string | null };

/** Everything the life of a made-up lead refers to. */
export type SalesWorld = {
  readonly workspaceId: string;
  readonly base: string;
  readonly seed: number;
  readonly now: Instant;
  /** Leads in all, and the days they are spread over. */
  readonly count: number;
  readonly days: number;
  readonly stages: readonly Stage[];
  readonly lostReasons: readonly Named[];
  readonly junkReasons: readonly Named[];
  readonly sources: readonly Named[];
  readonly products: readonly Named[];
  readonly teams: readonly SellingTeam[];
  readonly companies: readonly MadeCompany[];
  readonly rates: readonly Rate[];
};

const SALT = { company: 1, day: 2 } as const;
export const WHAT = {
  company: 0xc0,
  contact: 0xc1,
  lead: 0xc2,
  activity: 0xc3,
  person: 0xc4,
} as const;

const DIAL: Readonly<Record<string, readonly [code: string, digits: number]>> = {
  SG: ["65", 8],
  ID: ["628", 9],
  JP: ["81", 9],
  US: ["1", 10],
  DE: ["49", 10],
  FR: ["33", 9],
  GB: ["44", 10],
  AU: ["61", 9],
  NL: ["31", 9],
  MY: ["60", 9],
};
const COUNTRIES = weightedPick([
  ["SG", 26],
  ["ID", 22],
  ["JP", 13],
  ["US", 12],
  ["MY", 8],
  ["AU", 6],
  ["DE", 5],
  ["GB", 4],
  ["NL", 2],
  ["FR", 2],
]);

/** An E.164 number of a country: valid in form, nobody's in particular. */
export function phoneIn(country: string, dice: Dice): string {
  const [code, digits] = DIAL[country] ?? ["65", 8];
  const first = dice.whole(2, 9);
  const rest = Array.from({ length: digits - 1 }, () => dice.whole(0, 9)).join("");
  return `+${code}${first}${rest}`;
}

function peopleOf(
  { seed, index, dice }: { readonly seed: number; readonly index: number; readonly dice: Dice },
  { slug, country }: Pick<MadeCompany, "slug" | "country">,
) {
  const count = 1 + Math.min(4, Math.floor(dice.logNormal(0, 0.7)));
  const used = new Set<string>();
  const people: MadePerson[] = [];
  while (people.length < count) {
    const { given, family } = personName(dice);
    const local = `${slugOf(given)}.${slugOf(family)}`;
    if (used.has(local)) continue;
    used.add(local);
    people.push({
      id: idOf(seed, WHAT.contact, index * 8 + people.length),
      name: `${given} ${family}`,
      email: `${local}@${slug}.example`,
      phone: dice.chance(0.7) ? phoneIn(country, dice) : null,
    });
  }
  return people;
}

/** Companies with their people; names are used once. Of another seed than 1, addresses carry it, so that two fit into one workspace. */
export function makeCompanies(seed: number, count: number): MadeCompany[] {
  const used = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    const dice = diceOf(seed, index, SALT.company);
    let name = companyName(dice);
    while (used.has(name)) name = companyName(dice);
    used.add(name);
    const slug = `${slugOf(name)}${seed === 1 ? "" : seed.toString(36)}`;
    const country = COUNTRIES(dice);
    const industry = dice.pick(INDUSTRIES);
    const people = peopleOf({ seed, index, dice }, { slug, country });
    return { id: idOf(seed, WHAT.company, index), name, slug, country, industry, people };
  });
}

/** Zipf: few companies have many deals, most have one. */
export function companyPicker(companies: readonly MadeCompany[]): (dice: Dice) => MadeCompany {
  return weightedPick(companies.map((company, rank) => [company, 1 / (rank + 12) ** 0.75]));
}

const MONTH_SEASON = [0.92, 0.86, 1.1, 0.97, 0.98, 1.08, 0.94, 0.9, 1.1, 1.03, 1.06, 0.82];

/** How many leads come on a day, relative to others: growth over the years, the season, the week, the end of a quarter. */
function weightOfDay(day: number, age: number): number {
  const date = new Date(day * DAY_MS);
  const month = date.getUTCMonth();
  const weekday = date.getUTCDay();
  const weekend = weekday === 0 || weekday === 6 ? 0.24 : 1.28;
  const quarterEnd = month % 3 === 2 && date.getUTCDate() > 14 ? 1.14 : 1;
  return (MONTH_SEASON[month] ?? 1) * weekend * quarterEnd * (1.35 - 0.35 * age);
}

/** When the lead number `index` of `count` comes: ascending with it, in working hours mostly, and always before now. */
export function arrivals({
  now,
  days,
  count,
  seed,
}: Pick<SalesWorld, "now" | "days" | "count" | "seed">): (index: number) => number {
  const today = Math.floor(now / DAY_MS);
  const sums: number[] = [];
  let total = 0;
  for (let ago = days; ago >= 0; ago -= 1) {
    total += weightOfDay(today - ago, ago / days);
    sums.push(total);
  }
  return (index) => {
    const dice = diceOf(seed, index, SALT.day);
    const wanted = ((index + dice.next()) / count) * total;
    const place = indexAbove(sums, wanted);
    const start = (today - days + place) * DAY_MS;
    const span = Math.max(60_000, Math.min(DAY_MS, now - start));
    const before = place === 0 ? 0 : (sums[place - 1] ?? 0);
    const share = (wanted - before) / ((sums[place] ?? 1) - before);
    // Most of a day's leads come between nine and six.
    const eased = dice.chance(0.8) ? 0.04 + 0.4 * share : share;
    return Math.floor(start + Math.min(0.999, eased) * span);
  };
}

const MID_RATES: Readonly<Record<string, number>> = {
  USD: 1,
  SGD: 0.747,
  IDR: 0.0000614,
  JPY: 0.00652,
  EUR: 1.084,
  GBP: 1.271,
  AUD: 0.662,
  MYR: 0.2246,
};

/** A rate for the first of each month of three years and more, four figures each, moving slowly about its middle. */
export function makeRates(base: string, now: Instant, days: number): Rate[] {
  const last = new Date(now);
  const months = Math.ceil(days / 28) + 3;
  const of = MID_RATES[base] ?? 1;
  return Object.entries(MID_RATES)
    .filter(([currency]) => currency !== base)
    .flatMap(([currency, middle], which) =>
      Array.from({ length: months }, (_, ago) => {
        const first = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - ago, 1));
        const wave = 1 + 0.03 * Math.sin(first.getTime() / (DAY_MS * 58) + which);
        const rate = Number(((middle / of) * wave).toPrecision(4));
        return { currency, day: first.toISOString().slice(0, 10), rate: rate.toFixed(10) };
      }),
    );
}
