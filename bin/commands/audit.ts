import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import { withWorkspace } from "@/bin/people";
import { print, say } from "@/bin/terminal";
import { countAuditEntries } from "@/lib/audit/entries";
import type { AuditHead } from "@/lib/audit/verify";
import { readAnchor, verifyAudit, writeAnchor } from "@/lib/audit/verify";
import type { KeyRing } from "@/lib/crypto/keys";
import { OperatorError } from "@/lib/operations/operator-error";

const FAULTS = {
  missing: "is missing",
  altered: "was altered",
  unlinked: "does not follow the one before it",
  replaced: "is not the one the anchor remembers",
} as const;

/** How often a person is told how far it is, rows. */
const TELL_EVERY = 50_000;

function anchorFrom(
  path: string | undefined,
  keys: KeyRing,
  workspaceId: string,
): AuditHead | undefined {
  if (path === undefined) return undefined;
  const anchor = readAnchor(keys, workspaceId, readFileSync(path, "utf8"));
  if (anchor !== undefined) return anchor;
  throw new OperatorError(`${path} holds no anchor of this workspace's log.`);
}

/** `audit verify`: walks the whole log. Exit code 0 when it is right, 1 when an entry is not. */
export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: "boolean" }, anchor: { type: "string" } },
    });
    if (positionals.join() !== "verify") throw new OperatorError("Say what: audit verify.");
    return withWorkspace(async ({ deps: { db, keys }, workspaceId }) => {
      const anchor = anchorFrom(values.anchor, keys, workspaceId);
      const of = await countAuditEntries(db, workspaceId);
      const onBatch = (rows: number): void => {
        if (rows % TELL_EVERY === 0 && rows > 0) say(`${rows} of ${of} entries are right so far`);
      };
      const verdict = await verifyAudit(db, keys, workspaceId, { anchor, onBatch });
      const json = values.json ?? false;
      if (!verdict.ok) {
        const sequence = String(verdict.sequence);
        const { fault } = verdict;
        print(json, { ok: false, sequence, fault }, () => `Entry ${sequence} ${FAULTS[fault]}.`);
        return 1;
      }
      const { rows, head } = verdict;
      const line = head === undefined ? null : writeAnchor(keys, workspaceId, head);
      print(json, { ok: true, rows, anchor: line }, () =>
        [
          `All ${rows} entries are as they were written.`,
          ...(line === null
            ? []
            : ["Keep this line elsewhere; give it back with --anchor FILE:", "", `  ${line}`]),
        ].join("\n"),
      );
      return 0;
    });
  },
};
