import { createWriteStream, readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import type { Command } from "@/bin/command";
import type { PeopleHouse } from "@/bin/people";
import { withWorkspace } from "@/bin/people";
import { print, say, table } from "@/bin/terminal";
import type { Actor } from "@/lib/access/actor";
import { issueFile } from "@/lib/crm/commands/issue-file";
import { runImport } from "@/lib/crm/commands/run-import";
import type { ImportDeps } from "@/lib/crm/commands/running-import";
import { mappingNamed, startImport } from "@/lib/crm/commands/start-import";
import { runOnWire } from "@/lib/crm/core/import-answer";
import type { ImportMapping } from "@/lib/crm/core/import-mapping";
import { importMapping } from "@/lib/crm/core/import-mapping";
import type { ImportRun } from "@/lib/crm/core/import-run";
import { isOver, progressOf } from "@/lib/crm/core/import-run";
import { SHIPPED_MAPPINGS } from "@/lib/crm/core/import-shipped";
import { crmPolicy } from "@/lib/crm/policy";
import { countIssues, findRun, listMappings, listRuns } from "@/lib/crm/reads/import";
import { ImportTaken, saveMapping } from "@/lib/crm/writes/import-run";
import type { WorkspaceId } from "@/lib/ids";
import { OperatorError } from "@/lib/operations/operator-error";
import { insertPerson } from "@/lib/people/writes";

interface Values {
  readonly map?: string | undefined;
  readonly errors?: string | undefined;
  readonly "dry-run"?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const PROGRESS_MS = 1_000;

const operatorOf = (house: PeopleHouse): Actor => ({
  kind: "system",
  workspaceId: house.workspaceId as WorkspaceId,
});

/** Accounts without a password: their people come in when an admin invites them. */
const addPerson: ImportDeps["addPerson"] = (tx, person) =>
  insertPerson(tx, {
    ...person,
    title: null,
    passwordHash: null,
    locale: "en",
    groups: ["crm_user"],
  });

function sayProgress(): (run: ImportRun) => void {
  let last = 0;
  return (run) => {
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    say(`${progressOf(run)} %: ${run.rows} rows, ${run.failed} of them with an error`);
  };
}

async function writeErrors(house: PeopleHouse, run: ImportRun, path: string): Promise<void> {
  await pipeline(issueFile(house.deps.db, run), createWriteStream(path));
}

function words(answer: ReturnType<typeof runOnWire>): string {
  const issues = Object.entries(answer.issues).map(([code, count]) => [`  ${code}`, String(count)]);
  return [
    answer.state === "done"
      ? `Import ${answer.id} is done${answer.dryRun ? "; it was a dry run, nothing was kept" : ""}.`
      : `Import ${answer.id} ended: ${answer.state}. ${answer.cause ?? ""}`,
    table([
      ["rows", String(answer.rows)],
      ["created", String(answer.created)],
      ["updated", String(answer.updated)],
      ["unchanged", String(answer.unchanged)],
      ["failed", String(answer.failed)],
      ["corrected", String(answer.corrected)],
      ...(issues.length > 0 ? [["issues", ""], ...issues] : []),
    ]),
  ].join("\n");
}

/** Runs a run to its end and prints what it came to. */
async function toTheEnd(house: PeopleHouse, id: string, values: Values): Promise<number> {
  const { deps, workspaceId } = house;
  let run: ImportRun;
  try {
    run = await runImport(
      { actor: operatorOf(house), workspaceId, id },
      { db: deps.db, now: deps.now, addPerson, onProgress: sayProgress() },
    );
  } catch (error) {
    if (!(error instanceof ImportTaken)) throw error;
    throw new OperatorError("Another process is at this import already.", { cause: error });
  }
  if (values.errors !== undefined) await writeErrors(house, run, values.errors);
  const answer = runOnWire(run, await countIssues(deps.db, run));
  print(values.json ?? false, answer, () => words(answer));
  return run.state === "done" ? 0 : 1;
}

/** A mapping in a file of JSON is kept under the file's name, so that the next import can name it. */
async function keepMapping(house: PeopleHouse, path: string): Promise<string> {
  const read = importMapping.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new OperatorError(`${path} is no mapping:\n${problems.join("\n")}`);
  }
  const name = basename(path, ".json");
  const { workspaceId } = house;
  const grant = crmPolicy.authorize(operatorOf(house), "crm.import", { workspaceId });
  await saveMapping(house.deps.db, grant, { name, mapping: read.data, now: house.deps.now() });
  return name;
}

const hasFolder = ({ file }: ImportMapping): boolean => file !== undefined;

function requireFile(path: string, mapping: ImportMapping): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new OperatorError(`There is no ${path}.`);
  if (found.isDirectory() === hasFolder(mapping)) return;
  throw new OperatorError(
    hasFolder(mapping)
      ? `This mapping reads a folder with ${mapping.file}; ${path} is a file.`
      : `${path} is a folder; this mapping reads one file.`,
  );
}

