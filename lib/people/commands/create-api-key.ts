import { randomUUID } from "node:crypto";
import { appendAudit } from "@/lib/audit/append";
import { hashToken, newToken } from "@/lib/crypto/token";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Authority } from "../policy";
import { auditedAs } from "../policy";
import type { PeopleDeps } from "./create-user";

/** Enough of a key to tell it from others in a list; far too little to guess the rest. */
const PREFIX_CHARACTERS = 10;

/**
 * Makes an API key that speaks for a person with their groups. The key is returned once; its hash and its first
 * characters are stored.
 */
export async function createApiKey(
  about: { readonly workspaceId: string; readonly userId: string; readonly name: string },
  by: Authority<"people.create-key">,
  deps: PeopleDeps,
): Promise<Result<{ readonly id: string; readonly key: string }, "no-user">> {
  const { workspaceId, userId, name } = about;
  const key = `mk_${newToken()}`;
  const id = randomUUID();
  return deps.db.$transaction(async (tx) => {
    const user = await tx.appUser.findUnique({
      where: { workspaceId_id: { workspaceId, id: userId }, disabledAt: null },
      select: { id: true },
    });
    if (!user) return refuse("no-user");
    await tx.apiKey.create({
      data: {
        workspaceId,
        id,
        userId,
        name: name.trim().slice(0, 120) || "API key",
        prefix: key.slice(0, PREFIX_CHARACTERS),
        keyHash: new Uint8Array(hashToken(key)),
      },
    });
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId,
      at: deps.now(),
      action: "api-key.create",
      subject: id,
      details: { userId },
    });
    return ok({ id, key });
  });
}
