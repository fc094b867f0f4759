import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What the figures of the public data set are, worked out from its files alone: nothing of the product is asked, so
 * that two readings of the same definitions can be compared.
 */
export type Expected = {
  readonly metric: string;
  /** Of the interface's address: both days inside. */
  readonly from: string;
  readonly to: string;
  readonly by: string | null;
  /** Label of a group, or the name of its bucket; null is the total. */
  readonly group: string | null;
  readonly value: number | null;
};

type Deal = {
  readonly agent: string;
  readonly office: string;
  readonly product: string;
  readonly sector: string;
  readonly country: string;
  readonly stage: "Won" | "Lost" | "Engaging" | "Prospecting";
  /** YYYY-MM-DD, or empty. */
  readonly engaged: string;
  readonly closed: string;
  readonly value: number;
};

const FROM = "2016-10-01";
const TO = "2017-12-31";
const DAY_MS = 86_400_000;
/** What the shipped mapping says of the set's known dirt; said here again, and not looked up. */
const FIXED: Readonly<Record<string, string>> = {
  GTXPro: "GTX Pro",
  technolgy: "technology",
  Korea: "South Korea",
  Philipines: "Philippines",
};
const fix = (text: string): string => FIXED[text] ?? text;

/** None of the four files has a quotation mark in it. */
function rowsOf(folder: string, file: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(join(folder, file), "utf8").trim().split(/\r?\n/);
  const columns = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(columns.map((column, at) => [column, fix(cells[at] ?? "")]));
  });
}

function readDeals(folder: string): Deal[] {
  const offices = new Map(
    rowsOf(folder, "sales_teams.csv").map((row) => [row.sales_agent, row.regional_office]),
  );
  const accounts = new Map(rowsOf(folder, "accounts.csv").map((row) => [row.account, row]));
  return rowsOf(folder, "sales_pipeline.csv").map((row) => ({
    agent: row.sales_agent ?? "",
    office: offices.get(row.sales_agent) ?? "",
    product: row.product ?? "",
    sector: accounts.get(row.account)?.sector ?? "",
    country: accounts.get(row.account)?.office_location ?? "",
    stage: row.deal_stage as Deal["stage"],
    engaged: row.engage_date ?? "",
    closed: row.close_date ?? "",
    value: Number(row.close_value || 0),
  }));
}

const within = (day: string, from: string, to: string): boolean =>
  day !== "" && day >= from && day <= to;
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const per = (part: number, of: number): number | null => (of === 0 ? null : part / of);

/** The middle one, or what lies between the two middle ones. */
function at(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? 0;
  return low + (high - low) * (place - Math.floor(place));
}

const isWon = ({ stage }: Deal): boolean => stage === "Won";
const isLost = ({ stage }: Deal): boolean => stage === "Lost";
const cycle = ({ engaged, closed }: Deal): number =>
  (Date.parse(closed) - Date.parse(engaged)) / DAY_MS;

type Rule = {
  /** By which day a deal belongs to a period. */
  readonly day: (deal: Deal) => string;
  readonly figure: (deals: readonly Deal[]) => number | null;
};
const closed = (figure: Rule["figure"]): Rule => ({ day: (deal) => deal.closed, figure });
const engaged = (figure: Rule["figure"]): Rule => ({ day: (deal) => deal.engaged, figure });
const wonValues = (deals: readonly Deal[]) => deals.filter(isWon).map(({ value }) => value);
const cycles = (deals: readonly Deal[]) => deals.filter(isWon).map(cycle);

/** Each by the words of its definition. */
const RULES: Readonly<Record<string, Rule>> = {
  leads_created: engaged((deals) => deals.length),
  opportunities_created: engaged((deals) => deals.length),
  lead_conversion_cohort: engaged((deals) => per(deals.filter(isWon).length, deals.length)),
  won_revenue: closed((deals) => sum(wonValues(deals))),
  won_count: closed((deals) => deals.filter(isWon).length),
  lost_count: closed((deals) => deals.filter(isLost).length),
  closed_win_rate: closed((deals) => per(deals.filter(isWon).length, deals.length)),
  average_won_value: closed((deals) => per(sum(wonValues(deals)), wonValues(deals).length)),
  median_won_value: closed((deals) => at(wonValues(deals), 0.5)),
  sales_cycle_days_mean: closed((deals) => per(sum(cycles(deals)), cycles(deals).length)),
  sales_cycle_days_median: closed((deals) => at(cycles(deals), 0.5)),
};

const quarterOf = (day: string): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

const SPLITS: Readonly<Record<string, (deal: Deal, day: string) => string>> = {
  year: (_, day) => day.slice(0, 4),
  quarter: (_, day) => quarterOf(day),
  month: (_, day) => day.slice(0, 7),
  team: ({ office }) => office,
  owner: ({ agent }) => agent,
  product: ({ product }) => product,
  // Open deals of no account have neither.
  industry: ({ sector }) => sector || "Unknown",
  country: ({ country }) => country || "Unknown",
};

function expectedOf(metric: string, deals: readonly Deal[]): Expected[] {
  const rule = RULES[metric];
  if (rule === undefined) throw new Error(`no rule for ${metric}`);
  const mine = deals.filter((deal) => within(rule.day(deal), FROM, TO));
  const asked = { metric, from: FROM, to: TO };
  const groups = Object.entries(SPLITS).flatMap(([by, keyOf]) =>
    [...Map.groupBy(mine, (deal) => keyOf(deal, rule.day(deal)))].map(([group, of]) => ({
      ...asked,
      by,
      group,
      value: rule.figure(of),
    })),
  );
  return [{ ...asked, by: null, group: null, value: rule.figure(mine) }, ...groups];
}

/** Every figure that is compared; states stand without a period, as of now. */
export function expectedFigures(folder: string): readonly Expected[] {
  const deals = readDeals(folder);
  const open = deals.filter((deal) => !isWon(deal) && !isLost(deal));
  const state = (metric: string, value: number | null): Expected => ({
    metric,
    from: FROM,
    to: TO,
    by: null,
    group: null,
    value,
  });
  return [
    ...Object.keys(RULES).flatMap((metric) => expectedOf(metric, deals)),
    state("open_opportunities", open.length),
  ];
}