async function leads(
  house: PeopleHouse,
  [path, ...more]: readonly string[],
  values: Values,
): Promise<number> {
  if (path === undefined || more.length > 0)
    throw new OperatorError("Say which file: import leads PATH --map NAME.");
  if (values.map === undefined)
    throw new OperatorError("--map is needed: the name of a mapping, or a file of JSON with one.");
  const name = values.map.endsWith(".json") ? await keepMapping(house, values.map) : values.map;
  const { deps, workspaceId } = house;
  const mapping = await mappingNamed(deps.db, workspaceId, name);
  if (mapping === undefined) {
    const known = [
      ...SHIPPED_MAPPINGS.keys(),
      ...(await listMappings(deps.db, workspaceId)).map((one) => one.name),
    ];
    throw new OperatorError(`There is no mapping "${name}". There are: ${known.join(", ")}.`);
  }
  requireFile(path, mapping);
  const started = await startImport(
    {
      actor: operatorOf(house),
      workspaceId,
      path: resolve(path),
      fileName: basename(resolve(path)),
      mappingName: name,
      dryRun: values["dry-run"] ?? false,
    },
    deps,
  );
  if (!started.ok) throw new OperatorError(`There is no mapping "${name}".`);
  return toTheEnd(house, started.value.id, values);
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Goes on with a run that was ended; without an id with the latest that is not over. */
async function goOn(house: PeopleHouse, [id]: readonly string[], values: Values): Promise<number> {
  const { deps, workspaceId } = house;
  const run =
    id === undefined
      ? (await listRuns(deps.db, workspaceId)).find(
          (one) => !isOver(one) && one.state !== "uploaded",
        )
      : await (UUID.test(id) ? findRun(deps.db, { workspaceId, id }) : undefined);
  if (run === undefined)
    throw new OperatorError(
      id === undefined ? "No import waits to go on." : `There is no import ${id}.`,
    );
  return toTheEnd(house, run.id, values);
}

async function list(house: PeopleHouse, _: readonly string[], values: Values): Promise<number> {
  const runs = await listRuns(house.deps.db, house.workspaceId);
  const answers = await Promise.all(
    runs.map(async (run) => runOnWire(run, await countIssues(house.deps.db, run))),
  );
  print(values.json ?? false, answers, () =>
    table([
      ["IMPORT", "FILE", "STATE", "ROWS", "CREATED", "UPDATED", "FAILED", "ASKED"],
      ...answers.map((run) => [
        ...[run.id, run.file, run.dryRun ? `${run.state} (dry run)` : run.state],
        ...[run.rows, run.created, run.updated, run.failed].map(String),
        run.askedAt,
      ]),
    ]),
  );
  return 0;
}

type Verb = (house: PeopleHouse, rest: readonly string[], values: Values) => Promise<number>;

const VERBS: Readonly<Record<string, Verb>> = { leads, resume: goOn, list };

export const command: Command = {
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        map: { type: "string" },
        errors: { type: "string" },
        "dry-run": { type: "boolean" },
        json: { type: "boolean" },
      },
    });
    const [name = "", ...rest] = positionals;
    const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (!verb) throw new OperatorError("Say what: import leads, import resume or import list.");
    return withWorkspace((house) => verb(house, rest, values));
  },
};
