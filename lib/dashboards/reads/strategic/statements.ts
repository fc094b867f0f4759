import { probabilityInForce } from "@/lib/crm/reads/figures";
import type { Cell } from "@/lib/metrics/core/answer";
import { ALL_DAYS } from "@/lib/metrics/core/question";
import { wilson } from "@/lib/metrics/core/wilson";
import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { factConditions } from "@/lib/metrics/reads/scan";
import type { Drop } from "../../core/risk";
import { dropVerdict, dropZ } from "../../core/risk";
import { byKey } from "../../core/rows";
import type {
  ConcentrationStatement,
  CoverageStatement,
  WinRateStatement,
} from "../../core/strategic";
import { ask } from "../executive/ask";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";

/** Whether what is open is enough for what is still to be won of the whole period, and which team is furthest from it. */
export async function coverageOf(
  context: BlockContext,
  thresholdPercent: number,
): Promise<CoverageStatement | null> {
  const { db, reader, whole } = context;
  const ids = ["pipeline_coverage", "target_gap"] as const;
  const answers = await ask(context, ids, { days: whole, by: "team" });
  const gap = answers.target_gap.total;
  if (gap.reason === "no-target") return null;
  const behind = (answers.target_gap.groups ?? [])
    .flatMap(({ key, value }) => (value !== null && value > 0 ? [{ key, value }] : []))
    .sort((a, b) => b.value - a.value);
  const [furthest] = behind;
  const name = await namesOf(
    db,
    reader.place.workspaceId,
    "team",
    furthest === undefined ? [] : [furthest.key],
  );
  return {
    coverage: answers.pipeline_coverage.total,
    gap,
    thresholdPercent,
    furthest:
      furthest === undefined ? null : { team: name(furthest.key), gapMinor: furthest.value },
  };
}

const countsOf = (cell: Cell | undefined) => ({ hits: cell?.hits ?? 0, n: cell?.n ?? 0 });

/** The team whose win rate fell the most against the period it is compared with, and whether that says anything. */
export async function readWinRate(context: BlockContext): Promise<WinRateStatement | null> {
  const { comparedWith, db, reader } = context;
  if (comparedWith === null) return null;
  const [now, before] = await Promise.all([
    ask(context, ["closed_win_rate"], { by: "team" }),
    ask(context, ["closed_win_rate"], { by: "team", days: comparedWith }),
  ]);
  const earlier = byKey(before.closed_win_rate.groups);
  const teams = (now.closed_win_rate.groups ?? []).flatMap(({ key, ...cell }) => {
    const was = countsOf(earlier(key));
    const drop: Drop = { ...countsOf(cell), beforeHits: was.hits, beforeN: was.n };
    return drop.n === 0 || drop.beforeN === 0 ? [] : [{ key, drop, z: dropZ(drop) ?? 0 }];
  });
  const [worst] = teams.sort((a, b) => b.z - a.z);
  if (worst === undefined) return null;
  const { key, drop } = worst;
  const name = await namesOf(db, reader.place.workspaceId, "team", [key]);
  return {
    of: name(key),
    ...drop,
    ...(wilson(drop.hits, drop.n) ?? { low: 0, high: 1 }),
    verdict: worst.z <= 0 ? "no-change" : dropVerdict(drop, teams.length),
  };
}

/** How much of the weighted pipeline hangs on few customers. A deal without a company is a customer of its own. */
export async function readConcentration(
  { db, reader, state }: BlockContext,
  thresholdPercent: number,
): Promise<ConcentrationStatement | null> {
  const where = factConditions(reader, { fact: "open", days: ALL_DAYS, filter: state.filter });
  const [row] = await db.$queryRaw<
    { largest: string | null; top: number; ten: number; hhi: number; customers: number }[]
  >`
    WITH customer AS (
      SELECT coalesce(l.company_id::text, lower(l.company_name), l.contact_id::text, l.id::text) AS key,
             max(coalesce(l.company_name, l.contact_name, l.name)) AS name,
             sum(l.base_minor * ${probabilityInForce} / 100)::float8 AS weight
        FROM ${FACT_SOURCES.open.from} WHERE ${where} AND l.base_minor IS NOT NULL GROUP BY 1),
    ranked AS (
      SELECT name, weight / nullif(sum(weight) OVER (), 0) AS share, row_number() OVER (ORDER BY weight DESC, key) AS place
        FROM customer)
    SELECT max(name) FILTER (WHERE place = 1) AS largest, coalesce(max(share) FILTER (WHERE place = 1), 0) AS top,
           coalesce(sum(share) FILTER (WHERE place <= 10), 0) AS ten, coalesce(sum(share * share), 0) AS hhi,
           count(*)::int AS customers
      FROM ranked`;
  if (row === undefined || row.largest === null || row.top === 0) return null;
  return {
    largest: row.largest,
    top: row.top,
    topTen: row.ten,
    hhi: row.hhi,
    customers: row.customers,
    thresholdPercent,
  };
}
