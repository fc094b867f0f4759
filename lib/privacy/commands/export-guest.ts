import type { Grant } from "@/lib/access/policy";
import { appendAudit } from "@/lib/audit/append";
import type { Deps } from "@/lib/runtime";
import { toIso } from "@/lib/time/instant";
import type { GuestExport } from "../core/guest-export";
import type { PrivacyFacts } from "../policy";
import { auditedAs } from "../policy";
import { emailHash } from "../reads/email-hash";
import { collectGuest } from "../reads/export";

/**
 * Everything that is held about an address (in lower case), as one value. That it was taken is in the audit log, by
 * whom and how much, with a keyed hash in the address's place.
 */
export async function exportGuest(
  email: string,
  grant: Grant<"privacy.export", PrivacyFacts>,
  deps: Pick<Deps, "db" | "keys" | "now">,
): Promise<GuestExport> {
  const { workspaceId } = grant.resource;
  const at = deps.now();
  return deps.db.$transaction(
    async (tx) => {
      const collected = await collectGuest(tx, workspaceId, email);
      await appendAudit(tx, deps.keys, {
        ...auditedAs(grant),
        workspaceId,
        at,
        action: "privacy.export",
        subject: emailHash(deps.keys, workspaceId, email).toString("hex").slice(0, 32),
        details: { meetings: collected.meetings.length, mails: collected.mails.length },
      });
      return { email, madeAt: toIso(at), ...collected };
    },
    { timeout: 60_000 },
  );
}
