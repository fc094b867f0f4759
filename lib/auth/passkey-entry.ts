import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import { findAccount } from "./account";
import type { Opened, Visitor } from "./admit";
import { finishStep, openSession } from "./admit";
import type { PasskeyAnswer } from "./core/passkey-shapes";
import type { ReadingDeps } from "./passkeys";
import { verifyPasskey } from "./passkeys";
import type { Entered, SecondFactorDeps } from "./second-factor";
import { findOwedStep } from "./second-factor";
import { countAttempt } from "./step-rows";

type PasskeyEntry = Visitor & {
  readonly stepToken: string | undefined;
  readonly response: PasskeyAnswer;
};

/**
 * Signs in with a passkey alone. It is two factors in one: the thing that holds it, and the PIN, finger or face that
 * unlocked it; so nothing more is asked.
 */
export async function enterWithPasskey(
  input: PasskeyEntry,
  deps: ReadingDeps,
): Promise<
  Result<{ readonly opened: Opened; readonly email: string }, "no-step" | "passkey-wrong">
> {
  const shown = await verifyPasskey("sign-in", input, deps);
  if (!shown.ok) return refuse(shown.refusal === "no-step" ? "no-step" : "passkey-wrong");
  const account = await findAccount(deps.db, shown.value);
  if (!account) return refuse("passkey-wrong");
  const { address, userAgent } = input;
  const how = { method: "passkey", address, userAgent } as const;
  const opened = await deps.db.$transaction((tx) => openSession(tx, account, how, deps));
  return ok({ opened, email: account.email });
}

/** The second step of signing in, with a passkey of the person the first step named. */
export async function finishWithPasskey(
  input: PasskeyEntry & { readonly owedToken: string | undefined },
  deps: ReadingDeps & Pick<SecondFactorDeps, "throttle">,
): Promise<Result<Entered, "over" | "no-step" | "passkey-wrong">> {
  const owed = await findOwedStep(input.owedToken, deps);
  if (!owed || !(await countAttempt(deps.db, owed.step.id))) return refuse("over");
  const { step, account } = owed;
  const shown = await verifyPasskey("second-factor", { ...input, person: account }, deps);
  if (!shown.ok) return refuse(shown.refusal === "no-step" ? "no-step" : "passkey-wrong");
  const done = await finishStep(step, account, { ...input, second: "passkey" }, deps);
  if (!done) return refuse("over");
  await deps.throttle.forget("second-factor", account.userId);
  return ok({ ...done, email: account.email });
}
