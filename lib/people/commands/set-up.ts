import { randomUUID } from "node:crypto";
import { appendAudit } from "@/lib/audit/append";
import { hashPassword } from "@/lib/auth/password";
import { insertSession } from "@/lib/auth/session-rows";
import { hashSetupCode } from "@/lib/crypto/setup-code";
import type { Transaction } from "@/lib/db/client";
import { columnFromInstant } from "@/lib/db/columns";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import { findFirstWorkspace } from "../reads";
import type { SetUp } from "../schema";
import { insertPerson } from "../writes";
import type { PeopleDeps } from "./create-user";

export type SetUpRefusal = "wrong-code" | "expired-code" | "set-up-already";

type Visitor = { readonly address: string; readonly userAgent: string | null };

/** Takes the code. Under the lock of the first workspace, so nobody else is using it. */
async function takeCode(
  tx: Transaction,
  codeHash: Buffer | undefined,
  now: Instant,
): Promise<Result<undefined, "wrong-code" | "expired-code">> {
  if (codeHash === undefined) return refuse("wrong-code");
  const found = await tx.setupCode.findFirst({
    where: { codeHash: new Uint8Array(codeHash), usedAt: null },
  });
  if (!found) return refuse("wrong-code");
  if (found.expiresAt <= columnFromInstant(now)) return refuse("expired-code");
  await tx.setupCode.update({ where: { id: found.id }, data: { usedAt: columnFromInstant(now) } });
  return ok(undefined);
}

/** The workspace of this installation with these settings; an operator's command may have made it bare. */
async function settleWorkspace(tx: Transaction, { workspaceName: name, zone }: SetUp) {
  const found = await findFirstWorkspace(tx);
  const id = found?.id ?? randomUUID();
  if (found) await tx.workspace.update({ where: { id }, data: { name, zone } });
  else await tx.workspace.create({ data: { id, name, zone } });
  return id;
}

/**
 * Makes the workspace and its first admin, who is signed in with the token returned: whoever holds the one-time code
 * of the server's log, once. Two at the same moment make one. Refused as soon as anybody is there.
 */
export async function setUp(
  input: SetUp,
  visitor: Visitor,
  deps: PeopleDeps,
): Promise<Result<{ readonly token: string; readonly expiresAt: Instant }, SetUpRefusal>> {
  const now = deps.now();
  const codeHash = hashSetupCode(input.code);
  const passwordHash = await hashPassword(input.password);
  return deps.db.$transaction(async (tx) => {
    // The key of the operator's commands, which make the first workspace too.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('meridian:first-workspace', 0))`;
    if ((await tx.appUser.findFirst({ select: { id: true } })) !== null) {
      return refuse("set-up-already");
    }
    const code = await takeCode(tx, codeHash, now);
    if (!code.ok) return code;
    const workspaceId = await settleWorkspace(tx, input);
    const userId = randomUUID();
    await insertPerson(tx, {
      workspaceId,
      id: userId,
      email: input.email,
      name: input.name,
      title: null,
      passwordHash,
      zone: input.zone,
      locale: "en",
      groups: ["admin"],
    });
    const session = await insertSession(tx, {
      workspaceId,
      userId,
      method: "setup",
      ...visitor,
      now,
    });
    await appendAudit(tx, deps.keys, {
      workspaceId,
      at: now,
      actor: "user",
      userId,
      actorName: input.name,
      action: "workspace.set-up",
      subject: workspaceId,
    });
    return ok(session);
  });
}
