import { v7 as newId } from "uuid";
import type { Grant } from "@/lib/access/policy";
import type { Transaction } from "@/lib/db/client";
import { violates, withRetry } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { TargetCell } from "../core/target";
import type { SetUpDeps } from "./audit-set-up";
import { auditSetUp } from "./audit-set-up";

type MayTarget = Grant<"crm.target", { readonly workspaceId: string }>;

export type TargetRefusal = "changed-meanwhile" | "no-such-holder";

type Stored = { readonly id: string; readonly version: number };

const keyOf = ({ kind, id, month }: Pick<TargetCell, "kind" | "id" | "month">): string =>
  `${kind} ${id} ${month}`;

/** The targets of these cells as they stand, locked, by key. */
async function lockTargets(
  tx: Transaction,
  workspaceId: string,
  cells: readonly TargetCell[],
): Promise<ReadonlyMap<string, Stored>> {
  const rows = await tx.$queryRaw<(Stored & { key: string })[]>`
    SELECT t.id, t.version, c.kind || ' ' || c.id || ' ' || c.month AS key
      FROM jsonb_to_recordset(${JSON.stringify(cells)}::jsonb) AS c(kind text, id text, month text)
      JOIN target t ON t.workspace_id = ${workspaceId}::uuid AND t.month = c.month::date
       AND CASE c.kind WHEN 'team' THEN t.team_id ELSE t.user_id END = c.id::uuid
     ORDER BY t.id FOR UPDATE OF t`;
  return new Map(rows.map(({ key, id, version }) => [key, { id, version }]));
}

async function write(
  tx: Transaction,
  workspaceId: string,
  cells: readonly TargetCell[],
  stored: ReadonlyMap<string, Stored>,
): Promise<void> {
  const rows = cells.map((cell) => ({
    workspace_id: workspaceId,
    id: stored.get(keyOf(cell))?.id ?? newId(),
    user_id: cell.kind === "person" ? cell.id : null,
    team_id: cell.kind === "team" ? cell.id : null,
    month: cell.month,
    amount_minor: cell.amountMinor,
    deals: cell.deals,
    version: (stored.get(keyOf(cell))?.version ?? 0) + 1,
  }));
  const kept = rows.filter(({ amount_minor, deals }) => amount_minor !== null || deals !== null);
  const dropped = rows.filter((row) => !kept.includes(row)).map(({ id }) => id);
  if (dropped.length > 0)
    await tx.target.deleteMany({ where: { workspaceId, id: { in: dropped } } });
  await tx.$executeRaw`
    INSERT INTO target SELECT * FROM jsonb_populate_recordset(NULL::target, ${JSON.stringify(kept)}::jsonb)
    ON CONFLICT (workspace_id, id) DO UPDATE
      SET amount_minor = excluded.amount_minor, deals = excluded.deals, version = excluded.version`;
}

/**
 * Sets targets of many months, all or none: refused when somebody changed one of them since it was seen. A cell that
 * promises nothing any more is removed. `versions` are what each stands at afterwards, in the order of the cells.
 */
export async function setTargets(
  cells: readonly TargetCell[],
  grant: MayTarget,
  deps: SetUpDeps,
): Promise<Result<{ readonly versions: readonly number[] }, TargetRefusal>> {
  const { workspaceId } = grant.resource;
  // Written once each; the last word counts.
  const each = [...new Map(cells.map((cell) => [keyOf(cell), cell])).values()];
  try {
    return await withRetry(() =>
      deps.db.$transaction(async (tx) => {
        const stored = await lockTargets(tx, workspaceId, each);
        if (each.some((cell) => (stored.get(keyOf(cell))?.version ?? 0) !== cell.version))
          return refuse("changed-meanwhile");
        await write(tx, workspaceId, each, stored);
        await auditSetUp(tx, grant, deps, {
          action: "crm.target.set",
          subject: workspaceId,
          details: { count: each.length, cells: each.slice(0, 50) },
        });
        const versions = cells.map((cell) =>
          cell.amountMinor === null && cell.deals === null ? 0 : cell.version + 1,
        );
        return ok({ versions });
      }),
    );
  } catch (error) {
    // Somebody set the same one for the first time at the same moment.
    if (
      violates(error, "person_has_one_target_a_month") ||
      violates(error, "team_has_one_target_a_month")
    )
      return refuse("changed-meanwhile");
    if (violates(error, "target_person_exists") || violates(error, "target_team_exists"))
      return refuse("no-such-holder");
    throw error;
  }
}
