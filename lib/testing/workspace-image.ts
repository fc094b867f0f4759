import type { House } from "./house";

// A merge and its undo are told in these (the first entry of a log also makes the log's key).
const APPENDED = new Set([
  "stage_history",
  "opportunity_change",
  "lead_merge",
  "audit_entry",
  "stored_secret",
  // Marks of what changed; what is made from them says as much as the rows do.
  "metric_dirty",
  "metric_touch",
  "metric_open_delta",
  "metric_customer_mark",
]);

/** Every row of every table of a workspace, as text; the course of a row's versions left out. */
export async function imageOf(
  { db }: House,
  workspaceId: string,
): Promise<Record<string, unknown>> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attname = 'workspace_id' ORDER BY 1`;
  if (tables.length < 40) throw new Error("an image that sees nothing proves nothing");
  const image: Record<string, unknown> = {};
  for (const { name } of tables.filter((table) => !APPENDED.has(table.name))) {
    const [row] = await db.$queryRaw<{ rows: unknown }[]>`
      SELECT query_to_xml(format('SELECT to_jsonb(x) - ''{version,updated_at}''::text[] AS row FROM %I x WHERE workspace_id = %L ORDER BY 1', ${name}::text, ${workspaceId}::text), true, false, '')::text AS rows`;
    image[name] = row?.rows;
  }
  return image;
}
