import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
  WebAuthnCredential,
} from "@simplewebauthn/server";
import {
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { Db } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import { log } from "@/lib/log";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { AccountDeps, Person } from "./account";
import type { Step } from "./step-rows";
import { findStep, insertStep, spendStep } from "./step-rows";

/** What a passkey is asked for. One challenge is good for one of these and for nothing else. */
export const PASSKEY_PURPOSES = ["sign-in", "second-factor", "prove"] as const;
export type PasskeyPurpose = (typeof PASSKEY_PURPOSES)[number];

export type PasskeyDeps = AccountDeps & { readonly appUrl: string };
export type ReadingDeps = Omit<PasskeyDeps, "queue">;

const asking = z.strictObject({ purpose: z.enum(PASSKEY_PURPOSES), challenge: z.string() });

export const originOf = (appUrl: string): string => new URL(appUrl).origin;
/** The name passkeys of this installation are bound to: its host. */
export const relyingParty = (appUrl: string): string => new URL(appUrl).hostname;

export const ownRows = ({ workspaceId, userId }: Pick<Person, "workspaceId" | "userId">) => ({
  workspaceId,
  userId,
});

export const listCredentials = async (db: Db, person: Pick<Person, "workspaceId" | "userId">) =>
  (
    await db.passkey.findMany({
      where: ownRows(person),
      select: { credentialId: true, transports: true },
    })
  ).map(({ credentialId, transports }) => ({
    id: Buffer.from(credentialId).toString("base64url"),
    transports,
  }));

/**
 * A challenge for this browser, and the token of the step that remembers it. Without a person any passkey of this
 * installation may answer, and says itself whose it is.
 */
export async function askForPasskey(
  purpose: PasskeyPurpose,
  person: Pick<Person, "workspaceId" | "userId"> | null,
  deps: ReadingDeps,
): Promise<{
  readonly options: PublicKeyCredentialRequestOptionsJSON;
  readonly stepToken: string;
}> {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(deps.appUrl),
    userVerification: "required",
    ...(person === null ? {} : { allowCredentials: await listCredentials(deps.db, person) }),
  });
  const stepToken = await insertStep(
    deps.db,
    {
      kind: "passkey",
      person: person === null ? null : ownRows(person),
      content: { purpose, challenge: options.challenge },
      now: deps.now(),
    },
    deps,
  );
  return { options, stepToken };
}

type Credential = {
  readonly workspaceId: string;
  readonly id: string;
  readonly userId: string;
  readonly stored: WebAuthnCredential;
};

async function findCredential(db: Db, credentialId: string): Promise<Credential | undefined> {
  const row = await db.passkey.findUnique({
    where: { credentialId: new Uint8Array(Buffer.from(credentialId, "base64url")) },
  });
  return row === null
    ? undefined
    : {
        workspaceId: row.workspaceId,
        id: row.id,
        userId: row.userId,
        stored: {
          id: credentialId,
          publicKey: new Uint8Array(row.publicKey),
          counter: Number(row.counter),
          transports: row.transports,
        },
      };
}

/** The step of this browser, used up before anything of the answer is looked at. */
export async function takeStep(
  kind: "passkey" | "passkey-new",
  token: string | undefined,
  deps: ReadingDeps,
): Promise<Step | undefined> {
  const now = deps.now();
  const step = await findStep(deps.db, kind, token, { keys: deps.keys, now });
  return step && (await spendStep(deps.db, step.id, now)) ? step : undefined;
}

/** An answer that does not verify is nobody's fault but the sender's: its cause goes to the log, not to them. */
export const orNothing = async <Value>(work: Promise<Value>): Promise<Value | undefined> =>
  work.catch((error: unknown) => {
    log.info({ err: error }, "a passkey did not verify");
    return undefined;
  });

/**
 * Counters only grow. A passkey that says less than last time was copied; one that always says nought has no counter.
 * Comparing and raising is one statement, so that the same answer twice at once counts once.
 */
async function raiseCounter(db: Db, held: Credential, counter: number, deps: ReadingDeps) {
  const raised = await db.$executeRaw`
    UPDATE passkey SET counter = ${BigInt(counter)}, used_at = ${columnFromInstant(deps.now())}
     WHERE workspace_id = ${held.workspaceId}::uuid AND id = ${held.id}::uuid
       AND (counter < ${BigInt(counter)} OR (counter = 0 AND ${BigInt(counter)} = 0))`;
  return raised === 1;
}

/**
 * Whose passkey answered this browser's challenge. The answer must be verified by the person (PIN, finger, face), come
 * from our own origin, and belong to the person the challenge was for.
 */
export async function verifyPasskey(
  purpose: PasskeyPurpose,
  input: {
    readonly stepToken: string | undefined;
    readonly response: AuthenticationResponseJSON;
    /** Of "prove": whose session asks. */
    readonly person?: Pick<Person, "workspaceId" | "userId">;
  },
  deps: ReadingDeps,
): Promise<Result<{ readonly workspaceId: string; readonly userId: string }, "no-step" | "wrong">> {
  const step = await takeStep("passkey", input.stepToken, deps);
  const asked = asking.safeParse(step?.content);
  if (!step || !asked.success || asked.data.purpose !== purpose) return refuse("no-step");
  const held = await findCredential(deps.db, input.response.id);
  if (!held) return refuse("wrong");
  const wanted = input.person ?? step.person;
  if (wanted && (wanted.userId !== held.userId || wanted.workspaceId !== held.workspaceId)) {
    return refuse("wrong");
  }
  const verified = await orNothing(
    verifyAuthenticationResponse({
      response: input.response,
      expectedChallenge: asked.data.challenge,
      expectedOrigin: originOf(deps.appUrl),
      expectedRPID: relyingParty(deps.appUrl),
      credential: held.stored,
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified) return refuse("wrong");
  if (!(await raiseCounter(deps.db, held, verified.authenticationInfo.newCounter, deps))) {
    log.warn({ passkeyId: held.id }, "a passkey's counter did not grow: it may have been copied");
    return refuse("wrong");
  }
  return ok({ workspaceId: held.workspaceId, userId: held.userId });
}
