import type { Db } from "@/lib/db/client";
import { instantFromColumn } from "@/lib/db/columns";
import type { Named, TimelineEntry } from "../core/deal-view";
import type { LeadKey } from "./deal";

type Entry<Kind extends TimelineEntry["kind"]> = Extract<TimelineEntry, { readonly kind: Kind }>;
type Row<Kind extends TimelineEntry["kind"]> = Omit<Entry<Kind>, "at" | "kind"> & {
  readonly at: Date;
};

const entriesOf = <Kind extends TimelineEntry["kind"]>(
  kind: Kind,
  rows: readonly Row<Kind>[],
): TimelineEntry[] =>
  rows.map((row) => ({ ...row, kind, at: instantFromColumn(row.at) }) as unknown as TimelineEntry);

/** The events of a lead's life, latest first, with who, how, and the probability of the stages. */
export async function listStageEntries(
  db: Db,
  { workspaceId, id }: LeadKey,
  limit: number,
): Promise<TimelineEntry[]> {
  const rows = await db.$queryRaw<Row<"stage">[]>`
    SELECT 'stage-' || lpad(h.seq::text, 8, '0') AS id, h.event, h.at, h.via, u.name AS by, f.name AS from, t.name AS to,
           f.probability::float8 AS "probabilityFrom", t.probability::float8 AS "probabilityTo",
           (SELECT concat_ws(', ', r.name, CASE WHEN h.seq = last.seq THEN l.competitor END, CASE WHEN h.seq = last.seq THEN l.lost_note END)
              FROM opportunity_change c JOIN lost_reason r ON r.workspace_id = c.workspace_id AND r.id = (c.after #>> '{}')::uuid
             WHERE h.event IN ('lost', 'junked') AND c.workspace_id = h.workspace_id AND c.lead_id = h.lead_id
               AND c.version = h.version AND c.field = 'lost_reason' AND c.after <> 'null') AS reason
      FROM stage_history h
      JOIN lead l ON l.workspace_id = h.workspace_id AND l.id = h.lead_id
      LEFT JOIN LATERAL (SELECT max(x.seq) AS seq FROM stage_history x
                          WHERE x.workspace_id = h.workspace_id AND x.lead_id = h.lead_id AND x.event IN ('lost', 'junked')) last ON true
      LEFT JOIN stage f ON f.workspace_id = h.workspace_id AND f.id = h.from_stage_id
      LEFT JOIN stage t ON t.workspace_id = h.workspace_id AND t.id = h.stage_id
      LEFT JOIN app_user u ON u.workspace_id = h.workspace_id AND u.id = h.actor_id
     WHERE h.workspace_id = ${workspaceId}::uuid AND h.lead_id = ${id}::uuid
     ORDER BY h.seq DESC LIMIT ${limit}`;
  return entriesOf("stage", rows);
}

/**
 * Field by field, latest first, ids told as names. What a stage event of the same version says already (why it was
 * lost, when it closed) and what an assignment tells with its reason is left to them.
 */
