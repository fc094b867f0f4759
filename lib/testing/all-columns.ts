import type { Database } from "@/lib/db/client";

/** A name of ours out of the catalogue, as SQL writes it. */
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Every table of the database in which one of these texts stands, in any column of any type, in any case, as text or
 * as the bytes of it: `schema.table: text`. None, when nothing of them is left.
 */
export async function findAnywhere(
  query: (sql: string) => Promise<readonly Record<string, unknown>[]>,
  texts: readonly string[],
): Promise<readonly string[]> {
  const tables = await query(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const table = `${quoted(String(schema))}.${quoted(String(name))}`;
    const rows = await query(`SELECT lower(t::text) AS row FROM ${table} t`);
    for (const text of texts) {
      const hex = Buffer.from(text).toString("hex");
      const has = rows.some(({ row }) => {
        const words = String(row);
        return words.includes(text.toLowerCase()) || words.includes(hex);
      });
      if (has) found.push(`${schema}.${name}: ${text}`);
    }
  }
  return found;
}

/** Rows of tables that hold something about guests, by key, whole: to see which ones a change touched. */
export async function snapshotOf(
  db: Database,
  workspaceId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.$queryRaw<{ key: string; row: string }[]>`
    SELECT 'meeting ' || id AS key, t::text AS row FROM meeting t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'attendee ' || id, t::text FROM attendee t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'answer ' || attendee_id || position, t::text FROM question_answer t
      WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'claim ' || id, t::text FROM meeting_claim t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'event ' || id, t::text FROM meeting_event t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'mail ' || id, t::text FROM mail_message t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'waiting ' || id, t::text FROM waiting_guest t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'request ' || scope || key, t::text FROM idempotency_key t
      WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'notice ' || id, t::text FROM notification t WHERE workspace_id = ${workspaceId}::uuid
    UNION ALL SELECT 'task ' || id, t::text FROM task t WHERE workspace_id = ${workspaceId}::uuid`;
  return new Map(rows.map(({ key, row }) => [key, row]));
}
