import { randomUUID } from "node:crypto";
import { accountToken } from "@/lib/crypto/capability";
import type { KeyRing } from "@/lib/crypto/keys";
import { hashToken } from "@/lib/crypto/token";
import type { Db, Transaction } from "@/lib/db/client";
import { columnFromInstant, instantFromColumn } from "@/lib/db/columns";
import type { UserId, WorkspaceId } from "@/lib/ids";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";

/** How long a link of each kind is good for, milliseconds. The mails say the same in words. */
const LIFETIME_MS = {
  "sign-in": 15 * MINUTE_MS,
  invitation: 7 * DAY_MS,
  "password-reset": 60 * MINUTE_MS,
  "email-change": 60 * MINUTE_MS,
  "email-undo": 7 * DAY_MS,
} as const;

export type AccountPurpose = keyof typeof LIFETIME_MS;

/** What is known of the link's row and its account. */
export type AccountLink = {
  readonly tokenId: string;
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly purpose: AccountPurpose;
  readonly newEmail: string | null;
  readonly browserHash: Uint8Array | null;
  readonly createdAt: Instant;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly workspaceName: string;
};

/**
 * Makes a link for an account, in the caller's transaction. Older unused links of the same purpose end, so that there
 * is at most one of each. The token itself is derived from the row's id when the mail is rendered, and is stored as a
 * hash only. `newEmail` goes with the purposes about an address, and is lower case.
 */
export async function issueAccountToken(
  tx: Transaction,
  about: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly purpose: AccountPurpose;
    readonly newEmail?: string;
    /** SHA-256 of what the browser that asked holds; such a link opens only there. */
    readonly browserHash?: Uint8Array;
  },
  deps: { readonly keys: KeyRing; readonly now: () => Instant },
): Promise<{ readonly tokenId: string; readonly expiresAt: Instant }> {
  const { workspaceId, userId, purpose } = about;
  const now = deps.now();
  const tokenId = randomUUID();
  const expiresAt = (now + LIFETIME_MS[purpose]) as Instant;
  await endAccountTokens(tx, { workspaceId, userId, purposes: [purpose] }, now);
  await tx.accountToken.create({
    data: {
      workspaceId,
      id: tokenId,
      userId,
      purpose,
      tokenHash: new Uint8Array(hashToken(accountToken(deps.keys, tokenId))),
      newEmail: about.newEmail ?? null,
      browserHash: about.browserHash ? new Uint8Array(about.browserHash) : null,
      createdAt: columnFromInstant(now),
      expiresAt: columnFromInstant(expiresAt),
    },
  });
  return { tokenId, expiresAt };
}

/** Ends an account's unused links: all of them, or those of some purposes. */
export async function endAccountTokens(
  tx: Db,
  about: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly purposes?: readonly AccountPurpose[];
  },
  now: Instant,
): Promise<void> {
  await tx.accountToken.updateMany({
    where: {
      workspaceId: about.workspaceId,
      userId: about.userId,
      usedAt: null,
      ...(about.purposes ? { purpose: { in: [...about.purposes] } } : {}),
    },
    data: { usedAt: columnFromInstant(now) },
  });
}

type LinkRow = {
  readonly id: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly new_email: string | null;
  readonly browser_hash: Uint8Array | null;
  readonly created_at: Date;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly workspace_name: string;
};

/** The link that holds this token and can still be used: not used, not expired, its account not disabled. Changes nothing. */
export async function findAccountLink(
  db: Db,
  token: string,
  purpose: AccountPurpose,
  now: Instant,
): Promise<AccountLink | undefined> {
  const [row] = await db.$queryRaw<LinkRow[]>`
    SELECT t.id, t.workspace_id, t.user_id, t.new_email, t.browser_hash, t.created_at,
           u.email, u.name, u.locale, w.name AS workspace_name
      FROM account_token t
      JOIN app_user u ON u.workspace_id = t.workspace_id AND u.id = t.user_id
      JOIN workspace w ON w.id = t.workspace_id
     WHERE t.token_hash = ${hashToken(token)} AND t.purpose = ${purpose}
       AND t.used_at IS NULL AND t.expires_at > ${columnFromInstant(now)} AND u.disabled_at IS NULL`;
  if (!row) return undefined;
  return {
    tokenId: row.id,
    workspaceId: row.workspace_id as WorkspaceId,
    userId: row.user_id as UserId,
    purpose,
    newEmail: row.new_email,
    browserHash: row.browser_hash,
    createdAt: instantFromColumn(row.created_at),
    email: row.email,
    name: row.name,
    locale: row.locale,
    workspaceName: row.workspace_name,
  };
}

/** Uses the link up. False when somebody else did in the meantime: of two at once, one gets true. */
export async function spendAccountLink(
  tx: Transaction,
  link: Pick<AccountLink, "workspaceId" | "tokenId">,
  now: Instant,
): Promise<boolean> {
  const { count } = await tx.accountToken.updateMany({
    where: {
      workspaceId: link.workspaceId,
      id: link.tokenId,
      usedAt: null,
      expiresAt: { gt: columnFromInstant(now) },
    },
    data: { usedAt: columnFromInstant(now) },
  });
  return count === 1;
}