export async function listChangeEntries(
  db: Db,
  { workspaceId, id }: LeadKey,
  limit: number,
): Promise<TimelineEntry[]> {
  const rows = await db.$queryRaw<Row<"change">[]>`
    WITH c AS (
      SELECT * FROM opportunity_change x
       WHERE x.workspace_id = ${workspaceId}::uuid AND x.lead_id = ${id}::uuid
         AND NOT (x.field IN ('lost_reason', 'closed_at') AND EXISTS (SELECT FROM stage_history h
               WHERE h.workspace_id = x.workspace_id AND h.lead_id = x.lead_id AND h.version = x.version))
         AND NOT (x.field IN ('owner', 'team') AND EXISTS (SELECT FROM lead_assignment a
               WHERE a.workspace_id = x.workspace_id AND a.lead_id = x.lead_id AND a.at = x.at))
       ORDER BY x.id DESC LIMIT ${limit})
    SELECT 'change-' || lpad(c.id::text, 15, '0') AS id, c.field, c.at, c.via, u.name AS by,
           coalesce(b.name, c.before) AS before, coalesce(a.name, c.after) AS after
      FROM c LEFT JOIN app_user u ON u.workspace_id = c.workspace_id AND u.id = c.actor_id
      LEFT JOIN LATERAL (SELECT to_jsonb(n.name) AS name FROM (
            SELECT 'owner' AS field, p.id, p.name FROM app_user p WHERE p.workspace_id = c.workspace_id AND p.id = CASE WHEN c.field = 'owner' THEN (c.before #>> '{}')::uuid END
            UNION ALL SELECT 'team', t.id, t.name FROM sales_team t WHERE t.workspace_id = c.workspace_id AND t.id = CASE WHEN c.field = 'team' THEN (c.before #>> '{}')::uuid END
            UNION ALL SELECT 'product', p.id, p.name FROM product p WHERE p.workspace_id = c.workspace_id AND p.id = CASE WHEN c.field = 'product' THEN (c.before #>> '{}')::uuid END
            UNION ALL SELECT 'source', s.id, s.name FROM lead_source s WHERE s.workspace_id = c.workspace_id AND s.id = CASE WHEN c.field = 'source' THEN (c.before #>> '{}')::uuid END
            UNION ALL SELECT 'lost_reason', r.id, r.name FROM lost_reason r WHERE r.workspace_id = c.workspace_id AND r.id = CASE WHEN c.field = 'lost_reason' THEN (c.before #>> '{}')::uuid END
          ) n WHERE n.field = c.field) b ON true
      LEFT JOIN LATERAL (SELECT to_jsonb(n.name) AS name FROM (
            SELECT 'owner' AS field, p.id, p.name FROM app_user p WHERE p.workspace_id = c.workspace_id AND p.id = CASE WHEN c.field = 'owner' THEN (c.after #>> '{}')::uuid END
            UNION ALL SELECT 'team', t.id, t.name FROM sales_team t WHERE t.workspace_id = c.workspace_id AND t.id = CASE WHEN c.field = 'team' THEN (c.after #>> '{}')::uuid END
            UNION ALL SELECT 'product', p.id, p.name FROM product p WHERE p.workspace_id = c.workspace_id AND p.id = CASE WHEN c.field = 'product' THEN (c.after #>> '{}')::uuid END
            UNION ALL SELECT 'source', s.id, s.name FROM lead_source s WHERE s.workspace_id = c.workspace_id AND s.id = CASE WHEN c.field = 'source' THEN (c.after #>> '{}')::uuid END
            UNION ALL SELECT 'lost_reason', r.id, r.name FROM lost_reason r WHERE r.workspace_id = c.workspace_id AND r.id = CASE WHEN c.field = 'lost_reason' THEN (c.after #>> '{}')::uuid END
          ) n WHERE n.field = c.field) a ON true
     ORDER BY c.id DESC`;
  return entriesOf("change", rows);
}

/** What people wrote about a lead, latest first; deleted notes are gone for everybody. */
export async function listNoteEntries(
  db: Db,
  { workspaceId, id }: LeadKey,
  readerId: string,
  limit: number,
): Promise<TimelineEntry[]> {
  const rows = await db.$queryRaw<
    (Omit<Row<"note">, "mentions"> & { readonly mentions: readonly Named[] | null })[]
  >`
    SELECT n.id, n.at, n.body, n.version, n.edited_at IS NOT NULL AS edited, u.name AS by,
           n.author_id = ${readerId}::uuid AS own,
           (SELECT json_agg(json_build_object('id', p.id, 'name', p.name)) FROM app_user p
             WHERE p.workspace_id = n.workspace_id AND p.id = ANY(n.mentions)) AS mentions
      FROM lead_note n LEFT JOIN app_user u ON u.workspace_id = n.workspace_id AND u.id = n.author_id
     WHERE n.workspace_id = ${workspaceId}::uuid AND n.lead_id = ${id}::uuid AND n.deleted_at IS NULL
     ORDER BY n.at DESC, n.id DESC LIMIT ${limit}`;
  return entriesOf(
    "note",
    rows.map((row) => ({ ...row, mentions: row.mentions ?? [] })),
  );
}

/** Who was given the lead and why, and what was merged into it. */
export async function listHandovers(
  db: Db,
  { workspaceId, id }: LeadKey,
  limit: number,
): Promise<TimelineEntry[]> {
  const [assigned, merged] = await Promise.all([
    db.$queryRaw<Row<"assignment">[]>`
      SELECT a.id, a.at, a.reason, o.name AS owner, t.name AS team, u.name AS by
        FROM lead_assignment a
        LEFT JOIN app_user o ON o.workspace_id = a.workspace_id AND o.id = a.owner_id
        LEFT JOIN sales_team t ON t.workspace_id = a.workspace_id AND t.id = a.team_id
        LEFT JOIN app_user u ON u.workspace_id = a.workspace_id AND u.id = a.actor_id
       WHERE a.workspace_id = ${workspaceId}::uuid AND a.lead_id = ${id}::uuid
       ORDER BY a.at DESC, a.id DESC LIMIT ${limit}`,
    db.$queryRaw<Row<"merge">[]>`
      SELECT m.id, m.merged_at AS at, cardinality(m.merged_ids) AS count, m.undone_at IS NOT NULL AS undone, false AS open, u.name AS by
        FROM lead_merge m LEFT JOIN app_user u ON u.workspace_id = m.workspace_id AND u.id = m.merged_by
       WHERE m.workspace_id = ${workspaceId}::uuid AND m.survivor_id = ${id}::uuid AND m.record = 'lead'
       ORDER BY m.merged_at DESC LIMIT ${limit}`,
  ]);
  return [...entriesOf("assignment", assigned), ...entriesOf("merge", merged)];
}
