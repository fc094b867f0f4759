import { appendAudit } from "@/lib/audit/append";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Database } from "@/lib/db/client";
import type { ClientAddress } from "@/lib/http/client-address";
import type { Throttle } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import type { Opened, Owed } from "./admit";
import { admit } from "./admit";
import { knownBrowserOf } from "./known-browser";
import { hashPassword, isOutdatedHash, passwordMatches, SignInBusy } from "./password";
import { revokeSession } from "./session-rows";

export type SignInDeps = {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly now: () => Instant;
  readonly throttle: Throttle;
};

export type SignInTry = {
  readonly email: string;
  readonly password: string;
  readonly address: ClientAddress;
  readonly userAgent: string | null;
  /** Where to go afterwards: a path of ours. */
  readonly next?: string;
  /** What the browser keeps from an earlier sign-in (lib/auth/known-browser.ts). */
  readonly known?: string | undefined;
};

/** One answer for everything that does not fit, so that nobody learns which addresses have an account. */
export type SignInRefusal =
  | { readonly reason: "wrong" }
  | { readonly reason: "too-many-tries"; readonly retryAfterSeconds: number };

type Candidate = {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string | null;
};

const findCandidate = (db: Database, email: string): Promise<Candidate | null> =>
  db.appUser.findFirst({
    where: { email, disabledAt: null },
    // The same address may belong to several workspaces; the oldest account is the one signed in to.
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { workspaceId: true, id: true, name: true, passwordHash: true },
  });

type Counter = { readonly limit: "sign-in-account" | "sign-in-known"; readonly key: string };

/**
 * Whose tries this one is counted among. A browser that signed in to this account before has a count of its own, so
 * that strangers who try passwords on an account do not lock out the person it belongs to.
 */
function counterOf(email: string, input: SignInTry, deps: SignInDeps): Counter {
  const browser = knownBrowserOf(deps.keys, input.known, email, deps.now());
  return browser === undefined
    ? { limit: "sign-in-account", key: email }
    : { limit: "sign-in-known", key: `${browser} ${email}` };
}

async function countTry(
  throttle: Throttle,
  counter: Counter,
  address: ClientAddress,
): Promise<SignInRefusal | undefined> {
  const byAddress = await throttle.consume("sign-in-address", address.throttleKey);
  const byAccount = byAddress.ok ? await throttle.consume(counter.limit, counter.key) : byAddress;
  return byAccount.ok
    ? undefined
    : { reason: "too-many-tries", retryAfterSeconds: byAccount.retryAfterSeconds };
}

/**
 * Writes down a failed try, for a known and an unknown address alike: the same statements, so the same time. At
 * most so many an hour, because anybody can fail to sign in.
 */
async function auditFailure(
  candidate: Candidate | null,
  input: SignInTry,
  deps: SignInDeps,
): Promise<void> {
  const workspace = await deps.db.workspace.findFirst({
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  const workspaceId = candidate?.workspaceId ?? workspace?.id;
  if (workspaceId === undefined) return;
  const counted = await deps.throttle.consume("sign-in-audit", workspaceId);
  if (!counted.ok) return;
  await deps.db.$transaction((tx) =>
    appendAudit(tx, deps.keys, {
      workspaceId,
      at: deps.now(),
      actor: "system",
      userId: candidate?.id ?? null,
      actorName: candidate?.name ?? "unknown account",
      action: "sign-in.failed",
      subject: candidate?.id ?? "unknown",
      details: { address: input.address.address },
    }),
  );
}

async function enter(
  candidate: Candidate,
  input: SignInTry,
  deps: SignInDeps,
): Promise<Opened | Owed> {
  const { workspaceId, id: userId, name, passwordHash } = candidate;
  const renewed =
    passwordHash !== null && isOutdatedHash(passwordHash)
      ? await hashPassword(input.password)
      : undefined;
  return deps.db.$transaction(async (tx) => {
    if (renewed !== undefined) {
      await tx.appUser.updateMany({
        where: { workspaceId, id: userId, passwordHash },
        data: { passwordHash: renewed },
      });
    }
    const { userAgent, address, next = "/" } = input;
    const how = { method: "password", next, userAgent, address: address.address } as const;
    return admit(tx, { workspaceId, userId, name }, how, deps);
  });
}

/**
 * The first step of signing in: e-mail and password. Opens a session with a new token, or says that a second factor
 * is owed. Counts each try against the account and the address before the password is looked at; a right one ends
 * the count of wrong ones.
 */
export async function signIn(
  input: SignInTry,
  deps: SignInDeps,
): Promise<Result<Opened | Owed, SignInRefusal>> {
  const email = input.email.trim().toLowerCase();
  const counter = counterOf(email, input, deps);
  const throttled = await countTry(deps.throttle, counter, input.address);
  if (throttled) return refuse(throttled);
  const candidate = await findCandidate(deps.db, email);
  try {
    if (candidate && (await passwordMatches(candidate.passwordHash, input.password))) {
      const entered = await enter(candidate, input, deps);
      await deps.throttle.forget(counter.limit, counter.key);
      await deps.throttle.giveBack("sign-in-address", input.address.throttleKey);
      return ok(entered);
    }
    // Nobody of that address: the same work is done for nothing.
    if (!candidate) await passwordMatches(null, input.password);
  } catch (error) {
    if (error instanceof SignInBusy)
      return refuse({ reason: "too-many-tries", retryAfterSeconds: 5 });
    throw error;
  }
  await auditFailure(candidate, input, deps);
  return refuse({ reason: "wrong" });
}

/** Ends the session that holds this token; it is dead on every node with the next request. */
export async function signOut(token: string, deps: Omit<SignInDeps, "throttle">): Promise<void> {
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    const ended = await revokeSession(tx, token, now);
    if (!ended) return;
    const user = await tx.appUser.findUniqueOrThrow({
      where: { workspaceId_id: { workspaceId: ended.workspaceId, id: ended.userId } },
      select: { name: true },
    });
    await appendAudit(tx, deps.keys, {
      workspaceId: ended.workspaceId,
      at: now,
      actor: "user",
      userId: ended.userId,
      actorName: user.name,
      action: "sign-out",
      subject: ended.userId,
    });
  });
}
