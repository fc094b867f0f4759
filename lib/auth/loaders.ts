import { instantFromColumn } from "@/lib/db/columns";
import { runtime } from "@/lib/runtime";
import { findAccount } from "./account";
import { findSignInLink } from "./account-links";
import { findAccountLink } from "./account-token";
import { findHeld } from "./browser";
import { findEmailLink } from "./change-email";
import type { OwedView, ProofWays, ProviderChoice, SecurityView } from "./core/security-view";
import { findInvitation } from "./invitations";
import { providerName, providers } from "./oidc-providers";
import { isFresh, listSessions } from "./own-sessions";
import { countRecoveryCodes } from "./recovery-codes";
import { findOwedStep } from "./second-factor";
import { findOwnSession } from "./session";
import { findFactors } from "./totp";

/** The identity providers of this installation, for buttons. */
export const loadProviders = (): readonly ProviderChoice[] =>
  providers().map(({ id, name }) => ({ id, name }));

const ownOf = async () => {
  const session = await findOwnSession();
  if (!session) return undefined;
  const { workspaceId, userId, name } = session.actor;
  return { ...session, person: { workspaceId, userId, name, sessionId: session.sessionId } };
};

async function listIdentities(person: { workspaceId: string; userId: string }) {
  const { workspaceId, userId } = person;
  const rows = await runtime().db.userIdentity.findMany({
    where: { workspaceId, userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    issuer: row.issuer,
    provider: providerName(row.issuer),
    email: row.email,
    addedAt: instantFromColumn(row.createdAt),
    usedAt: row.usedAt === null ? null : instantFromColumn(row.usedAt),
  }));
}

async function listPasskeys(person: { workspaceId: string; userId: string }) {
  const { workspaceId, userId } = person;
  const rows = await runtime().db.passkey.findMany({
    where: { workspaceId, userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, name: true, createdAt: true, usedAt: true },
  });
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    addedAt: instantFromColumn(row.createdAt),
    usedAt: row.usedAt === null ? null : instantFromColumn(row.usedAt),
  }));
}

/** What one's own account is signed in to with; undefined when nobody is signed in. */
export async function loadSecurity(): Promise<SecurityView | undefined> {
  const own = await ownOf();
  if (!own) return undefined;
  const { db, now } = runtime();
  const { person } = own;
  const [account, factors, recoveryCodes, passkeys, identities, sessions] = await Promise.all([
    findAccount(db, person),
    findFactors(db, person),
    countRecoveryCodes(db, person),
    listPasskeys(person),
    listIdentities(person),
    listSessions(db, person, now()),
  ]);
  if (!account) return undefined;
  const joined = new Set(identities.map(({ issuer }) => issuer));
  return {
    email: account.email,
    hasPassword: account.passwordHash !== null,
    totp: factors.totp,
    recoveryCodes,
    passkeys,
    identities: identities.map(({ issuer: _issuer, ...line }) => line),
    sessions,
    joinable: providers()
      .filter(({ issuer }) => !joined.has(issuer))
      .map(({ id, name }) => ({ id, name })),
    fresh: isFresh(own.provedAt, now()),
  };
}

/** How the person who is signed in may show who they are; undefined when nobody is. */
export async function loadProofWays(): Promise<ProofWays | undefined> {
  const own = await ownOf();
  if (!own) return undefined;
  const { db } = runtime();
  const [account, factors, identities] = await Promise.all([
    findAccount(db, own.person),
    findFactors(db, own.person),
    listIdentities(own.person),
  ]);
  const joined = new Set(identities.map(({ issuer }) => issuer));
  return {
    password: account?.passwordHash != null,
    code: factors.totp,
    passkey: factors.passkeys > 0,
    providers: providers()
      .filter(({ issuer }) => joined.has(issuer))
      .map(({ id, name }) => ({ id, name })),
  };
}

/** The sign-in this browser is in the middle of; undefined when there is none. */
export async function loadOwed(): Promise<OwedView | undefined> {
  const { db, keys, now } = runtime();
  const owed = await findOwedStep(await findHeld("second-factor"), { db, keys, now });
  return (
    owed && {
      name: owed.account.name,
      code: owed.factors.totp,
      passkey: owed.factors.passkeys > 0,
    }
  );
}

/** What a mailed sign-in link is good for in this browser. Changes nothing. */
export const loadSignInLink = async (token: string) =>
  findSignInLink(token, await findHeld("link"), runtime());

/** Is this link for a new password still good? Changes nothing. */
export async function loadResetLink(token: string): Promise<{ email: string } | undefined> {
  const { db, now } = runtime();
  const link = await findAccountLink(db, token, "password-reset", now());
  return link && { email: link.email };
}

/** Whom an invitation is for; undefined when it is not good any more. Changes nothing. */
export async function loadInvitation(
  token: string,
): Promise<{ email: string; name: string; workspaceName: string } | undefined> {
  const link = await findInvitation(token, runtime());
  return link && { email: link.email, name: link.name, workspaceName: link.workspaceName };
}

/** Which address a mailed link would bring; undefined when it is not good any more. Changes nothing. */
export async function loadEmailLink(
  token: string,
  purpose: "email-change" | "email-undo",
): Promise<{ newEmail: string } | undefined> {
  const link = await findEmailLink(token, purpose, runtime());
  return link?.newEmail ? { newEmail: link.newEmail } : undefined;
}
