import { z } from "zod";
import { NotHere, NotSignedIn } from "@/lib/access/policy";
import { findAccount } from "@/lib/auth/account";
import { findHeld, hold } from "@/lib/auth/browser";
import { askForNewPasskey } from "@/lib/auth/own-passkeys";
import { isFresh } from "@/lib/auth/own-sessions";
import { askForPasskey, PASSKEY_PURPOSES } from "@/lib/auth/passkeys";
import { findOwedStep } from "@/lib/auth/second-factor";
import { findOwnSession } from "@/lib/auth/session";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { publicRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

const question = z.strictObject({ purpose: z.enum([...PASSKEY_PURPOSES, "new"]) });
type Purpose = z.infer<typeof question>["purpose"];

/** Whom a challenge is for: anybody, who is in the middle of signing in, or who is signed in. */
async function personFor(purpose: Purpose) {
  if (purpose === "sign-in") return null;
  if (purpose === "second-factor") {
    const owed = await findOwedStep(await findHeld("second-factor"), runtime());
    if (!owed) throw new NotHere();
    return owed.account;
  }
  const session = await findOwnSession();
  const account = session && (await findAccount(runtime().db, session.actor));
  if (!session || !account) throw new NotSignedIn();
  return account;
}

async function offerNew() {
  const session = await findOwnSession();
  const deps = runtime();
  const account = session && (await findAccount(deps.db, session.actor));
  if (!session || !account) throw new NotSignedIn();
  if (!isFresh(session.provedAt, deps.now())) {
    return errorAnswer(409, { code: "prove", message: "Show who you are first." });
  }
  const asked = await askForNewPasskey(account, deps);
  if (!asked.ok) {
    return errorAnswer(409, { code: asked.refusal, message: "There are too many passkeys." });
  }
  await hold("passkey", asked.value.stepToken);
  return jsonAnswer(200, { options: asked.value.options });
}

/** A challenge for a passkey, bound to this browser and good once, for five minutes. */
export const POST = publicRoute(
  {
    route: "/api/auth/passkey",
    body: question,
    limits: ({ address }) => [["sign-in-step", address.throttleKey]],
  },
  async ({ body: { purpose } }) => {
    if (purpose === "new") return offerNew();
    const { options, stepToken } = await askForPasskey(
      purpose,
      await personFor(purpose),
      runtime(),
    );
    await hold("passkey", stepToken);
    return jsonAnswer(200, { options });
  },
);
