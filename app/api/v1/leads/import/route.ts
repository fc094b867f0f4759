import { rm } from "node:fs/promises";
import { join } from "node:path";
import { v7 as newId } from "uuid";
import { announceImport, queueImport } from "@/lib/crm/commands/begin-import";
import { runOnWire } from "@/lib/crm/core/import-answer";
import { importQuestion, MOST_IMPORT_BYTES } from "@/lib/crm/core/import-input";
import { crmPolicy } from "@/lib/crm/policy";
import { countIssues, listRuns } from "@/lib/crm/reads/import";
import { env } from "@/lib/env";
import { keepUpload } from "@/lib/files/keep-upload";
import { UnreadableFile } from "@/lib/files/source-row";
import { errorAnswer, jsonAnswer } from "@/lib/http/answer";
import { memberRoute } from "@/lib/http/route";
import { runtime } from "@/lib/runtime";

/** The imports of the workspace, newest first. */
export const GET = memberRoute({ route: "GET /api/v1/leads/import" }, async ({ actor }) => {
  const { workspaceId } = actor;
  crmPolicy.authorize(actor, "crm.import", { workspaceId });
  const { db } = runtime();
  const runs = await listRuns(db, workspaceId);
  const imports = await Promise.all(
    runs.map(async (run) => runOnWire(run, await countIssues(db, run))),
  );
  return jsonAnswer(200, { imports });
});

/**
 * Takes a file, its bytes the body, and imports it by the mapping that is named; without one it waits for its mapping.
 * The answer comes before the rows are in: GET of the run says how far it is.
 */
export const POST = memberRoute(
  { route: "POST /api/v1/leads/import", query: importQuestion },
  async ({ actor, request, query }) => {
    const { workspaceId } = actor;
    crmPolicy.authorize(actor, "crm.import", { workspaceId });
    const id = newId();
    const path = join(env.MERIDIAN_DATA_DIR, "imports", id);
    const deps = runtime();
    const bytes = await keepUpload(request, path, MOST_IMPORT_BYTES);
    const file = { actor, workspaceId, id, path, fileName: query.name };
    try {
      if (query.mapping === undefined) {
        const run = await announceImport({ ...file, bytes }, deps);
        return jsonAnswer(202, runOnWire(run, []));
      }
      const asked = { ...file, mappingName: query.mapping, dryRun: query.dryRun === "1" };
      const started = await queueImport(asked, deps);
      if (started.ok) return jsonAnswer(202, runOnWire(started.value, []));
    } catch (error) {
      await rm(path, { force: true });
      if (!(error instanceof UnreadableFile)) throw error;
      return errorAnswer(422, { code: error.code, message: error.message });
    }
    await rm(path, { force: true });
    const message = `There is no mapping "${query.mapping}".`;
    return errorAnswer(422, { code: "no-such-mapping", message, fields: { mapping: message } });
  },
);
