import { appendAudit } from "@/lib/audit/append";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Authority } from "../policy";
import { auditedAs } from "../policy";
import type { PeopleDeps } from "./create-user";

/** Ends an API key of this person: its next call is nobody's. Refused for a key that is not theirs, or ended already. */
export async function revokeApiKey(
  about: { readonly workspaceId: string; readonly userId: string; readonly id: string },
  by: Authority<"people.create-key">,
  deps: PeopleDeps,
): Promise<Result<undefined, "no-key">> {
  return deps.db.$transaction(async (tx) => {
    const at = deps.now();
    const { count } = await tx.apiKey.updateMany({
      where: { ...about, revokedAt: null },
      data: { revokedAt: new Date(at) },
    });
    if (count === 0) return refuse("no-key");
    await appendAudit(tx, deps.keys, {
      ...auditedAs(by),
      workspaceId: about.workspaceId,
      at,
      action: "api-key.revoke",
      subject: about.id,
      details: { userId: about.userId },
    });
    return ok(undefined);
  });
}
