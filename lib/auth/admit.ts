import { z } from "zod";
import type { Database, Transaction } from "@/lib/db/client";
import type { Instant } from "@/lib/time/instant";
import type { AccountDeps, Person } from "./account";
import { auditOwn } from "./account";
import { insertSession } from "./session-rows";
import type { Step } from "./step-rows";
import { insertStep, spendStep } from "./step-rows";
import { findFactors } from "./totp";

export const METHODS = ["password", "link", "oidc", "passkey", "setup"] as const;
/** How a session was begun. */
export type SignInMethod = (typeof METHODS)[number];

export type Visitor = { readonly address: string; readonly userAgent: string | null };

/** A session that is open now. The token is stored nowhere else. */
export type Opened = {
  readonly kind: "session";
  readonly token: string;
  readonly expiresAt: Instant;
  /** For the browser to be known by (lib/auth/known-browser.ts). */
  readonly userId: string;
};

/** Who someone is was shown in one way; the account asks for another one first. Nothing is open yet. */
export type Owed = { readonly kind: "second-factor"; readonly stepToken: string };

export type AdmitDeps = Pick<AccountDeps, "keys" | "now">;

/** What a second-factor step remembers: how the first step was taken, and where to go afterwards. */
const owedContent = z.strictObject({ method: z.enum(METHODS), next: z.string() });
export const parseOwed = (step: Step) => owedContent.parse(step.content);

/** Opens a session once every step is done, and writes it down. */
export async function openSession(
  tx: Transaction,
  person: Person,
  how: { readonly method: SignInMethod; readonly second?: string } & Visitor,
  deps: AdmitDeps,
): Promise<Opened> {
  const { method, second, address, userAgent } = how;
  const { workspaceId, userId } = person;
  const opened = await insertSession(tx, {
    workspaceId,
    userId,
    userAgent,
    address,
    method,
    now: deps.now(),
  });
  await auditOwn(tx, deps, person, {
    action: "sign-in",
    details: { address, method, ...(second === undefined ? {} : { second }) },
  });
  return { kind: "session", userId, ...opened };
}

/**
 * Lets somebody in who took the first step. An account with an authenticator app or a passkey is asked for it: then
 * there is no session yet, only a step that opens the second page and nothing else.
 */
export async function admit(
  tx: Transaction,
  person: Person,
  how: { readonly method: SignInMethod; readonly next: string } & Visitor,
  deps: AdmitDeps,
): Promise<Opened | Owed> {
  const { totp, passkeys } = await findFactors(tx, person);
  if (!totp && passkeys === 0) return openSession(tx, person, how, deps);
  const { workspaceId, userId } = person;
  const stepToken = await insertStep(
    tx,
    {
      kind: "second-factor",
      person: { workspaceId, userId },
      content: { method: how.method, next: how.next },
      now: deps.now(),
    },
    deps,
  );
  return { kind: "second-factor", stepToken };
}

/** Opens the session that a second-factor step owes. Undefined when the step was used by somebody else meanwhile. */
export async function finishStep(
  step: Step,
  person: Person,
  how: { readonly second: string } & Visitor,
  deps: AdmitDeps & { readonly db: Database },
): Promise<{ readonly opened: Opened; readonly next: string } | undefined> {
  const { method, next } = parseOwed(step);
  return deps.db.$transaction(async (tx) => {
    if (!(await spendStep(tx, step.id, deps.now()))) return undefined;
    return { opened: await openSession(tx, person, { ...how, method }, deps), next };
  });
}
