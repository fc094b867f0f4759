import { appendAudit } from "@/lib/audit/append";
import type { Deps } from "@/lib/runtime";
import { auditedAs } from "../policy";
import { emailHashes } from "../reads/email-hash";
import { listErasedHashes } from "../reads/erasures";
import { listAddresses } from "../reads/targets";
import { insertErasure, lockPrivacy } from "../writes/elsewhere";
import type { ForgottenAddress } from "./forget-address";
import { forgetAddress } from "./forget-address";

type ReapplyDeps = Pick<Deps, "db" | "queue" | "keys" | "now">;

export type Reapplied = {
  /** Addresses that had been erased and were here again. */
  readonly addresses: number;
  readonly guests: number;
  readonly mails: number;
};

const PAGE = 1_000;
const TIMEOUT_MS = 120_000;

async function forgetAgain(
  workspaceId: string,
  email: string,
  hash: Buffer,
  deps: ReapplyDeps,
): Promise<ForgottenAddress> {
  return deps.db.$transaction(
    async (tx) => {
      const at = deps.now();
      await lockPrivacy(tx, workspaceId);
      const forgotten = await forgetAddress(tx, { workspaceId, email, at }, deps.queue);
      const { left, ...counts } = forgotten;
      const record = { ...counts, left: left.length };
      const by = auditedAs({ operator: true, workspaceId });
      const subject = await insertErasure(tx, {
        workspaceId,
        emailHash: hash,
        reason: "request",
        counts: record,
        byUserId: null,
        at,
      });
      await appendAudit(tx, deps.keys, {
        ...by,
        workspaceId,
        at,
        action: "privacy.erase-again",
        subject,
        details: record,
      });
      return forgotten;
    },
    { timeout: TIMEOUT_MS },
  );
}

/**
 * After a restore: removes again who was erased after the backup was made, by the hashes that are here and those of
 * `more` (an export made before the restore). Needs the key the hashes were made with.
 */
export async function reapplyErasures(
  workspaceId: string,
  more: readonly Buffer[],
  deps: ReapplyDeps,
): Promise<Reapplied> {
  const here = await listErasedHashes(deps.db, workspaceId);
  const erased = new Set([...here, ...more].map((hash) => hash.toString("hex")));
  let after = "";
  let result: Reapplied = { addresses: 0, guests: 0, mails: 0 };
  for (;;) {
    const page = await listAddresses(deps.db, workspaceId, after, PAGE);
    for (const email of page) {
      const hash = emailHashes(deps.keys, workspaceId, email).find((one) =>
        erased.has(one.toString("hex")),
      );
      if (hash === undefined) continue;
      const { guests, mails } = await forgetAgain(workspaceId, email, hash, deps);
      result = {
        addresses: result.addresses + 1,
        guests: result.guests + guests,
        mails: result.mails + mails,
      };
    }
    after = page.at(-1) ?? after;
    if (page.length < PAGE) return result;
  }
}
