import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { Prisma, PrismaClient } from "@/prisma/generated/client";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** Anything a query can run on: the database itself, or a transaction in progress. */
export type Db = Database | Transaction;

/**
 * Stands at the beginning of a statement that is long, frequent and always the same text: the server parses and plans
 * it once per connection. For the largest read of a booking that is two thirds of its time. Texts that vary with
 * their values must not carry it: each would stay in every connection's memory.
 */
const PREPARED = "/* prepared */";

export const prepared = Prisma.raw(PREPARED);

/** The same, for a statement that somebody else wrote as a text. */
export const asPrepared = (sql: string): string => `${PREPARED} ${sql}`;

const names = new Map<string, string>();

function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) {
    name = createHash("sha256").update(sql).digest("base64url").slice(0, 22);
    names.set(sql, name);
  }
  return name;
}

/** Without a name a statement is not prepared. Behind PgBouncer older than 1.21 none may be: `?pgbouncer=true`. */
const namesFor = (url: string) =>
  new URL(url).searchParams.get("pgbouncer") === "true"
    ? {}
    : {
        statementNameGenerator: ({ sql }: { readonly sql: string }) =>
          sql.includes(PREPARED) ? nameOf(sql) : "",
      };

/**
 * Opens a pool. `connections` bounds it: writers queue on a host's row lock inside the database, and each
 * waiting one holds a connection.
 */
export const openDatabase = (url: string, connections = 16): Database =>
  new PrismaClient({
    // What is begun together on one connection is sent together, not one answer after the other.
    adapter: new PrismaPg(
      { connectionString: url, max: connections, pipeline: true },
      namesFor(url),
    ),
    // A burst waits for a connection; it is not an error until it has waited this long.
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
