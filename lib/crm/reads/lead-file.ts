import type { Db } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { CustomColumn, LeadInFile } from "../core/lead-file";
import type { ListAsked } from "./list";
import { searchOf, wanted } from "./list";

/** Rows read at once: large enough for speed, small enough for memory. */
const PAGE = 2_500;

type Row = Omit<LeadInFile, "label"> & { readonly number: number };

/**
 * Every lead a scope and a filter leave, oldest first, read page by page: memory stays flat, and no statement or
 * transaction waits for a slow reader. Moments are read on the workspace's clocks.
 */
export async function* streamLeads(db: Db, asked: ListAsked): AsyncGenerator<LeadInFile> {
  const search = await searchOf(db, asked);
  const zone = asked.place.zone;
  const clock = (column: string): Prisma.Sql =>
    Prisma.sql`to_char(${Prisma.raw(column)} AT TIME ZONE ${zone}, 'YYYY-MM-DD"T"HH24:MI')`;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await db.$queryRaw<Row[]>`
      WITH p AS MATERIALIZED (
        SELECT l.id FROM ${wanted(asked, search, false)} AND l.id > ${after}::uuid ORDER BY l.id LIMIT ${PAGE})
      SELECT l.id, l.number::float8 AS number, l.kind::text AS kind, l.status::text AS status, l.name, l.company_name AS "companyName",
             l.contact_name AS "contactName", l.email, l.phone, o.name AS owner, o.email AS "ownerEmail", t.name AS team, pl.name AS pipeline,
             s.name AS stage, l.stage_type::text AS "stageType",
             CASE l.status WHEN 'won' THEN 100 WHEN 'open' THEN coalesce(l.probability_manual, l.probability_model, s.probability) ELSE 0 END::float8 AS probability,
             coalesce(l.category, s.category)::text AS category, l.amount_minor::float8 AS "amountMinor", l.currency::text AS currency,
             l.base_minor::float8 AS "baseMinor", l.mrr_minor::float8 AS "mrrMinor", l.expected_close::text AS "expectedClose",
             src.name AS source, l.medium, l.campaign, l.country::text AS country, l.industry, pr.name AS product, l.tags,
             ${clock("l.created_at")} AS "createdAt", ${clock("l.assigned_at")} AS "assignedAt", ${clock("l.first_response_at")} AS "firstResponseAt",
             ${clock("l.converted_at")} AS "convertedAt", ${clock("l.closed_at")} AS "closedAt", ${clock("l.updated_at")} AS "updatedAt",
             ${clock("l.next_activity_at")} AS "nextActivityAt", r.name AS "lostReason", l.lost_note AS "lostNote", l.competitor, l.description,
             l.external_source AS "externalSource", l.external_id AS "externalId", l.custom
        FROM p JOIN lead l ON l.workspace_id = ${asked.scope.workspaceId}::uuid AND l.id = p.id
        LEFT JOIN stage s ON s.workspace_id = l.workspace_id AND s.id = l.stage_id
        LEFT JOIN pipeline pl ON pl.workspace_id = l.workspace_id AND pl.id = l.pipeline_id
        LEFT JOIN app_user o ON o.workspace_id = l.workspace_id AND o.id = l.owner_id
        LEFT JOIN sales_team t ON t.workspace_id = l.workspace_id AND t.id = l.team_id
        LEFT JOIN lead_source src ON src.workspace_id = l.workspace_id AND src.id = l.source_id
        LEFT JOIN product pr ON pr.workspace_id = l.workspace_id AND pr.id = l.product_id
        LEFT JOIN lost_reason r ON r.workspace_id = l.workspace_id AND r.id = l.lost_reason_id
       ORDER BY l.id`;
    for (const { number, ...row } of rows)
      yield { ...row, label: `${row.kind === "lead" ? "L" : "D"}-${number}` };
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.id;
  }
}

export type LeadFileHouse = {
  readonly name: string;
  readonly zone: string;
  readonly baseCurrency: string;
  readonly custom: readonly CustomColumn[];
};

/** What a file of leads of this workspace is made with. */
export async function getLeadFileHouse(db: Db, workspaceId: string): Promise<LeadFileHouse> {
  const { name, zone, baseCurrency } = await db.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
  });
  const custom = await db.customField.findMany({
    where: { workspaceId, record: "lead", archivedAt: null },
    orderBy: { position: "asc" },
    select: { key: true, label: true },
  });
  return { name, zone, baseCurrency, custom };
}
