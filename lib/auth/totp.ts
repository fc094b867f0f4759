import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";
import { open, seal } from "@/lib/crypto/envelope";
import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Account, AccountDeps, Person } from "./account";
import { auditOwn, tellAccount } from "./account";
import { countRecoveryCodes, removeRecoveryCodes, replaceRecoveryCodes } from "./recovery-codes";

/** What every authenticator app understands: six digits, SHA-1, a new one every 30 seconds (RFC 6238). */
const PERIOD_SECONDS = 30;
const SHAPE = { algorithm: "SHA1", digits: 6, period: PERIOD_SECONDS } as const;
/** 160 bits, as RFC 4226 advises. */
const SECRET_BYTES = 20;

type Owner = Pick<Person, "workspaceId" | "userId">;

const placeOf = ({ workspaceId, userId }: Owner) => ({
  table: "user_totp",
  column: "sealed",
  id: userId,
  workspaceId,
});

const ownRow = ({ workspaceId, userId }: Owner) => ({ workspaceId, userId });

/**
 * The step whose code this is, now or one step before or after; undefined for a wrong code. `sealed` is the owner's
 * secret as stored.
 */
function stepOf(
  sealed: Uint8Array,
  owner: Owner,
  typed: string,
  deps: Pick<AccountDeps, "keys" | "now">,
): bigint | undefined {
  const token = typed.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return undefined;
  const secret = new Secret({
    buffer: new Uint8Array(open(deps.keys, sealed, placeOf(owner))).buffer,
  });
  const now = deps.now();
  const delta = TOTP.validate({ ...SHAPE, secret, token, timestamp: now, window: 1 });
  if (delta === null) return undefined;
  return BigInt(Math.floor(now / 1_000 / PERIOD_SECONDS) + delta);
}

export type TotpOffer = {
  /** For typing: base 32 in groups of four. */
  readonly key: string;
  /** The same as a QR code: an SVG document. */
  readonly qr: string;
};

/** Makes a secret that counts for nothing until its first code is shown. Refused while one is in use. */
export async function offerTotp(
  account: Account,
  deps: AccountDeps,
): Promise<Result<TotpOffer, "already-on">> {
  const secret = new Secret({ size: SECRET_BYTES });
  const sealed = new Uint8Array(seal(deps.keys, Buffer.from(secret.buffer), placeOf(account)));
  const offered = await deps.db.$executeRaw`
    INSERT INTO user_totp (workspace_id, user_id, sealed, last_step, created_at)
    VALUES (${account.workspaceId}::uuid, ${account.userId}::uuid, ${sealed}, 0, ${columnFromInstant(deps.now())})
    ON CONFLICT (workspace_id, user_id) DO UPDATE
       SET sealed = EXCLUDED.sealed, last_step = 0, created_at = EXCLUDED.created_at
     WHERE user_totp.confirmed_at IS NULL`;
  if (offered === 0) return refuse("already-on");
  const totp = new TOTP({ ...SHAPE, issuer: account.workspaceName, label: account.email, secret });
  return ok({
    key: secret.base32.replace(/(.{4})(?=.)/g, "$1 "),
    qr: renderSVG(totp.toString(), { ecc: "M", border: 2 }),
  });
}

/** Turns the offered secret on with its first code. The first second factor comes with recovery codes, shown once. */
export async function confirmTotp(
  person: Person,
  typed: string,
  deps: AccountDeps,
): Promise<Result<{ readonly recoveryCodes: readonly string[] }, "wrong" | "not-offered">> {
  const row = await deps.db.userTotp.findFirst({ where: { ...ownRow(person), confirmedAt: null } });
  if (!row) return refuse("not-offered");
  const step = stepOf(row.sealed, person, typed, deps);
  if (step === undefined) return refuse("wrong");
  return deps.db.$transaction(async (tx) => {
    const { count } = await tx.userTotp.updateMany({
      where: { ...ownRow(person), confirmedAt: null, createdAt: row.createdAt },
      data: { confirmedAt: columnFromInstant(deps.now()), lastStep: step },
    });
    if (count === 0) return refuse("not-offered");
    const recoveryCodes = await firstRecoveryCodes(tx, person);
    await tellAccount(tx, person, { kind: "two-factor-on" }, deps);
    await auditOwn(tx, deps, person, { action: "two-factor.on" });
    return ok({ recoveryCodes });
  });
}

/** Recovery codes for somebody who has none; none for who has some. */
export async function firstRecoveryCodes(
  tx: Transaction,
  owner: Owner,
): Promise<readonly string[]> {
  return (await countRecoveryCodes(tx, owner)) > 0 ? [] : replaceRecoveryCodes(tx, owner);
}

/**
 * Is this the account's code? A code is good once: comparing with the last accepted step and raising it is one
 * statement, so that of the same code several times at once, one gets true.
 */
export async function spendTotp(
  db: Db,
  owner: Owner,
  typed: string,
  deps: Pick<AccountDeps, "keys" | "now">,
): Promise<boolean> {
  const row = await db.userTotp.findFirst({
    where: { ...ownRow(owner), confirmedAt: { not: null } },
  });
  const step = row ? stepOf(row.sealed, owner, typed, deps) : undefined;
  if (step === undefined) return false;
  const { count } = await db.userTotp.updateMany({
    where: { ...ownRow(owner), confirmedAt: { not: null }, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/** Takes the authenticator app off the account; without any second factor left, the recovery codes go too. */
export async function removeTotp(person: Person, deps: AccountDeps): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const { count } = await tx.userTotp.deleteMany({
      where: { ...ownRow(person), confirmedAt: { not: null } },
    });
    if (count === 0) return;
    if ((await tx.passkey.count({ where: ownRow(person) })) === 0) {
      await removeRecoveryCodes(tx, person);
    }
    await tellAccount(tx, person, { kind: "two-factor-off" }, deps);
    await auditOwn(tx, deps, person, { action: "two-factor.off" });
  });
}

/** Makes ten new recovery codes; the old ones are good for nothing. Undefined without a factor they could replace. */
export async function renewRecoveryCodes(
  person: Person,
  deps: AccountDeps,
): Promise<readonly string[] | undefined> {
  return deps.db.$transaction(async (tx) => {
    const { totp, passkeys } = await findFactors(tx, person);
    if (!totp && passkeys === 0) return undefined;
    const codes = await replaceRecoveryCodes(tx, person);
    await tellAccount(tx, person, { kind: "recovery-codes-made" }, deps);
    await auditOwn(tx, deps, person, { action: "two-factor.recovery-codes" });
    return codes;
  });
}

export type Factors = { readonly totp: boolean; readonly passkeys: number };

/** What signing in asks for besides its first step. */
export async function findFactors(db: Db, owner: Owner): Promise<Factors> {
  const [row] = await db.$queryRaw<{ totp: boolean; passkeys: number }[]>`
    SELECT EXISTS (SELECT 1 FROM user_totp t WHERE t.workspace_id = ${owner.workspaceId}::uuid
                      AND t.user_id = ${owner.userId}::uuid AND t.confirmed_at IS NOT NULL) AS totp,
           (SELECT count(*)::int FROM passkey p WHERE p.workspace_id = ${owner.workspaceId}::uuid
                      AND p.user_id = ${owner.userId}::uuid) AS passkeys`;
  return { totp: row?.totp ?? false, passkeys: row?.passkeys ?? 0 };
}
