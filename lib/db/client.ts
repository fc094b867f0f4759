import { PrismaPg } from "@prisma/adapter-pg";
import type { Prisma } from "@/prisma/generated/client";
import { PrismaClient } from "@/prisma/generated/client";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

/** Anything a query can run on: the database itself, or a transaction in progress. */
export type Db = Database | Transaction;

/**
 * Opens a pool. `connections` bounds it: writers queue on a host's row lock inside the database, and each
 * waiting one holds a connection.
 */
export const openDatabase = (url: string, connections = 16): Database =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: connections }),
    // A burst waits for a connection; it is not an error until it has waited this long.
    transactionOptions: { maxWait: 10_000, timeout: 15_000 },
  });
