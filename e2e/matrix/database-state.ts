import type pg from "pg";

// Counters, leases and housekeeping: they move by themselves, and belong to nobody.
const NOBODYS = ["rate_limit", "app_node", "booking_link_day", "_prisma_migrations"];

/** When somebody was last seen is written every few minutes, by whatever they ask: housekeeping, not a change. */
const LAST_SEEN: Readonly<Record<string, string>> = { session: "seen_at", api_key: "used_at" };

const becameAnother = (table: string): string => {
  const column = LAST_SEEN[table];
  return column === undefined
    ? "OLD.* IS DISTINCT FROM NEW.*"
    : `to_jsonb(OLD) - '${column}' IS DISTINCT FROM to_jsonb(NEW) - '${column}'`;
};

const watch = (table: string): string => `
  CREATE TRIGGER matrix_rows AFTER INSERT OR DELETE ON public."${table}"
    FOR EACH ROW EXECUTE FUNCTION matrix.note('${table}');
  CREATE TRIGGER matrix_updates AFTER UPDATE ON public."${table}"
    FOR EACH ROW WHEN (${becameAnother(table)}) EXECUTE FUNCTION matrix.note('${table}');
  CREATE TRIGGER matrix_all AFTER TRUNCATE ON public."${table}"
    FOR EACH STATEMENT EXECUTE FUNCTION matrix.note('${table}');`;

/**
 * From now on every table of the application notes each row that is added, is removed or becomes another, within the
 * change's own transaction; and the queue notes each job. Reading the notes costs the same however much there is in
 * the tables: comparing all of their rows before and after took most of the time of the matrix.
 */
export async function watchDatabase(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
        AND relname <> ALL ($1)`,
    [NOBODYS],
  );
  await client.query(`
    DROP SCHEMA IF EXISTS matrix CASCADE;
    CREATE SCHEMA matrix;
    CREATE UNLOGGED TABLE matrix.change (name text NOT NULL);
    CREATE FUNCTION matrix.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO matrix.change VALUES (TG_ARGV[0]);
      RETURN NULL;
    END $$;
    CREATE TRIGGER matrix_jobs AFTER INSERT OR DELETE ON pgboss.job
      FOR EACH ROW EXECUTE FUNCTION matrix.note('jobs');`);
  for (const { name } of rows) await client.query(watch(name));
}

/** How many changes of each table were noted: equal answers before and after mean that nothing changed. */
export async function databaseState(client: pg.Client): Promise<Readonly<Record<string, number>>> {
  const { rows } = await client.query<{ name: string; changes: number }>(
    "SELECT name, count(*)::integer AS changes FROM matrix.change GROUP BY name",
  );
  return Object.fromEntries(rows.map(({ name, changes }) => [name, changes]));
}
