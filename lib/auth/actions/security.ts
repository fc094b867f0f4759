"use server";

import { z } from "zod";
import { findAccount } from "../account";
import { findHeld } from "../browser";
import { askForNewEmail } from "../change-email";
import type { OwnAnswer } from "../core/form-answer";
import type { NewPasskeyAnswer } from "../core/passkey-shapes";
import { newPasskeyAnswer, passkeyAnswer } from "../core/passkey-shapes";
import { removeIdentity } from "../identities";
import type { OwnDeps, OwnPerson } from "../own-action";
import { ownAction, refusedFor } from "../own-action";
import { addPasskey, removePasskey, renamePasskey } from "../own-passkeys";
import { endOtherSessions, endSession, markProved } from "../own-sessions";
import { verifyPasskey } from "../passkeys";
import { changePassword, provesPassword } from "../passwords";
import { countFactorTry } from "../second-factor";
import type { TotpOffer } from "../totp";
import { confirmTotp, offerTotp, removeTotp, renewRecoveryCodes, spendTotp } from "../totp";

const done = { status: "done", value: undefined } as const;
type Done = OwnAnswer<undefined>;

const proof = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("password"), password: z.string().min(1).max(1_000) }),
  z.strictObject({ by: z.literal("code"), code: z.string().max(40) }),
  z.strictObject({ by: z.literal("passkey"), response: passkeyAnswer }),
]);
type Proof = z.infer<typeof proof>;

async function proved(given: Proof, person: OwnPerson, deps: OwnDeps): Promise<Done> {
  const account = await findAccount(deps.db, person);
  if (!account) return refusedFor("no-account");
  if (given.by === "password") {
    const answer = await provesPassword(account, given.password, deps.throttle);
    if (!answer.ok) return refusedFor(answer.refusal);
  } else if (given.by === "code") {
    if (await countFactorTry(account, deps.throttle)) return refusedFor("too-many-tries");
    if (!(await spendTotp(deps.db, account, given.code, deps))) return refusedFor("wrong-code");
    await deps.throttle.forget("second-factor", account.userId);
  } else {
    const stepToken = await findHeld("passkey");
    const answer = await verifyPasskey("prove", { ...given, stepToken, person }, deps);
    if (!answer.ok) return refusedFor("passkey-wrong");
  }
  await markProved(person, given.by, deps);
  return done;
}

/** Shows once more who is signed in: by password, a code, or a passkey. Good for ten minutes. */
export const proveAction = async (input: Proof): Promise<Done> =>
  ownAction({ name: "prove", shape: proof, fresh: false }, proved)(input);

const newPassword = z.strictObject({ password: z.string().max(1_000) });

/** Sets one's own password; ends every other session. */
export const changePasswordAction = async (input: { password: string }): Promise<Done> =>
  ownAction(
    { name: "change-password", shape: newPassword, fresh: true },
    async ({ password }, person, deps): Promise<Done> => {
      const answer = await changePassword(person, password, deps);
      return answer.ok ? done : refusedFor(answer.refusal);
    },
  )(input);

const nothing = z.strictObject({});

/** A key for an authenticator app, which counts once its first code is shown. */
export const offerTotpAction = async (): Promise<OwnAnswer<TotpOffer>> =>
  ownAction(
    { name: "totp-offer", shape: nothing, fresh: true },
    async (_input, person, deps): Promise<OwnAnswer<TotpOffer>> => {
      const account = await findAccount(deps.db, person);
      if (!account) return refusedFor("no-account");
      const answer = await offerTotp(account, deps);
      return answer.ok ? { status: "done", value: answer.value } : refusedFor(answer.refusal);
    },
  )({});

const code = z.strictObject({ code: z.string().max(40) });
type Codes = OwnAnswer<readonly string[]>;

/** Turns the app on with its first code. Answers with recovery codes when these are the first. */
export const confirmTotpAction = async (input: { code: string }): Promise<Codes> =>
  ownAction(
    { name: "totp-confirm", shape: code, fresh: true },
    async (typed, person, deps): Promise<Codes> => {
      if (await countFactorTry(person, deps.throttle)) return refusedFor("too-many-tries");
      const answer = await confirmTotp(person, typed.code, deps);
      if (!answer.ok) return refusedFor(answer.refusal === "wrong" ? "wrong-code" : "not-offered");
      await deps.throttle.forget("second-factor", person.userId);
      return { status: "done", value: answer.value.recoveryCodes };
    },
  )(input);

