import { appendAudit } from "@/lib/audit/append";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Deps } from "@/lib/runtime";
import { masked } from "../core/masked-address";
import type { MailroomGrant } from "../policy";
import { auditedAs } from "../policy";
import { removeSuppression } from "../writes";

/** This address takes mail again, for a reason somebody gives. The log keeps the reason, and the address masked. */
export async function liftSuppression(
  { email, reason }: { readonly email: string; readonly reason: string },
  grant: MailroomGrant<"mail.suppressions">,
  deps: Pick<Deps, "db" | "now" | "keys">,
): Promise<Result<null, "not-suppressed">> {
  const { workspaceId } = grant.resource;
  return deps.db.$transaction(async (tx) => {
    if (!(await removeSuppression(tx, { workspaceId, email }))) return refuse("not-suppressed");
    await appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: deps.now(),
      action: "mail-suppression.lift",
      subject: masked(email),
      details: { reason },
    });
    return ok(null);
  });
}
