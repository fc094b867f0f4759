import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { AccountDeps } from "./account";
import { auditOwn } from "./account";
import type { AccountLink } from "./account-token";
import { endAccountTokens, findAccountLink, spendAccountLink } from "./account-token";
import type { Opened, Owed, Visitor } from "./admit";
import { admit } from "./admit";
import type { PasswordProblem } from "./core/password-rules";
import { passwordProblem } from "./core/password-rules";
import { insertIdentity } from "./identities";
import type { Identity } from "./oidc";
import { hashPassword } from "./password";

/** The invitation behind a mailed link; undefined when it was accepted, withdrawn, or is too old. Changes nothing. */
export const findInvitation = (
  token: string,
  deps: Pick<AccountDeps, "db" | "now">,
): Promise<AccountLink | undefined> => findAccountLink(deps.db, token, "invitation", deps.now());

/** Accepts an invitation with a name and a password, and signs in. Throws SignInBusy. */
export async function acceptInvitation(
  input: { readonly token: string; readonly name: string; readonly password: string } & Visitor,
  deps: AccountDeps,
): Promise<
  Result<{ readonly entered: Opened | Owed; readonly email: string }, PasswordProblem | "gone">
> {
  const link = await findInvitation(input.token, deps);
  if (!link) return refuse("gone");
  const { name, password, address, userAgent } = input;
  const problem = passwordProblem(password, [name, link.email, link.workspaceName]);
  if (problem) return refuse(problem);
  const { workspaceId, userId } = link;
  const passwordHash = await hashPassword(password);
  return deps.db.$transaction(async (tx) => {
    if (!(await spendAccountLink(tx, link, deps.now()))) return refuse("gone");
    await tx.appUser.update({
      where: { workspaceId_id: { workspaceId, id: userId } },
      data: { name, passwordHash, version: { increment: 1 } },
    });
    await tx.resource.updateMany({ where: { workspaceId, userId }, data: { name } });
    await endAccountTokens(tx, { workspaceId, userId }, deps.now());
    await auditOwn(tx, deps, { ...link, name }, { action: "invitation.accept" });
    const how = { method: "password", next: "/", address, userAgent } as const;
    const entered = await admit(tx, { ...link, name }, how, deps);
    return ok({ entered, email: link.email });
  });
}

/** Accepts an invitation with an identity, which is joined to the account, and signs in. */
export async function acceptWithIdentity(
  token: string,
  identity: Identity,
  visitor: Visitor,
  deps: AccountDeps,
): Promise<Result<{ readonly entered: Opened | Owed; readonly email: string }, "gone" | "taken">> {
  const link = await findInvitation(token, deps);
  if (!link) return refuse("gone");
  const { workspaceId, userId } = link;
  try {
    return await deps.db.$transaction(async (tx) => {
      if (!(await spendAccountLink(tx, link, deps.now()))) return refuse("gone");
      await endAccountTokens(tx, { workspaceId, userId }, deps.now());
      await insertIdentity(tx, link, identity, deps);
      await auditOwn(tx, deps, link, { action: "invitation.accept" });
      const entered = await admit(tx, link, { method: "oidc", next: "/", ...visitor }, deps);
      return ok({ entered, email: link.email });
    });
  } catch (error) {
    if (violates(error, "identity_is_of_one_account")) return refuse("taken");
    throw error;
  }
}
