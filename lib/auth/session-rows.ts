import { randomUUID } from "node:crypto";
import type { Actor, Group } from "@/lib/access/actor";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Database, Db } from "@/lib/db/client";
import { columnFromInstant, instantFromColumn } from "@/lib/db/columns";
import type { UserId, WorkspaceId } from "@/lib/ids";
import { log } from "@/lib/log";
import type { Instant } from "@/lib/time/instant";
import { DAY_MS, MINUTE_MS } from "@/lib/time/instant";

/** A session nobody used for this long is over, */
export const IDLE_MS = 14 * DAY_MS;
/** and so is one of this age, however much it was used. */
export const ABSOLUTE_MS = 90 * DAY_MS;
/** How stale `seen_at` may be: one write per session in five minutes, not one per request. */
const SEEN_EVERY_MS = 5 * MINUTE_MS;

type MemberRow = {
  readonly id: string;
  readonly workspace_id: string;
  readonly user_id: string;
  readonly name: string;
  readonly groups: Group[];
  readonly stale: boolean;
};

type SessionRow = MemberRow & { readonly proved_at: Date };

export type SignedIn = {
  readonly sessionId: string;
  readonly actor: Extract<Actor, { kind: "member" }>;
  /** When its holder last showed who they are: at the sign-in, or when asked again since. */
  readonly provedAt: Instant;
};

const memberOf = (row: MemberRow): SignedIn["actor"] => ({
  kind: "member",
  userId: row.user_id as UserId,
  workspaceId: row.workspace_id as WorkspaceId,
  name: row.name,
  groups: row.groups,
});

/** Writes of `seen_at` are housekeeping: a request does not fail because one did. */
const housekeeping = async (write: Promise<unknown>): Promise<void> => {
  await write.catch((error: unknown) => log.warn({ err: error }, "last use was not recorded"));
};

/**
 * Who holds this session token now. ONE query joins the session, its user and their groups, each time: revoked,
 * disabled and regrouped take effect with the next request, on every node.
 */
export async function findSession(
  db: Database,
  token: string,
  now: Instant,
): Promise<SignedIn | undefined> {
  const at = columnFromInstant(now);
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT s.id, s.workspace_id, s.user_id, u.name, s.proved_at,
           ARRAY(SELECT g.group_name::text FROM user_group g
                  WHERE g.workspace_id = s.workspace_id AND g.user_id = s.user_id
                  ORDER BY g.group_name) AS groups,
           s.seen_at < ${columnFromInstant((now - SEEN_EVERY_MS) as Instant)} AS stale
      FROM session s
      JOIN app_user u ON u.workspace_id = s.workspace_id AND u.id = s.user_id
     WHERE s.token_hash = ${hashToken(token)}
       AND s.revoked_at IS NULL
       AND s.expires_at > ${at}
       AND s.seen_at > ${columnFromInstant((now - IDLE_MS) as Instant)}
       AND u.disabled_at IS NULL`;
  if (!row) return undefined;
  if (row.stale) {
    await housekeeping(
      db.session.updateMany({
        where: { workspaceId: row.workspace_id, id: row.id, seenAt: { lt: at } },
        data: { seenAt: at },
      }),
    );
  }
  return {
    sessionId: row.id,
    actor: memberOf(row),
    provedAt: instantFromColumn(row.proved_at),
  };
}

/** Who this API key speaks for now, in one query, as above. */
export async function findKeyHolder(
  db: Database,
  key: string,
  now: Instant,
): Promise<SignedIn["actor"] | undefined> {
  const [row] = await db.$queryRaw<MemberRow[]>`
    SELECT k.id, k.workspace_id, k.user_id, u.name,
           ARRAY(SELECT g.group_name::text FROM user_group g
                  WHERE g.workspace_id = k.workspace_id AND g.user_id = k.user_id
                  ORDER BY g.group_name) AS groups,
           coalesce(k.used_at < ${columnFromInstant((now - SEEN_EVERY_MS) as Instant)}, true) AS stale
      FROM api_key k
      JOIN app_user u ON u.workspace_id = k.workspace_id AND u.id = k.user_id
     WHERE k.key_hash = ${hashToken(key)} AND k.revoked_at IS NULL AND u.disabled_at IS NULL`;
  if (!row) return undefined;
  if (row.stale) {
    await housekeeping(
      db.apiKey.updateMany({
        where: { workspaceId: row.workspace_id, id: row.id },
        data: { usedAt: columnFromInstant(now) },
      }),
    );
  }
  return memberOf(row);
}

/** Opens a session with a token of its own and returns the token, which is stored nowhere. */
export async function insertSession(
  db: Db,
  about: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly userAgent: string | null;
    readonly address: string | null;
    readonly method: string;
    readonly now: Instant;
  },
): Promise<{ readonly token: string; readonly expiresAt: Instant }> {
  const token = newToken();
  const expiresAt = (about.now + ABSOLUTE_MS) as Instant;
  await db.session.create({
    data: {
      workspaceId: about.workspaceId,
      id: randomUUID(),
      userId: about.userId,
      tokenHash: new Uint8Array(hashToken(token)),
      userAgent: about.userAgent?.replace(/[^\x20-\x7e]/g, "").slice(0, 200) ?? null,
      address: about.address,
      method: about.method,
      createdAt: columnFromInstant(about.now),
      seenAt: columnFromInstant(about.now),
      provedAt: columnFromInstant(about.now),
      expiresAt: columnFromInstant(expiresAt),
    },
  });
  return { token, expiresAt };
}

/** Ends the session that holds this token. Says whose it was, when there was one. */
export async function revokeSession(
  db: Db,
  token: string,
  now: Instant,
): Promise<
  { readonly workspaceId: string; readonly userId: string; readonly sessionId: string } | undefined
> {
  const [row] = await db.session.updateManyAndReturn({
    where: { tokenHash: new Uint8Array(hashToken(token)), revokedAt: null },
    data: { revokedAt: columnFromInstant(now) },
  });
  return row && { workspaceId: row.workspaceId, userId: row.userId, sessionId: row.id };
}

/** Ends every session of a person, except one when it is named: after a password change or a lost device. */
export async function revokeSessionsOf(
  db: Db,
  person: {
    readonly workspaceId: string;
    readonly userId: string;
    readonly exceptSessionId?: string;
  },
  now: Instant,
): Promise<number> {
  const { count } = await db.session.updateMany({
    where: {
      workspaceId: person.workspaceId,
      userId: person.userId,
      revokedAt: null,
      ...(person.exceptSessionId ? { id: { not: person.exceptSessionId } } : {}),
    },
    data: { revokedAt: columnFromInstant(now) },
  });
  return count;
}
