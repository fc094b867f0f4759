import type { Db } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { ScoreRefusal } from "../core/panel";
import type { BaseRates, ScoreModel } from "../core/score-model";
import type { ScoreQuality } from "../core/score-quality";

/** A model as it was trained last, without its weights. */
export type KeptScore = {
  readonly version: number;
  readonly trainedAt: Instant;
  readonly accepted: boolean;
  readonly why: ScoreRefusal | null;
  readonly closed: number;
  readonly won: number;
  readonly intercept: number | null;
  readonly cuts: ScoreModel["cuts"];
  readonly quality: ScoreQuality | null;
  readonly base: BaseRates;
};

/** The last training of a workspace; undefined before the first. */
export async function findScore(db: Db, workspaceId: string): Promise<KeptScore | undefined> {
  const [found] = await db.$queryRaw<(Omit<KeptScore, "trainedAt"> & { trainedAt: Date })[]>`
    SELECT version, trained_at AS "trainedAt", accepted, why, closed, won, intercept, cuts, quality, base
      FROM score_model WHERE workspace_id = ${workspaceId}::uuid ORDER BY version DESC LIMIT 1`;
  return found === undefined
    ? undefined
    : { ...found, trainedAt: instantOf(found.trainedAt.getTime()) };
}

/** The model of an accepted training, with its weights; undefined where it was refused. */
export async function findModel(
  db: Db,
  workspaceId: string,
  kept: KeptScore,
): Promise<ScoreModel | undefined> {
  if (!kept.accepted || kept.intercept === null) return undefined;
  const weights = await db.$queryRaw<ScoreModel["weights"]>`
    SELECT feature AS field, value, weight, n FROM score_weight
     WHERE workspace_id = ${workspaceId}::uuid AND version = ${kept.version}
     ORDER BY feature, n DESC, value`;
  return { intercept: kept.intercept, cuts: kept.cuts, weights };
}

/** Names of the sources, products and teams that stand in weights by id. */
export async function listNames(db: Db, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id::text, name FROM lead_source WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT id::text, name FROM product WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT id::text, name FROM sales_team WHERE workspace_id = ${workspaceId}::uuid`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
