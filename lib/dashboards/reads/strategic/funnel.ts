import { byKey } from "../../core/rows";
import type { FunnelBlock } from "../../core/strategic";
import { t } from "../../core/strategic-text";
import { ask } from "../executive/ask";
import type { BlockContext } from "../run-blocks";

type StageFound = { readonly id: string; readonly name: string; readonly pipeline: string };

/**
 * How far the deals that became opportunities in the range ever came, in the pipeline new deals begin in. Each deal
 * stands in every stage up to the furthest it reached, so a later stage never holds more than an earlier one.
 */
export async function readFunnel(context: BlockContext): Promise<FunnelBlock> {
  const { db, reader } = context;
  const [answers, stages] = await Promise.all([
    ask(context, ["stage_conversion"], { by: "stage" }),
    db.$queryRaw<StageFound[]>`
      SELECT s.id::text, s.name, p.name AS pipeline FROM stage s
        JOIN pipeline p ON p.workspace_id = s.workspace_id AND p.id = s.pipeline_id
       WHERE s.workspace_id = ${reader.place.workspaceId}::uuid AND p.is_default AND p.archived_at IS NULL
         AND s.type = 'open' AND s.archived_at IS NULL ORDER BY s.position, s.name`,
  ]);
  const of = byKey(answers.stage_conversion.groups);
  const last = stages.at(-1);
  const won = last === undefined ? undefined : of(last.id);
  return {
    pipeline: stages[0]?.pipeline ?? null,
    steps: [
      ...stages.map(({ id, name }) => ({ key: id, name, reached: of(id)?.n ?? 0 })),
      ...(last === undefined
        ? []
        : [{ key: null, name: t("funnel.won"), reached: won?.hits ?? 0 }]),
    ],
  };
}
