import type { Transaction } from "@/lib/db/client";
import type { Throttle } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Account, AccountDeps, Person } from "./account";
import { auditOwn, findAccount, tellAccount } from "./account";
import { endAccountTokens, findAccountLink, spendAccountLink } from "./account-token";
import type { PasswordProblem } from "./core/password-rules";
import { passwordProblem } from "./core/password-rules";
import { hashPassword, passwordMatches } from "./password";
import { revokeSessionsOf } from "./session-rows";

const problemOf = (password: string, account: Omit<Account, "passwordHash">) =>
  passwordProblem(password, [account.name, account.email, account.workspaceName]);

/**
 * Puts a new password in place, ends every session but one, ends every link that was mailed, and tells the address.
 * The second factors stay: who only holds the mailbox does not get past them.
 */
async function setPassword(
  tx: Transaction,
  person: Person,
  change: {
    readonly passwordHash: string;
    readonly exceptSessionId?: string;
    readonly action: string;
  },
  deps: AccountDeps,
): Promise<void> {
  const { workspaceId, userId } = person;
  const { passwordHash, exceptSessionId, action } = change;
  const now = deps.now();
  await tx.appUser.update({
    where: { workspaceId_id: { workspaceId, id: userId } },
    data: { passwordHash },
  });
  await revokeSessionsOf(
    tx,
    { workspaceId, userId, ...(exceptSessionId === undefined ? {} : { exceptSessionId }) },
    now,
  );
  // The undoing of a changed address is not ended: it is the way back for who was robbed of the account.
  await endAccountTokens(
    tx,
    { workspaceId, userId, purposes: ["sign-in", "invitation", "password-reset", "email-change"] },
    now,
  );
  await tellAccount(tx, person, { kind: "password-changed" }, deps);
  await auditOwn(tx, deps, person, { action });
}

/** Sets a password for somebody who is signed in and has just shown who they are. Throws SignInBusy. */
export async function changePassword(
  person: Person & { readonly sessionId: string },
  password: string,
  deps: AccountDeps,
): Promise<Result<undefined, PasswordProblem | "no-account">> {
  const account = await findAccount(deps.db, person);
  if (!account) return refuse("no-account");
  const problem = problemOf(password, account);
  if (problem) return refuse(problem);
  // Before the transaction: it takes a core for 15 ms and may have to wait for one.
  const passwordHash = await hashPassword(password);
  await deps.db.$transaction((tx) =>
    setPassword(
      tx,
      person,
      { passwordHash, exceptSessionId: person.sessionId, action: "password.change" },
      deps,
    ),
  );
  return ok(undefined);
}

/** Sets a password with a mailed link, which is good once. Nobody is signed in by it. Throws SignInBusy. */
export async function resetPassword(
  input: { readonly token: string; readonly password: string },
  deps: AccountDeps,
): Promise<Result<undefined, PasswordProblem | "no-link">> {
  const link = await findAccountLink(deps.db, input.token, "password-reset", deps.now());
  if (!link) return refuse("no-link");
  const problem = problemOf(input.password, link);
  if (problem) return refuse(problem);
  const passwordHash = await hashPassword(input.password);
  return deps.db.$transaction(async (tx) => {
    if (!(await spendAccountLink(tx, link, deps.now()))) return refuse("no-link");
    await setPassword(tx, link, { passwordHash, action: "password.reset" }, deps);
    return ok(undefined);
  });
}

/** Is this the password of somebody who is signed in? Counted with the second factors. Throws SignInBusy. */
export async function provesPassword(
  account: Account,
  password: string,
  throttle: Throttle,
): Promise<Result<undefined, "wrong" | "too-many-tries">> {
  const counted = await throttle.consume("second-factor", account.userId);
  if (!counted.ok) return refuse("too-many-tries");
  if (!(await passwordMatches(account.passwordHash, password))) return refuse("wrong");
  await throttle.forget("second-factor", account.userId);
  return ok(undefined);
}
