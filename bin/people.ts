import { randomUUID } from "node:crypto";
import { ZodError } from "zod";
import { withDatabase } from "@/bin/with-database";
import { loadKeyRing } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { OperatorError } from "@/lib/operations/operator-error";
import type { PeopleDeps } from "@/lib/people/commands/create-user";
import { findFirstWorkspace, findUserByEmail } from "@/lib/people/reads";
import { instantOf } from "@/lib/time/instant";

/** What the commands about people work with. */
export interface PeopleHouse {
  readonly deps: PeopleDeps;
  readonly workspaceId: string;
  readonly databaseUrl: string;
}

const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The workspace of this installation. The first command about people on an empty database makes it. */
async function ensureWorkspace(db: Database): Promise<string> {
  return db.$transaction(async (tx) => {
    // Two first commands at once would make two workspaces, and each would see one of them empty.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('meridian:first-workspace', 0))`;
    const found = await findFirstWorkspace(tx);
    if (found) return found.id;
    const made = await tx.workspace.create({
      data: { id: randomUUID(), name: "Meridian", zone: localZone() },
    });
    return made.id;
  });
}

const problemsOf = (error: ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join(".")} ${message}.`).join("\n");

/** The workspace of this installation. Throws OperatorError where nothing was set up. */
async function requireWorkspace(db: Database): Promise<string> {
  const found = await findFirstWorkspace(db);
  if (found) return found.id;
  throw new OperatorError("Nothing is set up here yet: this database has no workspace.");
}

function withHouse<Value>(
  workspaceOf: (db: Database) => Promise<string>,
  work: (house: PeopleHouse) => Promise<Value>,
): Promise<Value> {
  return withDatabase(async (databaseUrl) => {
    const db = openDatabase(databaseUrl, 2);
    const keys = loadKeyRing({
      secretKey: env.MERIDIAN_SECRET_KEY,
      oldSecretKeys: env.MERIDIAN_OLD_SECRET_KEYS,
      dataDir: env.MERIDIAN_DATA_DIR,
    });
    const deps: PeopleDeps = { db, keys, now: () => instantOf(Date.now()) };
    try {
      return await work({ deps, workspaceId: await workspaceOf(db), databaseUrl });
    } catch (error) {
      if (error instanceof ZodError) throw new OperatorError(problemsOf(error), { cause: error });
      throw error;
    } finally {
      await db.$disconnect();
    }
  });
}

/** Runs work about people on the configured database. Input that is not valid is told field by field. */
export const withPeople = <Value>(work: (house: PeopleHouse) => Promise<Value>): Promise<Value> =>
  withHouse(ensureWorkspace, work);

/** Runs work on what is there already: nothing is made in passing. */
export const withWorkspace = <Value>(
  work: (house: PeopleHouse) => Promise<Value>,
): Promise<Value> => withHouse(requireWorkspace, work);

/** The person of that address. Throws OperatorError when there is none. */
export async function requirePerson(
  { deps, workspaceId }: PeopleHouse,
  email: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const person = await findUserByEmail(deps.db, workspaceId, email);
  if (person) return person;
  throw new OperatorError(
    `Nobody here has the address ${email}. List them with: npm run meridian -- users list`,
  );
}
