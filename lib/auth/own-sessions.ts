import type { Db } from "@/lib/db/client";
import { columnFromInstant, instantFromColumn } from "@/lib/db/columns";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { AccountDeps, Person } from "./account";
import { auditOwn } from "./account";
import { deviceOf } from "./core/device";
import type { SessionLine } from "./core/security-view";
import { IDLE_MS, revokeSessionsOf } from "./session-rows";

/** How long somebody counts as having just shown who they are, milliseconds. */
const PROOF_MS = 10 * MINUTE_MS;

/** Did the holder of this session show who they are a short while ago? */
export const isFresh = (provedAt: Instant, now: Instant): boolean => now - provedAt < PROOF_MS;

/** Notes that the holder of this session has shown who they are once more. */
export async function markProved(
  person: Person & { readonly sessionId: string },
  by: "password" | "code" | "passkey" | "oidc",
  deps: Pick<AccountDeps, "db" | "keys" | "now">,
): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    await tx.session.updateMany({
      where: { workspaceId: person.workspaceId, id: person.sessionId, userId: person.userId },
      data: { provedAt: columnFromInstant(deps.now()) },
    });
    await auditOwn(tx, deps, person, { action: "sign-in.proved", details: { by } });
  });
}

/** More than anybody looks through; the newest come first. */
const MAX_LISTED = 100;

/** A person's sessions that can still be used, the one of this browser first, then by last use. */
export async function listSessions(
  db: Db,
  person: Pick<Person, "workspaceId" | "userId"> & { readonly sessionId: string },
  now: Instant,
): Promise<readonly SessionLine[]> {
  const rows = await db.session.findMany({
    where: {
      workspaceId: person.workspaceId,
      userId: person.userId,
      revokedAt: null,
      expiresAt: { gt: columnFromInstant(now) },
      seenAt: { gt: columnFromInstant((now - IDLE_MS) as Instant) },
    },
    orderBy: [{ seenAt: "desc" }, { id: "asc" }],
    take: MAX_LISTED,
  });
  const lines = rows.map((row) => ({
    id: row.id,
    ...deviceOf(row.userAgent),
    address: row.address,
    method: row.method,
    beganAt: instantFromColumn(row.createdAt),
    seenAt: instantFromColumn(row.seenAt),
    own: row.id === person.sessionId,
  }));
  return [...lines.filter(({ own }) => own), ...lines.filter(({ own }) => !own)];
}

/** Ends one session of this person. It is dead with its next request. False when there is no such session. */
export async function endSession(
  person: Person,
  sessionId: string,
  deps: Pick<AccountDeps, "db" | "keys" | "now">,
): Promise<boolean> {
  return deps.db.$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: {
        workspaceId: person.workspaceId,
        userId: person.userId,
        id: sessionId,
        revokedAt: null,
      },
      data: { revokedAt: columnFromInstant(deps.now()) },
    });
    if (count === 0) return false;
    await auditOwn(tx, deps, person, { action: "session.end", details: { sessionId } });
    return true;
  });
}

/** Ends every session of this person but the one that asks. Says how many. */
export async function endOtherSessions(
  person: Person & { readonly sessionId: string },
  deps: Pick<AccountDeps, "db" | "keys" | "now">,
): Promise<number> {
  return deps.db.$transaction(async (tx) => {
    const { workspaceId, userId, sessionId } = person;
    const about = { workspaceId, userId, exceptSessionId: sessionId };
    const ended = await revokeSessionsOf(tx, about, deps.now());
    await auditOwn(tx, deps, person, { action: "session.end-others", details: { ended } });
    return ended;
  });
}
