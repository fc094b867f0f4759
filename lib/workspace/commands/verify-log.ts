import { countAuditEntries } from "@/lib/audit/entries";
import { verifyAudit, writeAnchor } from "@/lib/audit/verify";
import { log } from "@/lib/log";
import type { Deps } from "@/lib/runtime";
import type { VerificationLine } from "../core/verification";
import type { WorkspaceGrant } from "../policy";

type VerifyDeps = Pick<Deps, "db" | "keys">;

/** The reader went away. */
class Abandoned extends Error {}

async function finalLine(
  workspaceId: string,
  deps: VerifyDeps,
  onBatch: (rows: number) => void,
): Promise<VerificationLine> {
  const verdict = await verifyAudit(deps.db, deps.keys, workspaceId, { onBatch });
  if (!verdict.ok) {
    return { verdict: "broken", sequence: String(verdict.sequence), fault: verdict.fault };
  }
  const { head, rows } = verdict;
  const anchor = head === undefined ? null : writeAnchor(deps.keys, workspaceId, head);
  return { verdict: "ok", rows, anchor };
}

/**
 * Walks the whole log and says how far it is, a line of JSON after each thousand rows, and last what it found: the
 * number of rows and an anchor to keep elsewhere, or the first row that is wrong. Ends when the reader goes away.
 */
export function verifyLog(
  grant: WorkspaceGrant<"audit.read">,
  deps: VerifyDeps,
): ReadableStream<Uint8Array> {
  const { workspaceId } = grant.resource;
  const encoder = new TextEncoder();
  let abandoned = false;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (line: VerificationLine) => {
        if (abandoned) throw new Abandoned();
        controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        const of = await countAuditEntries(deps.db, workspaceId);
        tell({ rows: 0, of });
        tell(await finalLine(workspaceId, deps, (rows) => tell({ rows, of: Math.max(of, rows) })));
      } catch (error) {
        if (abandoned) return;
        log.error({ err: error }, "the audit log could not be verified to its end");
        controller.enqueue(encoder.encode('{"verdict":"interrupted"}\n'));
      }
      controller.close();
    },
    cancel() {
      abandoned = true;
    },
  });
}
