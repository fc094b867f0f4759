import type { PgBoss } from "pg-boss";
import { appendAudit } from "@/lib/audit/append";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Database, Db, Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import type { AccountNotice } from "./account-mail";
import { queueAccountMail } from "./account-mail";

/** Whose account it is about, and how the audit log names them. */
export type Person = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly name: string;
};

/** What changes of an account need: the database, the queue of mails, the keys and the clock. */
export type AccountDeps = {
  readonly db: Database;
  readonly queue: PgBoss;
  readonly keys: KeyRing;
  readonly now: () => Instant;
};

export type Account = {
  readonly workspaceId: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly passwordHash: string | null;
  readonly workspaceName: string;
};

type AccountRow = {
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly password_hash: string | null;
  readonly workspace_name: string;
};

/** An account that is not disabled; undefined when there is none. */
export async function findAccount(
  db: Db,
  { workspaceId, userId }: Pick<Person, "workspaceId" | "userId">,
): Promise<Account | undefined> {
  const [row] = await db.$queryRaw<AccountRow[]>`
    SELECT u.name, u.email, u.locale, u.password_hash, w.name AS workspace_name
      FROM app_user u JOIN workspace w ON w.id = u.workspace_id
     WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ${userId}::uuid AND u.disabled_at IS NULL`;
  return (
    row && {
      workspaceId,
      userId,
      name: row.name,
      email: row.email,
      locale: row.locale,
      passwordHash: row.password_hash,
      workspaceName: row.workspace_name,
    }
  );
}

/** Writes down what somebody did to their own account. Call it last in its transaction. */
export const auditOwn = (
  tx: Transaction,
  deps: Pick<AccountDeps, "keys" | "now">,
  person: Person,
  entry: { readonly action: string; readonly details?: Readonly<Record<string, unknown>> },
): Promise<void> =>
  appendAudit(tx, deps.keys, {
    workspaceId: person.workspaceId,
    at: deps.now(),
    actor: "user",
    userId: person.userId,
    actorName: person.name,
    subject: person.userId,
    ...entry,
  });

/** Tells the account's address that something about signing in changed. */
export async function tellAccount(
  tx: Transaction,
  person: Pick<Person, "workspaceId" | "userId">,
  notice: {
    readonly kind: AccountNotice;
    readonly thing?: string;
    readonly by?: string;
    readonly reason?: string;
  },
  deps: Pick<AccountDeps, "queue" | "now">,
): Promise<void> {
  const account = await findAccount(tx, person);
  if (account === undefined) return;
  const { workspaceId, workspaceName } = account;
  await queueAccountMail(tx, { workspaceId, workspaceName, to: account, ...notice }, deps);
}
