import type { Throttle } from "@/lib/http/throttle";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Account, AccountDeps } from "./account";
import { auditOwn, findAccount } from "./account";
import type { Opened, Visitor } from "./admit";
import { finishStep } from "./admit";
import { isRecoveryCode, spendRecoveryCode } from "./recovery-codes";
import type { Step } from "./step-rows";
import { countAttempt, findStep } from "./step-rows";
import type { Factors } from "./totp";
import { findFactors, spendTotp } from "./totp";

export type SecondFactorDeps = Omit<AccountDeps, "queue"> & { readonly throttle: Throttle };

export type SecondFactorRefusal =
  | { readonly reason: "wrong" }
  /** The step is over: too late, too many tries, or finished elsewhere. Signing in begins anew. */
  | { readonly reason: "over" }
  | { readonly reason: "too-many-tries"; readonly retryAfterSeconds: number };

export type Entered = {
  readonly opened: Opened;
  readonly next: string;
  readonly email: string;
};

/** The sign-in this browser is in the middle of, whose it is and what may be asked for; undefined without one. */
export async function findOwedStep(
  token: string | undefined,
  deps: Omit<SecondFactorDeps, "throttle">,
): Promise<
  { readonly step: Step; readonly account: Account; readonly factors: Factors } | undefined
> {
  const now = deps.now();
  const step = await findStep(deps.db, "second-factor", token, { keys: deps.keys, now });
  if (!step?.person) return undefined;
  const account = await findAccount(deps.db, step.person);
  return account && { step, account, factors: await findFactors(deps.db, account) };
}

/** A code of the app, or one of the recovery codes. Used up by looking. */
async function spendCode(
  account: Account,
  typed: string,
  deps: Omit<SecondFactorDeps, "throttle">,
): Promise<"totp" | "recovery-code" | undefined> {
  if (isRecoveryCode(typed)) {
    return (await spendRecoveryCode(deps.db, account, typed, deps.now()))
      ? "recovery-code"
      : undefined;
  }
  return (await spendTotp(deps.db, account, typed, deps)) ? "totp" : undefined;
}

/** Counts one try of this account's second factor, by whichever page. */
export async function countFactorTry(
  account: Pick<Account, "userId">,
  throttle: Throttle,
): Promise<SecondFactorRefusal | undefined> {
  const counted = await throttle.consume("second-factor", account.userId);
  return counted.ok
    ? undefined
    : { reason: "too-many-tries", retryAfterSeconds: counted.retryAfterSeconds };
}

/**
 * The second step of signing in, with a code. Each try is counted before it is looked at: five for the step, five in a
 * quarter of an hour for the account. The session is opened only here or by a passkey.
 */
export async function enterWithCode(
  input: { readonly stepToken: string | undefined; readonly code: string } & Visitor,
  deps: SecondFactorDeps,
): Promise<Result<Entered, SecondFactorRefusal>> {
  const owed = await findOwedStep(input.stepToken, deps);
  if (!owed || !(await countAttempt(deps.db, owed.step.id))) return refuse({ reason: "over" });
  const { step, account } = owed;
  const throttled = await countFactorTry(account, deps.throttle);
  if (throttled) return refuse(throttled);
  const second = await spendCode(account, input.code, deps);
  if (second === undefined) {
    await deps.db.$transaction((tx) =>
      auditOwn(tx, deps, account, {
        action: "sign-in.second-factor-failed",
        details: { address: input.address },
      }),
    );
    return refuse({ reason: "wrong" });
  }
  const done = await finishStep(step, account, { ...input, second }, deps);
  if (!done) return refuse({ reason: "over" });
  await deps.throttle.forget("second-factor", account.userId);
  return ok({ ...done, email: account.email });
}
