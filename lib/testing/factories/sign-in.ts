import { Secret, TOTP } from "otpauth";
import pg from "pg";
import { findAccount } from "@/lib/auth/account";
import type { Opened, Owed } from "@/lib/auth/admit";
import { confirmTotp, offerTotp } from "@/lib/auth/totp";
import type { Throttle } from "@/lib/http/throttle";
import { createThrottle } from "@/lib/http/throttle";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import type { House } from "../house";
import { makePerson, makeWorkspace } from "./people";

/** Nothing is too often, where that is not what is being looked at. */
export const untroubled: Throttle = {
  consume: async () => ({ ok: true }),
  check: async () => ({ ok: true }),
  giveBack: async () => undefined,
  forget: async () => undefined,
};

/** The throttle as it is, and how to let go of it. */
export function realThrottle(databaseUrl: string): {
  readonly throttle: Throttle;
  readonly close: () => Promise<void>;
} {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  return { throttle: createThrottle(pool), close: () => pool.end() };
}

export type Member = {
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly name: string;
  readonly email: string;
};

/** Somebody with an account and a password, in a workspace of their own. */
export async function makeMember(house: House, email?: string): Promise<Member> {
  const workspaceId = await makeWorkspace(house.db);
  const about = { workspaceId, name: "Mika Tanaka", ...(email === undefined ? {} : { email }) };
  const person = await makePerson(house.db, house.keys, about);
  return { workspaceId, userId: person.id, name: "Mika Tanaka", email: person.email };
}

/** The code an authenticator app with this key shows at that moment. */
export const codeAt = (key: string, moment: Instant): string =>
  TOTP.generate({ secret: Secret.fromBase32(key.replace(/\s/g, "")), timestamp: moment });

/** Sets up an authenticator app, with the code of a minute ago, so that the current one is still good. */
export async function withTotp(
  house: House,
  member: Member,
  now: Instant,
): Promise<{ readonly key: string; readonly recoveryCodes: readonly string[] }> {
  const account = await findAccount(house.db, member);
  if (!account) throw new Error("no account");
  const deps = { ...house, now: () => (now - 60_000) as Instant };
  const offered = await offerTotp(account, deps);
  if (!offered.ok) throw new Error(offered.refusal);
  const { key } = offered.value;
  const confirmed = await confirmTotp(member, codeAt(key, deps.now()), deps);
  if (!confirmed.ok) throw new Error(confirmed.refusal);
  return { key, recoveryCodes: confirmed.value.recoveryCodes };
}

/** The token of a session that was opened; throws when a second factor is owed. */
export function tokenOf(entered: Opened | Owed): string {
  if (entered.kind !== "session") throw new Error("a second factor is owed");
  return entered.token;
}

/** The token of the second step; throws when a session was opened. */
export function owedOf(entered: Opened | Owed): string {
  if (entered.kind !== "second-factor") throw new Error("no second factor is owed");
  return entered.stepToken;
}
