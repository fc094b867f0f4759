import { randomUUID } from "node:crypto";
import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { AccountDeps, Person } from "./account";
import { auditOwn, tellAccount } from "./account";
import type { Opened, Owed, Visitor } from "./admit";
import { admit } from "./admit";
import type { Identity } from "./oidc";
import { providerName } from "./oidc-providers";

type Joined = Person & { readonly id: string };

/**
 * Whose account this identity was joined to. By issuer and subject and by nothing else: an address, verified or not,
 * says what a provider believes, and never opens an account.
 */
export async function findJoined(db: Db, identity: Identity): Promise<Joined | undefined> {
  const [row] = await db.$queryRaw<
    { id: string; workspace_id: string; user_id: string; name: string }[]
  >`
    SELECT i.id, i.workspace_id, i.user_id, u.name
      FROM user_identity i
      JOIN app_user u ON u.workspace_id = i.workspace_id AND u.id = i.user_id
     WHERE i.issuer = ${identity.issuer} AND i.subject = ${identity.subject} AND u.disabled_at IS NULL
     ORDER BY i.created_at, i.id LIMIT 1`;
  return row && { id: row.id, workspaceId: row.workspace_id, userId: row.user_id, name: row.name };
}

/** The first step of signing in, with an identity. */
export async function enterWithIdentity(
  identity: Identity,
  how: { readonly next: string } & Visitor,
  deps: Pick<AccountDeps, "db" | "keys" | "now">,
): Promise<Result<Opened | Owed, "not-joined">> {
  const joined = await findJoined(deps.db, identity);
  if (!joined) return refuse("not-joined");
  return deps.db.$transaction(async (tx) => {
    await tx.userIdentity.update({
      where: { workspaceId_id: { workspaceId: joined.workspaceId, id: joined.id } },
      data: { usedAt: columnFromInstant(deps.now()) },
    });
    return ok(await admit(tx, joined, { ...how, method: "oidc" }, deps));
  });
}

/** Adds an identity to an account, in the caller's transaction. Throws on `identity_is_of_one_account`. */
export async function insertIdentity(
  tx: Transaction,
  person: Person,
  identity: Identity,
  deps: AccountDeps,
): Promise<void> {
  const { workspaceId, userId } = person;
  const { issuer, subject, email } = identity;
  await tx.userIdentity.create({
    data: {
      workspaceId,
      id: randomUUID(),
      userId,
      issuer,
      subject,
      email,
      createdAt: columnFromInstant(deps.now()),
    },
  });
  const thing = providerName(issuer);
  await tellAccount(tx, person, { kind: "identity-added", thing }, deps);
  await auditOwn(tx, deps, person, { action: "identity.add", details: { issuer } });
}

/** Joins an identity to the account of somebody who is signed in and has just shown who they are. */
export async function joinIdentity(
  person: Person,
  identity: Identity,
  deps: AccountDeps,
): Promise<Result<undefined, "taken">> {
  try {
    await deps.db.$transaction((tx) => insertIdentity(tx, person, identity, deps));
    return ok(undefined);
  } catch (error) {
    if (!violates(error, "identity_is_of_one_account")) throw error;
    const joined = await findJoined(deps.db, identity);
    return joined?.userId === person.userId ? ok(undefined) : refuse("taken");
  }
}

/**
 * Takes an identity off the account. Refused when it is the only way in: no password, no passkey, no other identity.
 * A mailed link would still open the account, but that is for emergencies.
 */
export async function removeIdentity(
  person: Person,
  id: string,
  deps: AccountDeps,
): Promise<Result<undefined, "absent" | "only-way-in">> {
  const { workspaceId, userId } = person;
  return deps.db.$transaction(async (tx) => {
    // Locks the account, so that the last two ways in are not taken off at once.
    const [left] = await tx.$queryRaw<{ ways: number }[]>`
      SELECT (u.password_hash IS NOT NULL)::int
             + (SELECT count(*)::int FROM passkey p WHERE p.workspace_id = u.workspace_id AND p.user_id = u.id)
             + (SELECT count(*)::int FROM user_identity i
                 WHERE i.workspace_id = u.workspace_id AND i.user_id = u.id AND i.id <> ${id}::uuid) AS ways
        FROM app_user u WHERE u.workspace_id = ${workspaceId}::uuid AND u.id = ${userId}::uuid FOR UPDATE`;
    if (!left || left.ways === 0) return refuse("only-way-in");
    const [gone] = await tx.$queryRaw<{ issuer: string }[]>`
      DELETE FROM user_identity WHERE workspace_id = ${workspaceId}::uuid
         AND user_id = ${userId}::uuid AND id = ${id}::uuid RETURNING issuer`;
    if (!gone) return refuse("absent");
    const thing = providerName(gone.issuer);
    await tellAccount(tx, person, { kind: "identity-removed", thing }, deps);
    await auditOwn(tx, deps, person, {
      action: "identity.remove",
      details: { issuer: gone.issuer },
    });
    return ok(undefined);
  });
}
