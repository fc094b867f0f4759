import type { Transaction } from "@/lib/db/client";
import { insertRows } from "@/lib/db/rows";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { TrainedScore } from "../core/score-model";

/** Trainings that are kept. */
const KEPT = 30;

/** Keeps a training as the workspace's next version, with its weights if it was accepted; the version comes back. */
export async function insertScore(
  tx: Transaction,
  workspaceId: string,
  { accepted, why, closed, won, quality, base, model }: TrainedScore,
  now: Instant,
): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('score:' || ${workspaceId}, 0))`;
  const [next] = await tx.$queryRaw<{ version: number }[]>`
    SELECT coalesce(max(version), 0)::int + 1 AS version FROM score_model WHERE workspace_id = ${workspaceId}::uuid`;
  const version = next?.version ?? 1;
  await insertRows(tx, [
    {
      table: "score_model",
      rows: [
        {
          workspace_id: workspaceId,
          version,
          trained_at: toIso(now),
          accepted,
          why,
          closed,
          won,
          intercept: model?.intercept ?? null,
          cuts: model?.cuts ?? {},
          quality,
          base,
        },
      ],
    },
    {
      table: "score_weight",
      rows: (model?.weights ?? []).map(({ field, value, weight, n }) => ({
        workspace_id: workspaceId,
        version,
        feature: field,
        value,
        weight,
        n,
      })),
    },
  ]);
  await tx.$executeRaw`
    DELETE FROM score_model WHERE workspace_id = ${workspaceId}::uuid AND version <= ${version - KEPT}`;
  return version;
}

/**
 * Gives open leads the probability a model computed, in percent: their version, their history and when they were
 * changed are not touched, because nobody changed anything. Leads somebody is at are left for the next time; how many
 * were written comes back.
 */
export async function setProbabilities(
  tx: Transaction,
  workspaceId: string,
  scores: readonly { readonly id: string; readonly percent: number }[],
): Promise<number> {
  return tx.$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(scores)}::jsonb) AS g (id uuid, percent numeric)),
    free AS (
      SELECT l.id FROM lead l JOIN given g ON g.id = l.id
       WHERE l.workspace_id = ${workspaceId}::uuid AND l.status = 'open' AND l.deleted_at IS NULL
       ORDER BY l.id FOR NO KEY UPDATE OF l SKIP LOCKED)
    UPDATE lead l SET probability_model = g.percent
      FROM given g JOIN free USING (id)
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = g.id`;
}

/** Takes away what an earlier model gave: nobody stands behind it any more. Some at a time; how many comes back. */
export async function clearProbabilities(
  tx: Transaction,
  workspaceId: string,
  limit: number,
): Promise<number> {
  return tx.$executeRaw`
    WITH given AS (
      SELECT l.id FROM lead l
       WHERE l.workspace_id = ${workspaceId}::uuid AND l.status = 'open' AND l.deleted_at IS NULL
         AND l.probability_model IS NOT NULL
       ORDER BY l.id LIMIT ${limit} FOR NO KEY UPDATE OF l SKIP LOCKED)
    UPDATE lead l SET probability_model = NULL FROM given g
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = g.id`;
}
