import { findScore } from "@/lib/forecasting/reads/score-model";
import { readScorePanel } from "@/lib/forecasting/reads/score-panel";
import { FACT_SOURCES } from "@/lib/metrics/reads/fact-sql";
import { factConditions } from "@/lib/metrics/reads/scan";
import type { QualityBlock, QualityRow } from "../../core/executive";
import { namesOf } from "../names";
import type { BlockContext } from "../run-blocks";

const MOST_PEOPLE = 5;
/** A mean of fewer scores says more of the single lead than of the person. */
const LEAST_LEADS = 5;

type Found = { readonly key: string | null; readonly n: number; readonly total: number };

/**
 * How good the leads were that each person was given in the range: the mean of their scores. There is none while no
 * model was found to be better than the base rate; then nothing is shown for it.
 */
export async function readQuality(context: BlockContext): Promise<QualityBlock> {
  const { db, reader, state, period } = context;
  const { workspaceId } = reader.place;
  const kept = await findScore(db, workspaceId);
  if (kept?.accepted !== true) return { rows: null };
  const source = FACT_SOURCES.created;
  const where = factConditions(reader, { fact: "created", days: period, filter: state.filter });
  const found = await db.$queryRaw<Found[]>`
    SELECT ${source.owner}::text AS key, count(*)::int AS n, sum(l.probability_model / 100)::float8 AS total
      FROM ${source.from} WHERE ${where} AND l.probability_model IS NOT NULL GROUP BY 1`;
  const n = found.reduce((sum, row) => sum + row.n, 0);
  const total = found.reduce((sum, row) => sum + row.total, 0);
  const ranked = found
    .filter((row) => row.key !== null && row.n >= LEAST_LEADS)
    .map((row): Omit<QualityRow, "name"> => ({ key: row.key, score: row.total / row.n, n: row.n }))
    .sort((a, b) => b.score - a.score || b.n - a.n)
    .slice(0, MOST_PEOPLE);
  const named = await namesOf(
    db,
    workspaceId,
    "owner",
    ranked.map(({ key }) => key),
  );
  return {
    rows: ranked.map((row) => ({ ...row, ...named(row.key) })),
    everyone: { score: n === 0 ? null : total / n, n },
  };
}

/** What the score says of the open leads in the reader's scope, whatever the range. */
export const readScore = ({ db, reader }: BlockContext) => readScorePanel(db, reader);
