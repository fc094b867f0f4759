import type pg from "pg";

// Counters, leases and housekeeping: they move by themselves, and belong to nobody.
const NOBODYS = new Set(["rate_limit", "app_node", "booking_link_day", "_prisma_migrations"]);

/** When somebody was last seen is written every few minutes, by whatever they ask: housekeeping, not a change. */
const LAST_SEEN: Readonly<Record<string, string>> = { session: "seen_at", api_key: "used_at" };

const rowText = (table: string): string => {
  const column = LAST_SEEN[table];
  return column === undefined ? "t::text" : `(to_jsonb(t) - '${column}')::text`;
};

/**
 * Every table of the application, as one line each: how many rows, and a digest of all of them; and how many jobs
 * wait. Equal lines before and after mean that nothing changed.
 */
export async function databaseState(client: pg.Client): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  );
  const names = tables.map(({ name }) => name).filter((name) => !NOBODYS.has(name));
  const one = (name: string) =>
    `SELECT '${name}' AS name, count(*) || ' ' || md5(coalesce(string_agg(md5(${rowText(name)}), '' ORDER BY md5(${rowText(name)})), '')) AS state
       FROM public."${name}" t`;
  const jobs = "SELECT 'jobs' AS name, count(*)::text AS state FROM pgboss.job";
  const { rows } = await client.query<{ name: string; state: string }>(
    [...names.map(one), jobs].join(" UNION ALL "),
  );
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}
