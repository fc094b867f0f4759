import type { Actor } from "@/lib/access/actor";
import { withRetry } from "@/lib/db/violations";
import { enqueue } from "@/lib/jobs/queue";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { instantOf, toIso } from "@/lib/time/instant";
import { leadsChanged } from "../jobs";
import { actAs } from "../writes/lead";
import { restoreRows } from "../writes/undo";
import { UNDO_MS } from "./change-leads";

export type UndoRefusal = "not-here" | "too-late" | "changed-meanwhile";

/**
 * Takes back what one of `changeLeads` did, whole: the leads stand as before, and the history keeps both. Only by who
 * did it, within UNDO_MS, and only while nobody changed any of them since.
 */
export async function undoChange(
  { actor, undoId }: { readonly actor: Actor; readonly undoId: string },
  { db, queue, now: clock }: Deps,
): Promise<Result<{ readonly label: string; readonly count: number }, UndoRefusal>> {
  if (actor.kind !== "member") return refuse("not-here");
  const { workspaceId, userId, name } = actor;
  return withRetry(() =>
    db.$transaction(async (tx) => {
      const now = clock();
      const [undo] = await tx.$queryRaw<{ label: string; madeAt: Date }[]>`
        SELECT label, made_at AS "madeAt" FROM crm_undo
         WHERE workspace_id = ${workspaceId}::uuid AND id = ${undoId}::uuid AND user_id = ${userId}::uuid AND undone_at IS NULL
           FOR UPDATE`;
      if (undo === undefined) return refuse("not-here" as const);
      if (now > instantOf(undo.madeAt.getTime() + UNDO_MS)) return refuse("too-late" as const);
      await actAs(tx, { userId, via: "undo" });
      // The first touch may have been set by what is undone.
      await tx.$executeRaw`SELECT set_config('meridian.merging', 'on', true)`;
      const [{ kept, all } = { kept: 0, all: 0 }] = await tx.$queryRaw<
        { kept: number; all: number }[]
      >`
        WITH b AS (SELECT p.* FROM crm_undo u, jsonb_populate_recordset(NULL::lead, u.before) p
                    WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ${undoId}::uuid),
             locked AS (SELECT l.id, l.version FROM lead l JOIN b USING (workspace_id, id) ORDER BY l.id FOR NO KEY UPDATE OF l)
        SELECT (count(*) FILTER (WHERE locked.version = b.version + 1))::int AS kept, count(*)::int AS all
          FROM b LEFT JOIN locked ON locked.id = b.id`;
      if (kept !== all) return refuse("changed-meanwhile" as const);
      const changed = await restoreRows(tx, { workspaceId, undoId, at: toIso(now) });
      await tx.$executeRaw`
        UPDATE crm_undo SET undone_at = ${toIso(now)}::timestamptz WHERE workspace_id = ${workspaceId}::uuid AND id = ${undoId}::uuid`;
      for (let at = 0; at < changed.length; at += 500) {
        await enqueue(queue, tx, leadsChanged, [
          {
            payload: {
              workspaceId,
              leads: changed.slice(at, at + 500),
              event: "undone",
              at: now,
              actorId: userId,
              actorName: name,
            },
          },
        ]);
      }
      return ok({ label: undo.label, count: changed.length });
    }),
  );
}
