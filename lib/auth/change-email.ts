import type { Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import { violates } from "@/lib/db/violations";
import type { Throttle } from "@/lib/http/throttle";
import { parsePlainAddress } from "@/lib/mail/address";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Account, AccountDeps, Person } from "./account";
import { auditOwn, findAccount } from "./account";
import { queueAccountMail } from "./account-mail";
import type { AccountLink } from "./account-token";
import {
  endAccountTokens,
  findAccountLink,
  issueAccountToken,
  spendAccountLink,
} from "./account-token";
import { removeRecoveryCodes } from "./recovery-codes";
import { revokeSessionsOf } from "./session-rows";

/**
 * Asks the new address whether it is theirs, for somebody who has just shown who they are. Nothing changes yet. An
 * address that somebody else has gets the same answer and no mail: nobody learns who has an account.
 */
export async function askForNewEmail(
  person: Person,
  typed: string,
  deps: AccountDeps & { readonly throttle: Throttle },
): Promise<Result<undefined, "not-an-address" | "same" | "too-many-tries" | "no-account">> {
  const newEmail = parsePlainAddress(typed.trim())?.toLowerCase();
  if (newEmail === undefined) return refuse("not-an-address");
  const account = await findAccount(deps.db, person);
  if (!account) return refuse("no-account");
  if (account.email === newEmail) return refuse("same");
  const counted = await deps.throttle.consume("account-mail-email", newEmail);
  if (!counted.ok) return refuse("too-many-tries");
  const { workspaceId, workspaceName } = account;
  const taken = await deps.db.appUser.findUnique({
    where: { workspaceId_email: { workspaceId, email: newEmail } },
    select: { id: true },
  });
  await deps.db.$transaction(async (tx) => {
    if (taken === null) {
      const { tokenId } = await issueAccountToken(
        tx,
        { ...account, purpose: "email-change", newEmail },
        deps,
      );
      const to = { name: account.name, email: newEmail, locale: account.locale };
      const mail = {
        workspaceId,
        workspaceName,
        kind: "email-change",
        to,
        tokenId,
        newEmail,
      } as const;
      await queueAccountMail(tx, mail, deps);
    }
    await auditOwn(tx, deps, person, { action: "email.change-asked" });
  });
  return ok(undefined);
}

async function applyChange(
  tx: Transaction,
  link: AccountLink,
  newEmail: string,
  deps: AccountDeps,
) {
  const { workspaceId, userId, email: oldEmail, workspaceName } = link;
  const now = deps.now();
  await tx.appUser.update({
    where: { workspaceId_id: { workspaceId, id: userId } },
    data: { email: newEmail, version: { increment: 1 } },
  });
  await endAccountTokens(
    tx,
    { workspaceId, userId, purposes: ["sign-in", "invitation", "password-reset", "email-change"] },
    now,
  );
  // Every session: the one that asked too, since who confirms need not be who asked.
  await revokeSessionsOf(tx, { workspaceId, userId }, now);
  // A second change does not end the first one's way back: the oldest address is the most trusted one.
  const back = await tx.accountToken.count({
    where: {
      workspaceId,
      userId,
      purpose: "email-undo",
      usedAt: null,
      expiresAt: { gt: columnFromInstant(now) },
    },
  });
  const to = { name: link.name, email: oldEmail, locale: link.locale };
  if (back === 0) {
    const undo = { workspaceId, userId, purpose: "email-undo", newEmail: oldEmail } as const;
    const { tokenId } = await issueAccountToken(tx, undo, deps);
    const mail = { workspaceId, workspaceName, kind: "email-undo", to, tokenId, newEmail } as const;
    await queueAccountMail(tx, mail, deps);
  }
  await auditOwn(tx, deps, link, { action: "email.change" });
}

/** Changes the address with the link that was sent to it. The old address is told and can undo it for seven days. */
export async function confirmNewEmail(
  token: string,
  deps: AccountDeps,
): Promise<Result<{ readonly email: string }, "gone" | "taken">> {
  const link = await findAccountLink(deps.db, token, "email-change", deps.now());
  const newEmail = link?.newEmail;
  if (!link || !newEmail) return refuse("gone");
  try {
    return await deps.db.$transaction(async (tx) => {
      if (!(await spendAccountLink(tx, link, deps.now()))) return refuse("gone");
      await applyChange(tx, link, newEmail, deps);
      return ok({ email: newEmail });
    });
  } catch (error) {
    if (violates(error, "user_email_is_used_once")) return refuse("taken");
    throw error;
  }
}

/** What was added for signing in at or after this moment is taken away, and with it whoever added it. */
async function removeSince(tx: Transaction, link: AccountLink): Promise<void> {
  const own = { workspaceId: link.workspaceId, userId: link.userId };
  const since = { gte: columnFromInstant(link.createdAt) };
  await tx.passkey.deleteMany({ where: { ...own, createdAt: since } });
  await tx.userIdentity.deleteMany({ where: { ...own, createdAt: since } });
  const totp = await tx.userTotp.deleteMany({ where: { ...own, createdAt: since } });
  if (totp.count > 0) await removeRecoveryCodes(tx, own);
  await tx.apiKey.updateMany({
    where: { ...own, createdAt: since, revokedAt: null },
    data: { revokedAt: since.gte },
  });
}

/**
 * Brings the old address back. Whoever changed it may also have set a password and added ways in, so sessions, links,
 * the password and what was added since all end; a new password comes by mail to the address that is back.
 */
export async function undoEmailChange(
  token: string,
  deps: AccountDeps,
): Promise<Result<{ readonly email: string }, "gone" | "taken">> {
  const link = await findAccountLink(deps.db, token, "email-undo", deps.now());
  const oldEmail = link?.newEmail;
  if (!link || !oldEmail) return refuse("gone");
  const { workspaceId, userId } = link;
  const now = deps.now();
  try {
    return await deps.db.$transaction(async (tx) => {
      if (!(await spendAccountLink(tx, link, now))) return refuse("gone");
      await tx.appUser.update({
        where: { workspaceId_id: { workspaceId, id: userId } },
        data: { email: oldEmail, passwordHash: null, version: { increment: 1 } },
      });
      await endAccountTokens(tx, { workspaceId, userId }, now);
      await revokeSessionsOf(tx, { workspaceId, userId }, now);
      await removeSince(tx, link);
      const reset = { workspaceId, userId, purpose: "password-reset" } as const;
      const { tokenId } = await issueAccountToken(tx, reset, deps);
      await queueAccountMail(
        tx,
        {
          workspaceId,
          workspaceName: link.workspaceName,
          kind: "password-reset",
          to: { name: link.name, email: oldEmail, locale: link.locale },
          tokenId,
        },
        deps,
      );
      await auditOwn(tx, deps, link, { action: "email.undo" });
      return ok({ email: oldEmail });
    });
  } catch (error) {
    if (violates(error, "user_email_is_used_once")) return refuse("taken");
    throw error;
  }
}

/** Whose address a link would change, for its page. */
export const findEmailLink = (
  token: string,
  purpose: "email-change" | "email-undo",
  deps: Pick<AccountDeps, "db" | "now">,
): Promise<(Pick<Account, "email"> & { newEmail: string | null }) | undefined> =>
  findAccountLink(deps.db, token, purpose, deps.now());
