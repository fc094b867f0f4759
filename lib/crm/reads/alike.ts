import type { Db } from "@/lib/db/client";
import type { AlikeLead } from "../core/alike";
import { LIKELY, MOST_ALIKE } from "../core/alike";
import type { Lead } from "../core/lead";
import { labelOf } from "../core/lead";
import type { CrmScope } from "../core/scope";
import type { Known } from "./duplicates";
import { findDuplicateLeads } from "./duplicates";

/** A lead as a line says it, with whose it is; what it resembles is said by who asked. */
export type LeadLine = Omit<AlikeLead, "reasons"> &
  Pick<Lead, "workspaceId" | "ownerId" | "teamId" | "kind" | "number">;

/** These leads as lines, in no order. The caller has asked whether they may be seen. */
export async function listLeadLines(
  db: Db,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: readonly string[] },
): Promise<LeadLine[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<Omit<LeadLine, "label">[]>`
    SELECT l.workspace_id AS "workspaceId", l.id, l.number::float8 AS number, l.kind::text AS kind, l.name, l.company_name AS "companyName",
           l.contact_name AS "contactName", l.status::text AS status, l.owner_id AS "ownerId", l.team_id AS "teamId", u.name AS owner, s.name AS stage
      FROM lead l
      LEFT JOIN app_user u ON u.workspace_id = l.workspace_id AND u.id = l.owner_id
      LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
     WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${[...ids]}::uuid[])`;
  return rows.map((row) => ({ ...row, label: labelOf(row) }));
}

/** Leads and deals in a scope that are likely the same as what is known, the likeliest first; at most MOST_ALIKE. */
export async function listAlikeLeads(
  db: Db,
  scope: CrmScope,
  known: Known,
): Promise<readonly AlikeLead[]> {
  const found = (await findDuplicateLeads(db, scope, known))
    .filter(({ strength }) => strength >= LIKELY)
    .slice(0, MOST_ALIKE);
  const { workspaceId } = scope;
  const lines = await listLeadLines(db, { workspaceId, ids: found.map(({ id }) => id) });
  return found.flatMap(({ id, reasons }) => {
    const line = lines.find((one) => one.id === id);
    if (line === undefined) return [];
    const { label, name, companyName, contactName, owner, stage, status } = line;
    return [{ id, label, name, companyName, contactName, owner, stage, status, reasons }];
  });
}