/** Takes the authenticator app off one's account. */
export const removeTotpAction = async (): Promise<Done> =>
  ownAction(
    { name: "totp-remove", shape: nothing, fresh: true },
    async (_input, person, deps): Promise<Done> => {
      await removeTotp(person, deps);
      return done;
    },
  )({});

/** Makes new recovery codes; the old ones end. */
export const renewCodesAction = async (): Promise<Codes> =>
  ownAction(
    { name: "recovery-codes", shape: nothing, fresh: true },
    async (_input, person, deps): Promise<Codes> => {
      const codes = await renewRecoveryCodes(person, deps);
      return codes ? { status: "done", value: codes } : refusedFor("absent");
    },
  )({});

const passkeyName = z.string().trim().min(1, "Enter a name.").max(80, "Use at most 80 characters.");
const madePasskey = z.strictObject({ name: passkeyName, response: newPasskeyAnswer });

/** Keeps a passkey that the browser has just made. Answers with recovery codes when these are the first. */
export const addPasskeyAction = async (input: {
  name: string;
  response: NewPasskeyAnswer;
}): Promise<Codes> =>
  ownAction(
    { name: "passkey-add", shape: madePasskey, fresh: true },
    async (made, person, deps): Promise<Codes> => {
      const stepToken = await findHeld("passkey");
      const answer = await addPasskey(person, { ...made, stepToken }, deps);
      if (answer.ok) return { status: "done", value: answer.value.recoveryCodes };
      const words = {
        "no-step": "no-step",
        wrong: "passkey-wrong",
        taken: "passkey-taken",
      } as const;
      return refusedFor(words[answer.refusal]);
    },
  )(input);

const named = z.strictObject({ id: z.uuid(), name: passkeyName });

export const renamePasskeyAction = async (input: { id: string; name: string }): Promise<Done> =>
  ownAction(
    { name: "passkey-rename", shape: named, fresh: false },
    async ({ id, name }, person, deps): Promise<Done> =>
      (await renamePasskey(person, id, name, deps)) ? done : refusedFor("absent"),
  )(input);

const one = z.strictObject({ id: z.uuid() });

export const removePasskeyAction = async (input: { id: string }): Promise<Done> =>
  ownAction(
    { name: "passkey-remove", shape: one, fresh: true },
    async ({ id }, person, deps): Promise<Done> =>
      (await removePasskey(person, id, deps)) ? done : refusedFor("absent"),
  )(input);

/** Takes an identity provider's account off one's own. */
export const removeIdentityAction = async (input: { id: string }): Promise<Done> =>
  ownAction(
    { name: "identity-remove", shape: one, fresh: true },
    async ({ id }, person, deps): Promise<Done> => {
      const answer = await removeIdentity(person, id, deps);
      return answer.ok ? done : refusedFor(answer.refusal);
    },
  )(input);

const newEmail = z.strictObject({ email: z.string().max(254) });

/** Asks the new address whether it is one's own. Nothing changes until its link is opened. */
export const askEmailAction = async (input: { email: string }): Promise<Done> =>
  ownAction(
    { name: "email-ask", shape: newEmail, fresh: true },
    async ({ email }, person, deps): Promise<Done> => {
      const answer = await askForNewEmail(person, email, deps);
      return answer.ok ? done : refusedFor(answer.refusal);
    },
  )(input);

/** Ends one of one's own sessions. */
export const endSessionAction = async (input: { id: string }): Promise<Done> =>
  ownAction(
    { name: "session-end", shape: one, fresh: false },
    async ({ id }, person, deps): Promise<Done> =>
      (await endSession(person, id, deps)) ? done : refusedFor("absent"),
  )(input);

/** Ends all of one's sessions but this browser's. */
export const endOtherSessionsAction = async (): Promise<OwnAnswer<number>> =>
  ownAction(
    { name: "session-end-others", shape: nothing, fresh: false },
    async (_input, person, deps): Promise<OwnAnswer<number>> => ({
      status: "done",
      value: await endOtherSessions(person, deps),
    }),
  )({});
