import type { Db } from "@/lib/db/client";
import type { PipelineBlock, StageRow } from "../../core/executive";
import { t } from "../../core/executive-text";
import { byKey, keysOf, NOTHING } from "../../core/rows";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

type StageFound = {
  readonly id: string;
  readonly name: string;
  readonly pipeline: string;
  readonly probability: number;
};

/** In the order of the board, pipeline by pipeline. */
const listStagesOf = (db: Db, workspaceId: string, ids: readonly string[]): Promise<StageFound[]> =>
  db.$queryRaw<StageFound[]>`
    SELECT s.id::text, s.name, p.name AS pipeline, s.probability::float8 AS probability
      FROM stage s JOIN pipeline p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id
     WHERE s.workspace_id = ${workspaceId}::uuid
       AND (s.id = ANY(${ids}::uuid[]) OR (p.is_default AND s.type = 'open' AND s.archived_at IS NULL))
     ORDER BY p.is_default DESC, p.position, p.name, s.position, s.name`;

/** How much stands in each stage now, whatever the range: every deal that is open, of any age. */
export async function readPipeline(context: BlockContext): Promise<PipelineBlock> {
  const { db, reader } = context;
  const answers = await ask(
    context,
    [
      "open_opportunities",
      "open_pipeline_value",
      "weighted_pipeline_value",
      "open_age_days_median",
    ],
    { by: "stage" },
  );
  const deals = byKey(answers.open_opportunities.groups);
  const value = byKey(answers.open_pipeline_value.groups);
  const weighted = byKey(answers.weighted_pipeline_value.groups);
  const age = byKey(answers.open_age_days_median.groups);
  const keys = keysOf(answers.open_opportunities.groups);
  const stages = await listStagesOf(
    db,
    reader.place.workspaceId,
    keys.filter((key) => key !== null),
  );
  const pipelines = new Set(stages.map(({ pipeline }) => pipeline));
  const rowOf = (key: string | null): Omit<StageRow, "name" | "probability"> => ({
    key,
    deals: deals(key) ?? NOTHING,
    value: value(key) ?? NOTHING,
    weighted: weighted(key) ?? NOTHING,
    age: age(key) ?? { value: null, reason: "nothing-counted", n: 0 },
  });
  const unplaced = keys.filter((key) => !stages.some(({ id }) => id === key));
  return {
    rows: [
      ...stages.map(({ id, name, pipeline, probability }) => ({
        ...rowOf(id),
        // Two pipelines may each have a "Proposal".
        name: pipelines.size > 1 ? `${pipeline}: ${name}` : name,
        probability,
      })),
      ...unplaced.map((key) => ({ ...rowOf(key), name: t("nobody.stage"), probability: null })),
    ],
    total: {
      deals: answers.open_opportunities.total,
      value: answers.open_pipeline_value.total,
      weighted: answers.weighted_pipeline_value.total,
      age: answers.open_age_days_median.total,
    },
  };
}
