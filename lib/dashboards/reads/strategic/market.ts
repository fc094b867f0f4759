import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { factConditions } from "@/lib/metrics/reads/scan";
import { byKey, figureOf, keysOf, topAndRest } from "../../core/rows";
import type { MarketBlock, MarketRow, SourceReturnRow } from "../../core/strategic";
import { t } from "../../core/strategic-text";
import { ask } from "../executive/ask";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";
import { listThresholds } from "./thresholds";

const SHOWN = 6;

type Cut<Row> = {
  readonly rows: readonly Row[];
  readonly rest: { readonly count: number; readonly row: Row } | null;
};

const CLOSED = ["won_count", "won_revenue", "closed_win_rate"] as const;

/** The first rows, by what they brought, and the others as one. */
function cut<Row extends MarketRow>(
  rows: readonly Row[],
  add: (rows: readonly Row[], named: { key: null; name: string }) => Row,
): Cut<Row> {
  const sorted = [...rows].sort((a, b) => b.valueMinor - a.valueMinor || b.closed - a.closed);
  const { top, rest } = topAndRest(sorted, SHOWN);
  const name = t("others", { count: rest.length });
  return {
    rows: top,
    rest: rest.length === 0 ? null : { count: rest.length, row: add(rest, { key: null, name }) },
  };
}

const sumOf = <Row>(rows: readonly Row[], pick: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + pick(row), 0);

const addMarket = (rows: readonly MarketRow[], named: { key: null; name: string }): MarketRow => ({
  ...named,
  won: sumOf(rows, ({ won }) => won),
  closed: sumOf(rows, ({ closed }) => closed),
  valueMinor: sumOf(rows, ({ valueMinor }) => valueMinor),
});

const REGION_NAMES = new Intl.DisplayNames("en", { type: "region" });

function countryName(code: string): string {
  try {
    return REGION_NAMES.of(code) ?? code;
  } catch {
    return code;
  }
}

/** What closed in the range by one thing it may be split by. */
async function readSplit(
  context: BlockContext,
  by: "country" | "industry",
): Promise<Cut<MarketRow>> {
  const answers = await ask(context, CLOSED, { by });
  const [won, value, rate] = CLOSED.map((id) => byKey(answers[id].groups));
  const nameOf = (key: string | null) => {
    if (key === null) return t(`market.unknown.${by}`);
    return by === "country" ? countryName(key) : key;
  };
  const rows = keysOf(answers.closed_win_rate.groups).map((key) => ({
    key,
    name: nameOf(key),
    won: figureOf(won?.(key)),
    closed: rate?.(key)?.n ?? 0,
    valueMinor: figureOf(value?.(key)),
  }));
  return cut(rows, addMarket);
}

/** What each source brought: leads that came in the range, and what closed in it. */
async function readSources(context: BlockContext): Promise<Cut<SourceReturnRow>> {
  const answers = await ask(context, ["leads_created", ...CLOSED], { by: "source" });
  const keys = keysOf(answers.leads_created.groups, answers.closed_win_rate.groups);
  const name = await namesOf(context.db, context.reader.place.workspaceId, "source", keys);
  const leads = byKey(answers.leads_created.groups);
  const won = byKey(answers.won_count.groups);
  const value = byKey(answers.won_revenue.groups);
  const rate = byKey(answers.closed_win_rate.groups);
  const rows = keys.map((key) => ({
    ...name(key),
    leads: figureOf(leads(key)),
    won: figureOf(won(key)),
    closed: rate(key)?.n ?? 0,
    valueMinor: figureOf(value(key)),
  }));
  return cut(rows, (rest, named) => ({
    ...addMarket(rest, named),
    leads: sumOf(rest, (row) => row.leads),
  }));
}

type SizeFound = {
  readonly size: "small" | "medium" | "large" | null;
  readonly won: number;
  readonly closed: number;
  readonly valueMinor: number;
};

/**
 * What closed in the range by how large it was. Where nobody said from when deals are medium and large, half of those
 * with an amount are small and the largest tenth is large.
 */
async function readSizes(context: BlockContext): Promise<MarketBlock["sizes"]> {
  const { db, reader, period, state } = context;
  const said = (await listThresholds(db, reader.place.workspaceId)).find(
    ({ teamId, mediumFromMinor, largeFromMinor }) =>
      teamId === null && mediumFromMinor !== null && largeFromMinor !== null,
  );
  const where = factConditions(reader, { fact: "closed", days: period, filter: state.filter });
  const rows = await db.$queryRaw<(SizeFound & { medium: number | null; large: number | null })[]>`
    WITH deals AS MATERIALIZED (SELECT l.base_minor, l.status FROM ${FACT_SOURCES.closed.from} WHERE ${where}),
    bounds AS (
      SELECT coalesce(${said?.mediumFromMinor ?? null}::float8, (percentile_disc(0.5) WITHIN GROUP (ORDER BY base_minor))::float8) AS medium,
             coalesce(${said?.largeFromMinor ?? null}::float8, (percentile_disc(0.9) WITHIN GROUP (ORDER BY base_minor))::float8) AS large
        FROM deals WHERE base_minor > 0)
    SELECT CASE WHEN d.base_minor IS NULL OR d.base_minor = 0 THEN NULL WHEN d.base_minor >= b.large THEN 'large'
                WHEN d.base_minor >= b.medium THEN 'medium' ELSE 'small' END AS size,
           (count(*) FILTER (WHERE d.status = 'won'))::int AS won, count(*)::int AS closed,
           coalesce(sum(d.base_minor) FILTER (WHERE d.status = 'won'), 0)::float8 AS "valueMinor",
           max(b.medium) AS medium, max(b.large) AS large
      FROM deals d CROSS JOIN bounds b GROUP BY 1`;
  const none = { won: 0, closed: 0, valueMinor: 0 };
  return {
    rows: (["large", "medium", "small"] as const).map((size) => {
      const { won, closed, valueMinor } = rows.find((row) => row.size === size) ?? none;
      return { key: size, name: t(`market.size.${size}`), won, closed, valueMinor };
    }),
    mediumFromMinor: rows[0]?.medium ?? null,
    largeFromMinor: rows[0]?.large ?? null,
    said: said !== undefined,
    withoutAmount: rows.find((row) => row.size === null)?.closed ?? 0,
  };
}

/** Where what was won comes from: countries, industries, sizes and sources. */
export async function readMarket(context: BlockContext): Promise<MarketBlock> {
  const [countries, industries, sizes, sources] = await Promise.all([
    readSplit(context, "country"),
    readSplit(context, "industry"),
    readSizes(context),
    readSources(context),
  ]);
  return { countries, industries, sizes, sources };
}
