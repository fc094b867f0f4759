import { v7 as newId } from "uuid";
import type { Transaction } from "@/lib/db/client";
import type { ImportMapping } from "../core/import-mapping";
import type { Stage } from "../core/lead";
import { listStages } from "../reads/lead";

type PipelineRule = NonNullable<ImportMapping["pipeline"]>;

async function makePipeline(
  tx: Transaction,
  workspaceId: string,
  rule: PipelineRule,
): Promise<string> {
  const id = newId();
  await tx.$executeRaw`
    INSERT INTO pipeline (workspace_id, id, name, position)
    SELECT ${workspaceId}::uuid, ${id}::uuid, ${rule.name}, coalesce(max(position) + 1, 0)
      FROM pipeline WHERE workspace_id = ${workspaceId}::uuid`;
  const stages = rule.stages.map((stage, position) => ({
    category: "pipeline",
    ...stage,
    position,
    id: newId(),
  }));
  await tx.$executeRaw`
    INSERT INTO stage (workspace_id, id, pipeline_id, name, type, probability, category, position)
    SELECT ${workspaceId}::uuid, s.id, ${id}::uuid, s.name, s.type, s.probability, s.category, s.position
      FROM jsonb_to_recordset(${JSON.stringify(stages)}::jsonb)
        AS s (id uuid, name text, type stage_type, probability numeric, category forecast_category, position smallint)`;
  return id;
}

/**
 * The stages an import's deals stand in: of the mapping's pipeline, made with its stages where there is none of that
 * name; of the default pipeline where the mapping names none. Empty: there is no such pipeline, and none to make.
 */
export async function importStages(
  tx: Transaction,
  workspaceId: string,
  rule: PipelineRule | undefined,
): Promise<readonly Stage[]> {
  const [found] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM pipeline
     WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL
       AND CASE WHEN ${rule?.name ?? null}::text IS NULL THEN is_default ELSE lower(name) = lower(${rule?.name ?? ""}) END
     LIMIT 1`;
  let id = found?.id;
  if (id === undefined) {
    if (rule === undefined || rule.stages.length === 0) return [];
    id = await makePipeline(tx, workspaceId, rule);
  }
  const stages = await listStages(tx, workspaceId);
  return stages.filter(({ pipelineId }) => pipelineId === id);
}
