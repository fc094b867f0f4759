import { appendAudit } from "@/lib/audit/append";
import { queueAccountMail } from "@/lib/auth/account-mail";
import { issueAccountToken } from "@/lib/auth/account-token";
import { revokeSessionsOf } from "@/lib/auth/session-rows";
import type { Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { auditedAs } from "../policy";
import type { AccountDeps, ManageGrant } from "./invite-people";

type Person = { readonly workspaceId: string; readonly userId: string };

type Reachable = {
  readonly to: { readonly name: string; readonly email: string; readonly locale: string };
  readonly workspaceName: string;
};

async function findReachable(tx: Transaction, person: Person): Promise<Reachable | undefined> {
  const { workspaceId, userId } = person;
  const user = await tx.appUser.findUnique({
    where: { workspaceId_id: { workspaceId, id: userId }, disabledAt: null, removedAt: null },
    select: { name: true, email: true, locale: true },
  });
  if (!user) return undefined;
  const workspace = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { name: true },
  });
  return { to: user, workspaceName: workspace.name };
}

/** Mails somebody a link to choose a new password. The old one works until they do. Refused for who cannot sign in. */
export async function sendPasswordReset(
  person: Person,
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Result<undefined, "no-user">> {
  return deps.db.$transaction(async (tx) => {
    const found = await findReachable(tx, person);
    if (found === undefined) return refuse("no-user");
    const { tokenId } = await issueAccountToken(tx, { ...person, purpose: "password-reset" }, deps);
    const { workspaceId, userId } = person;
    await queueAccountMail(tx, { workspaceId, kind: "password-reset", ...found, tokenId }, deps);
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId,
      at: deps.now(),
      action: "user.password-reset",
      subject: userId,
    });
    return ok(undefined);
  });
}

/** What signing in asks for besides the password, taken away. True when there was anything. */
export async function removeSecondFactors(tx: Transaction, person: Person): Promise<boolean> {
  const totp = await tx.userTotp.deleteMany({ where: person });
  const passkeys = await tx.passkey.deleteMany({ where: person });
  const codes = await tx.recoveryCode.deleteMany({ where: person });
  return totp.count + passkeys.count + codes.count > 0;
}

/**
 * Takes somebody's authenticator app, recovery codes and passkeys away, for the reason given, and ends their
 * sessions: whoever lost the phone signs in with the password alone and enrols again. They are told by mail.
 */
export async function resetTwoFactor(
  { reason, ...person }: Person & { readonly reason: string },
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Result<undefined, "no-user" | "nothing-to-reset">> {
  return deps.db.$transaction(async (tx) => {
    const found = await findReachable(tx, person);
    if (found === undefined) return refuse("no-user");
    if (!(await removeSecondFactors(tx, person))) return refuse("nothing-to-reset");
    const at = deps.now();
    const ended = await revokeSessionsOf(tx, person, at);
    const { workspaceId, userId } = person;
    const admin = by.actor.kind === "member" ? by.actor.name : "Meridian";
    await queueAccountMail(
      tx,
      { workspaceId, kind: "two-factor-reset", ...found, by: admin, reason },
      deps,
    );
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId,
      at,
      action: "user.two-factor-reset",
      subject: userId,
      details: { reason, sessionsEnded: ended },
    });
    return ok(undefined);
  });
}

/** Ends one session of somebody, or all of them. Dead with the next request, on every node. */
export async function endSessions(
  { sessionId, ...person }: Person & { readonly sessionId: string | "all" },
  by: ManageGrant,
  deps: AccountDeps,
): Promise<Result<{ readonly ended: number }, "no-session">> {
  const { workspaceId, userId } = person;
  return deps.db.$transaction(async (tx) => {
    const at = deps.now();
    const { count: ended } = await tx.session.updateMany({
      where: {
        workspaceId,
        userId,
        revokedAt: null,
        ...(sessionId === "all" ? {} : { id: sessionId }),
      },
      data: { revokedAt: new Date(at) },
    });
    if (ended === 0) return refuse("no-session");
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId,
      at,
      action: "user.sessions-end",
      subject: userId,
      details: { ended },
    });
    return ok({ ended });
  });
}
