import type { Actor } from "@/lib/access/actor";
import { appendAudit } from "@/lib/audit/append";
import type { KeyRing } from "@/lib/crypto/keys";
import type { Database, Transaction } from "@/lib/db/client";
import type { Result } from "@/lib/result";
import { ok, refuse } from "@/lib/result";
import type { Instant } from "@/lib/time/instant";
import type { ImportMapping } from "../core/import-mapping";
import type { ImportRun } from "../core/import-run";
import { SHIPPED_MAPPINGS } from "../core/import-shipped";
import { crmPolicy } from "../policy";
import { findMapping, findRun } from "../reads/import";
import { insertRun } from "../writes/import-run";

export type StartDeps = {
  readonly db: Database;
  readonly keys: KeyRing;
  readonly now: () => Instant;
};

/** The mapping of that name: the workspace's own, else one that came with the product. */
export const mappingNamed = async (
  db: Database,
  workspaceId: string,
  name: string,
): Promise<ImportMapping | undefined> =>
  (await findMapping(db, workspaceId, name)) ?? SHIPPED_MAPPINGS.get(name);

export type StartImport = {
  readonly actor: Actor;
  readonly workspaceId: string;
  /** Where the file, or the folder, lies. */
  readonly path: string;
  readonly fileName: string;
  readonly mappingName: string;
  readonly dryRun: boolean;
  /** Of a run that was announced before its file was there. */
  readonly id?: string;
};

const userOf = (actor: Actor): string | null => (actor.kind === "member" ? actor.userId : null);

/**
 * Writes down that a file is to be imported by a mapping. Nothing is read yet: `runImport` does. `begin` is done in
 * the same transaction (a job is queued there). Throws AccessDenied.
 */
export async function startImport(
  { actor, workspaceId, path, fileName, mappingName, dryRun, id }: StartImport,
  { db, keys, now: clock }: StartDeps,
  begin: (tx: Transaction, runId: string) => Promise<void> = async () => undefined,
): Promise<Result<ImportRun, "no-such-mapping">> {
  const grant = crmPolicy.authorize(actor, "crm.import", { workspaceId });
  const mapping = await mappingNamed(db, workspaceId, mappingName);
  if (mapping === undefined) return refuse("no-such-mapping");
  const now = clock();
  const userId = userOf(actor);
  const runId = await db.$transaction(async (tx) => {
    const made = await insertRun(tx, grant, {
      ...(id === undefined ? {} : { id }),
      fileName,
      filePath: path,
      fileHash: null,
      mappingName,
      mapping,
      dryRun,
      state: "queued",
      totalBytes: 0,
      askedBy: userId,
      askedAt: now,
    });
    await begin(tx, made);
    await appendAudit(tx, keys, {
      workspaceId,
      at: now,
      actor: userId === null ? "system" : "user",
      userId,
      actorName: actor.kind === "member" ? actor.name : "Operator",
      action: "leads.import",
      subject: `import/${made}`,
      details: { file: fileName, mapping: mappingName, dryRun },
    });
    return made;
  });
  const run = await findRun(db, { workspaceId, id: runId });
  if (run === undefined) throw new Error("an import was written down and is not there");
  return ok(run);
}
