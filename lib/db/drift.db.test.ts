import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { cloneDatabase } from "@/lib/testing/database";
import type { BelievedColumn } from "@/lib/testing/prisma-schema";
import { readPrismaSchema } from "@/lib/testing/prisma-schema";

const GENERATED = join("prisma", "generated", "internal", "class.ts");
const SCHEMA = join("prisma", "schema");

/** The schema the client was generated from, as it carries it itself. */
function schemaOfClient(): string {
  const [, text] =
    /"inlineSchema": ("(?:[^"\\]|\\.)*")/.exec(readFileSync(GENERATED, "utf8")) ?? [];
  if (text === undefined) throw new Error(`${GENERATED} carries no schema`);
  return JSON.parse(text) as string;
}

const believed = readPrismaSchema(schemaOfClient());

let client: pg.Client;
let database: Awaited<ReturnType<typeof cloneDatabase>>;

beforeAll(async () => {
  // A clone: while somebody is connected to the template itself, nobody can clone it.
  database = await cloneDatabase(inject("template"));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

interface ColumnRow {
  readonly table_name: string;
  readonly column_name: string;
  readonly udt_name: string;
  readonly datetime_precision: number | null;
  readonly is_nullable: "YES" | "NO";
}

async function readColumns(): Promise<readonly BelievedColumn[]> {
  const { rows } = await client.query<ColumnRow>(
    `SELECT c.table_name, c.column_name, c.udt_name, c.datetime_precision, c.is_nullable
       FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        AND c.table_name <> '_prisma_migrations'`,
  );
  return rows.map((row) => ({
    table: row.table_name,
    column: row.column_name,
    type: row.udt_name.startsWith("timestamp")
      ? `${row.udt_name}(${row.datetime_precision})`
      : row.udt_name,
    nullable: row.is_nullable === "YES",
  }));
}

const sentences = (columns: readonly BelievedColumn[]): readonly string[] =>
  columns
    .map(
      ({ table, column, type, nullable }) =>
        `${table}.${column} is ${type}${nullable ? ", or nothing" : ""}`,
    )
    .sort();

test("the client knows exactly the columns the database has, with their types and what may be missing", async () => {
  const actual = await readColumns();
  expect(actual.length).toBeGreaterThan(50);
  expect(sentences(believed.columns)).toEqual(sentences(actual));
});

test("the client knows exactly the enums the database has, value by value", async () => {
  const { rows } = await client.query<{ name: string; values: string[] }>(
    `SELECT t.typname AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS values
       FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
       JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE n.nspname = 'public' GROUP BY t.typname`,
  );
  expect(rows.length).toBeGreaterThan(3);
  expect(believed.enums).toEqual(
    Object.fromEntries(rows.map(({ name, values }) => [name, values])),
  );
});

test("the client was generated from the schema as it is now", () => {
  const files = readdirSync(SCHEMA).filter((name) => name.endsWith(".prisma"));
  expect(files.length).toBeGreaterThan(1);
  for (const name of files) {
    expect(schemaOfClient(), name).toContain(readFileSync(join(SCHEMA, name), "utf8").trim());
  }
});
