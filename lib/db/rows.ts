import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "./client";
import { prepared } from "./client";

type Cell = string | number | boolean | null | object;

/** Rows for one table. Every row names the same columns. Table and column names are ours, never input. */
export type TableRows = {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  /** Rows that exist already are left as they are. */
  readonly skipExisting?: boolean;
};

const NAME = /^[a-z_]+$/;

function identifier(name: string): Prisma.Sql {
  if (!NAME.test(name)) throw new Error(`not a name of ours: ${name}`);
  return Prisma.raw(`"${name}"`);
}

/**
 * Inserts rows into several tables in ONE statement: a row lock held by the caller is held for one round trip
 * instead of one per table. Foreign keys between the tables are checked at its end, so order does not matter.
 * Columns that are not named get their defaults.
 */
export async function insertRows(db: Db, tables: readonly TableRows[]): Promise<void> {
  const filled = tables.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) return;
  const inserts = filled.map(({ table, rows, skipExisting }, index) => {
    const columns = Prisma.join(Object.keys(rows[0] ?? {}).map(identifier));
    const name = identifier(table);
    return Prisma.sql`${Prisma.raw(`i${String.fromCharCode(97 + index)}`)} AS (
      INSERT INTO ${name} (${columns})
      SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, ${JSON.stringify(rows)}::jsonb)
      ${skipExisting === true ? Prisma.sql`ON CONFLICT DO NOTHING` : Prisma.empty})`;
  });
  await db.$executeRaw`${prepared} WITH ${Prisma.join(inserts)} SELECT 1`;
}

/** A half-open range as PostgreSQL reads it. */
export const rangeText = ({ from, to }: Interval): string => `[${toIso(from)},${toIso(to)})`;

/** Bytes as PostgreSQL reads them inside JSON. */
export const bytesText = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString("hex")}`;

/** A moment as PostgreSQL reads it, null staying null. */
export const momentText = (moment: Instant | null): string | null =>
  moment === null ? null : toIso(moment);
