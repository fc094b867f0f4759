import { appendAudit } from "@/lib/audit/append";
import type { AuditFilter, ReadEntry } from "@/lib/audit/entries";
import { everyAuditEntry } from "@/lib/audit/entries";
import { csvStream } from "@/lib/files/csv";
import { toIso } from "@/lib/time/instant";
import { AUDIT_COLUMNS } from "../core/audit-line";
import type { WorkspaceGrant } from "../policy";
import { auditedAs } from "../policy";
import type { WorkspaceDeps } from "./change-workspace";

const cells = (entry: ReadEntry): readonly string[] => [
  String(entry.sequence),
  toIso(entry.at),
  entry.actor,
  entry.userId ?? "",
  entry.actorName,
  entry.action,
  entry.subject,
  JSON.stringify(entry.details),
];

async function* rows(entries: AsyncIterable<ReadEntry>) {
  for await (const entry of entries) yield cells(entry);
}

/**
 * The log as CSV (UTF-8 with a mark, one line per entry, newest first, moments in ISO 8601 UTC), page by page as it is
 * read. That somebody took it, and which part, is itself an entry, written before the first byte leaves.
 */
export async function exportAudit(
  filter: AuditFilter,
  grant: WorkspaceGrant<"audit.export">,
  deps: Pick<WorkspaceDeps, "db" | "keys" | "now">,
): Promise<ReadableStream<Uint8Array>> {
  const { workspaceId } = grant.resource;
  await deps.db.$transaction((tx) =>
    appendAudit(tx, deps.keys, {
      ...auditedAs(grant),
      workspaceId,
      at: deps.now(),
      action: "audit.export",
      subject: workspaceId,
      details: {
        people: filter.userIds ?? null,
        action: filter.action ?? null,
        subject: filter.subject ?? null,
        from: filter.from === undefined ? null : toIso(filter.from),
        to: filter.to === undefined ? null : toIso(filter.to),
      },
    }),
  );
  return csvStream(AUDIT_COLUMNS, rows(everyAuditEntry(deps.db, workspaceId, filter)));
}
