import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Expected } from "@/bench/dataset-figures";
import { expectedFigures } from "@/bench/dataset-figures";
import type { BenchRow } from "@/bench/row";
import { apiKeyOf } from "@/e2e/fixtures/api";
import { environmentFor, makeDataDir, runServer } from "@/e2e/fixtures/run-server";
import { openDatabase } from "@/lib/db/client";
import { openEmbeddedPostgres } from "@/lib/operations/embedded-postgres";
import { prepareDatabase } from "@/lib/operations/prepare-database";
import { makePerson, makeWorkspace } from "@/lib/testing/factories/workspace";

const NAME = "crm-sales-opportunities";
/** The set is nobody's to copy into the repository: it lies beside it, or nothing is compared. */
const FOLDER = process.env.MERIDIAN_DATASET ?? join(process.cwd(), "..", "shared", "data", NAME);
const READER = "reader@meridian.example";
const ROWS = 8_800;
/** Of a ratio or a mean; counts and money are compared as they are. */
const TOLERANCE = 1e-9;

/** A workspace in UTC with the set brought in as an operator does it, in a data directory of its own. */
export async function prepareDataset(dataDir: string): Promise<void> {
  const server = await openEmbeddedPostgres({ dataDir });
  try {
    await prepareDatabase({ databaseUrl: server.url });
    const db = openDatabase(server.url, 2);
    const workspaceId = await makeWorkspace(db, { zone: "UTC" });
    await makePerson(db, workspaceId, { email: READER, groups: ["crm_manager"] });
    await db.$disconnect();
  } finally {
    await server.release();
  }
  const said = execFileSync(
    process.execPath,
    ["bin/meridian.mjs", "import", "leads", FOLDER, "--map", NAME, "--json"],
    { env: environmentFor({ MERIDIAN_DATA_DIR: dataDir }), encoding: "utf8" },
  );
  const { created } = JSON.parse(said) as { readonly created: number };
  if (created !== ROWS) throw new Error(`${created} rows came in`);
}

type Answered = {
  readonly value: number | null;
  readonly groups?: readonly { key: string | null; label: string; value: number | null }[];
};

async function ask(url: string, key: string, of: Expected): Promise<Answered> {
  const query = new URLSearchParams({ from: of.from, to: of.to });
  if (of.by !== null) query.set("by", of.by);
  const path = `${url}/api/v1/metrics/${of.metric}?${query}`;
  const response = await fetch(path, { headers: { authorization: `Bearer ${key}` } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as Answered;
}

const isSame = (one: number | null | undefined, other: number | null): boolean =>
  one === other ||
  (typeof one === "number" &&
    other !== null &&
    Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(other)));

function differences(answer: Answered, wanted: readonly Expected[]): string[] {
  return wanted.flatMap(({ metric, by, group, value }) => {
    const found =
      group === null
        ? answer.value
        : answer.groups?.find(({ key, label }) => key === group || label === group)?.value;
    if (isSame(found, value)) return [];
    return [`${metric} ${by ?? "in all"} ${group ?? ""}: ${found}, should be ${value}`];
  });
}

/** One row for each question: how many figures of its answer differ from the files. */
export async function compareDataset(url: string, key: string): Promise<readonly BenchRow[]> {
  const questions = Map.groupBy(expectedFigures(FOLDER), ({ metric, by }) => `${metric} ${by}`);
  const rows: BenchRow[] = [];
  let compared = 0;
  for (const wanted of questions.values()) {
    const [first] = wanted;
    if (first === undefined) continue;
    const found = differences(await ask(url, key, first), wanted);
    compared += wanted.length;
    const one = wanted.length === 1 ? `${first.value}` : `${wanted.length} figures`;
    rows.push({
      name: `${first.metric}${first.by === null ? "" : ` by ${first.by}`}: ${one}`,
      unit: "differences",
      median: found.length,
      ok: found.length === 0,
      ...(found.length === 0 ? {} : { note: found.slice(0, 3).join("; ") }),
    });
  }
  const wrong = rows.filter(({ ok }) => ok === false).length;
  return [
    ...rows,
    {
      name: `${compared} figures of the public data set, by the interface`,
      unit: "questions that differ",
      median: wrong,
      ok: wrong === 0,
    },
  ];
}

/**
 * Brings the public data set in, asks the interface for several hundred figures and works each out from the files
 * again. Says so, and compares nothing, where the set is not there.
 */
export async function run(): Promise<readonly BenchRow[]> {
  if (!existsSync(join(FOLDER, "sales_pipeline.csv"))) {
    return [{ name: "the data set is not here: nothing was compared", unit: "figures", median: 0 }];
  }
  const url = process.env.MERIDIAN_E2E_URL;
  // A server that runs already, on a data directory the set was brought into before.
  if (url !== undefined) return compareDataset(url, apiKeyOf(READER));
  const dataDir = makeDataDir();
  try {
    await prepareDataset(dataDir);
    const server = await runServer({ dataDir });
    try {
      process.env.MERIDIAN_E2E_DATA_DIR = dataDir;
      return await compareDataset(server.url, apiKeyOf(READER));
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
