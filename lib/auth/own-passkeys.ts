import { randomUUID } from "node:crypto";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from "@simplewebauthn/server";
import { generateRegistrationOptions, verifyRegistrationResponse } from "@simplewebauthn/server";
import { z } from "zod";
import { columnFromInstant } from "@/lib/db/columns";
import { violates } from "@/lib/db/violations";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Account, AccountDeps, Person } from "./account";
import { auditOwn, tellAccount } from "./account";
import type { PasskeyDeps, ReadingDeps } from "./passkeys";
import { listCredentials, originOf, orNothing, ownRows, relyingParty, takeStep } from "./passkeys";
import { removeRecoveryCodes } from "./recovery-codes";
import { insertStep } from "./step-rows";
import { firstRecoveryCodes } from "./totp";

/** More than anybody has; a list of them all goes to the browser. */
const MAX_PASSKEYS = 20;

const making = z.strictObject({ challenge: z.string() });

/** What a browser needs to make a passkey for this account. Those it has already are left out. */
export async function askForNewPasskey(
  account: Account,
  deps: ReadingDeps,
): Promise<
  Result<
    { readonly options: PublicKeyCredentialCreationOptionsJSON; readonly stepToken: string },
    "too-many"
  >
> {
  const had = await listCredentials(deps.db, account);
  if (had.length >= MAX_PASSKEYS) return refuse("too-many");
  const options = await generateRegistrationOptions({
    rpName: account.workspaceName,
    rpID: relyingParty(deps.appUrl),
    userName: account.email,
    userDisplayName: account.name,
    userID: new Uint8Array(Buffer.from(account.userId.replaceAll("-", ""), "hex")),
    attestationType: "none",
    excludeCredentials: had,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
  const stepToken = await insertStep(
    deps.db,
    {
      kind: "passkey-new",
      person: ownRows(account),
      content: { challenge: options.challenge },
      now: deps.now(),
    },
    deps,
  );
  return ok({ options, stepToken });
}

async function insertPasskey(
  person: Person,
  name: string,
  { id, publicKey, counter, transports = [] }: WebAuthnCredential,
  deps: PasskeyDeps,
): Promise<Result<{ readonly recoveryCodes: readonly string[] }, "taken">> {
  try {
    return await deps.db.$transaction(async (tx) => {
      await tx.passkey.create({
        data: {
          ...ownRows(person),
          id: randomUUID(),
          credentialId: new Uint8Array(Buffer.from(id, "base64url")),
          publicKey: new Uint8Array(publicKey),
          counter: BigInt(counter),
          transports: transports.slice(0, 10).map((transport) => transport.slice(0, 20)),
          name,
          createdAt: columnFromInstant(deps.now()),
        },
      });
      const recoveryCodes = await firstRecoveryCodes(tx, person);
      await tellAccount(tx, person, { kind: "passkey-added", thing: name }, deps);
      await auditOwn(tx, deps, person, { action: "passkey.add", details: { name } });
      return ok({ recoveryCodes });
    });
  } catch (error) {
    if (violates(error, "passkey_is_of_one_account")) return refuse("taken");
    throw error;
  }
}

/** Keeps a new passkey under a name. The account's first second factor comes with recovery codes, shown once. */
export async function addPasskey(
  person: Person,
  input: {
    readonly stepToken: string | undefined;
    readonly response: RegistrationResponseJSON;
    readonly name: string;
  },
  deps: PasskeyDeps,
): Promise<Result<{ readonly recoveryCodes: readonly string[] }, "no-step" | "wrong" | "taken">> {
  const step = await takeStep("passkey-new", input.stepToken, deps);
  const made = making.safeParse(step?.content);
  const own = step?.person?.userId === person.userId;
  if (!made.success || !own) return refuse("no-step");
  const verified = await orNothing(
    verifyRegistrationResponse({
      response: input.response,
      expectedChallenge: made.data.challenge,
      expectedOrigin: originOf(deps.appUrl),
      expectedRPID: relyingParty(deps.appUrl),
      requireUserVerification: true,
    }),
  );
  if (!verified?.verified) return refuse("wrong");
  return insertPasskey(person, input.name, verified.registrationInfo.credential, deps);
}

/** False when the account has no such passkey. */
export async function renamePasskey(
  person: Person,
  id: string,
  name: string,
  deps: AccountDeps,
): Promise<boolean> {
  const { count } = await deps.db.passkey.updateMany({
    where: { ...ownRows(person), id },
    data: { name },
  });
  return count === 1;
}

/** Takes a passkey off the account; without any second factor left, the recovery codes go too. */
export async function removePasskey(
  person: Person,
  id: string,
  deps: AccountDeps,
): Promise<boolean> {
  return deps.db.$transaction(async (tx) => {
    const [gone] = await tx.$queryRaw<{ name: string }[]>`
      DELETE FROM passkey WHERE workspace_id = ${person.workspaceId}::uuid
         AND user_id = ${person.userId}::uuid AND id = ${id}::uuid RETURNING name`;
    if (!gone) return false;
    const left = await tx.passkey.count({ where: ownRows(person) });
    const app = await tx.userTotp.count({
      where: { ...ownRows(person), confirmedAt: { not: null } },
    });
    if (left + app === 0) await removeRecoveryCodes(tx, person);
    await tellAccount(tx, person, { kind: "passkey-removed", thing: gone.name }, deps);
    await auditOwn(tx, deps, person, { action: "passkey.remove", details: { name: gone.name } });
    return true;
  });
}
