import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { BenchRow } from "@/bench/row";
import { makeDataDir } from "@/e2e/fixtures/run-server";
import type { Actor } from "@/lib/access/actor";
import { runImport } from "@/lib/crm/commands/run-import";
import type { ImportMapping } from "@/lib/crm/core/import-mapping";
import { importMapping } from "@/lib/crm/core/import-mapping";
import { crmPolicy } from "@/lib/crm/policy";
import { insertRun } from "@/lib/crm/writes/import-run";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { WorkspaceId } from "@/lib/ids";
import { openEmbeddedPostgres } from "@/lib/operations/embedded-postgres";
import { prepareDatabase } from "@/lib/operations/prepare-database";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import { instantOf } from "@/lib/time/instant";

const ROWS = Number(process.env.MERIDIAN_BENCH_ROWS ?? 100_000);
const LIMIT_S = 30;
/** What may be held besides what was before the first row: two chunks, and where each id was seen first. */
const LIMIT_MB = 40;
/** Chunks between two looks at what is held: each collects all garbage, which costs time of its own. */
const LOOK_EVERY = 20;

const columns: ImportMapping["columns"] = [
  { column: "id", field: "externalId" },
  { column: "title", field: "name" },
  { column: "contact", field: "contactName" },
  { column: "company", field: "companyName" },
  { column: "email", field: "email" },
  { column: "phone", field: "phone" },
  { column: "stage", field: "stage" },
  { column: "amount", field: "amount" },
  { column: "source", field: "source" },
  { column: "country", field: "country" },
  { column: "created", field: "createdAt" },
  { column: "closed", field: "closedAt" },
  { column: "notes", field: "description" },
];

const mapping = importMapping.parse({
  version: 1,
  externalSource: "bench",
  kind: "opportunity",
  columns,
  constants: { lostReason: "Price" },
  dateFormat: "YYYY-MM-DD",
  decimal: "point",
  formulas: "fail",
  make: ["companies", "contacts", "sources"],
});

const STAGES = ["Qualified", "Discovery", "Proposal", "Negotiation", "Won", "Lost"];
const SOURCES = ["Website", "Referral", "Event", "Partner"];
const COUNTRIES = ["Germany", "Japan", "Kenya", "US", "BR"];

/** One row in a hundred has something wrong with it. */
function line(at: number): string {
  const stage = at % 100 === 7 ? "Nonsense" : (STAGES[at % STAGES.length] ?? "");
  const closed = stage === "Won" || stage === "Lost" ? "2026-05-20" : "";
  const created = `2026-0${(at % 4) + 1}-${String((at % 28) + 1).padStart(2, "0")}`;
  const person = `Person ${at % 60_000}`;
  const cells = [
    ...[`b${at}`, `Ovens for bakery ${at}`, person, `Company ${at % 9_000}`],
    ...[`p${at % 60_000}@company-${at % 9_000}.example`, `+4930${1_000_000 + (at % 60_000)}`],
    ...[stage, `${(at % 9_999) + 1}.50`, SOURCES[at % 4] ?? "", COUNTRIES[at % 5] ?? "", created],
    ...[closed, `"Called, wants ""two"" of them, row ${at}"`],
  ];
  return `${cells.join(",")}\n`;
}

function* csv(): Generator<string> {
  yield `${columns.map(({ column }) => column).join(",")}\n`;
  for (let at = 0; at < ROWS; at += 1) yield line(at);
}

type Timed = {
  readonly seconds: number;
  /** Held after collecting, the most of some looks; and resident at all, garbage included. */
  readonly heldMb: number;
  readonly residentMb: number;
  readonly run: Awaited<ReturnType<typeof runImport>>;
};

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Bytes in use once all garbage is collected. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function once(db: Database, workspaceId: string, path: string): Promise<Timed> {
  const actor: Actor = { kind: "system", workspaceId: workspaceId as WorkspaceId };
  const now = () => instantOf(Date.now());
  const id = await insertRun(db, crmPolicy.authorize(actor, "crm.import", { workspaceId }), {
    fileName: "bench.csv",
    filePath: path,
    fileHash: null,
    mappingName: null,
    mapping,
    dryRun: false,
    state: "queued",
    totalBytes: 0,
    askedBy: null,
    askedAt: now(),
  });
  const before = { held: held(), resident: process.memoryUsage().rss };
  let most = before;
  let chunks = 0;
  const began = performance.now();
  const onProgress = () => {
    chunks += 1;
    most = {
      held: Math.max(most.held, chunks % LOOK_EVERY === 0 ? held() : 0),
      resident: Math.max(most.resident, process.memoryUsage().rss),
    };
  };
  const run = await runImport({ actor, workspaceId, id }, { db, now, onProgress });
  const seconds = (performance.now() - began) / 1_000;
  const heldMb = (most.held - before.held) / 1e6;
  return { seconds, heldMb, residentMb: (most.resident - before.resident) / 1e6, run };
}

/** A file of 100,000 deals with their contacts and companies, brought in; then the same file again. */
export async function run(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "meridian-bench-import-"));
  const path = join(folder, "bench.csv");
  await pipeline(Readable.from(csv()), createWriteStream(path));
  const dataDir = makeDataDir();
  const server = await openEmbeddedPostgres({ dataDir });
  await prepareDatabase({ databaseUrl: server.url });
  const db = openDatabase(server.url, 4);
  try {
    const id = await makeWorkspace(db);
    const first = await once(db, id, path);
    const again = await once(db, id, path);
    const told = ({ run: { created, unchanged, updated, failed } }: Timed) =>
      `${created} created, ${updated} updated, ${unchanged} unchanged, ${failed} failed`;
    const isWhole = first.run.created + first.run.failed === ROWS && again.run.updated === 0;
    return [
      {
        name: `${ROWS} rows imported, with companies and contacts`,
        unit: "s",
        median: first.seconds,
        limit: LIMIT_S,
        ok: first.seconds <= LIMIT_S && isWhole,
        note: `${told(first)}; ${Math.round(ROWS / first.seconds)} rows/s`,
      },
      {
        name: "… memory held beyond what it was before",
        unit: "MB",
        median: first.heldMb,
        limit: LIMIT_MB,
        note: `${Math.round(first.residentMb)} MB more resident, garbage included`,
      },
      {
        name: "… the same file again",
        unit: "s",
        median: again.seconds,
        limit: LIMIT_S,
        note: told(again),
      },
    ];
  } finally {
    await db.$disconnect();
    await server.release();
    for (const used of [folder, dataDir]) rmSync(used, { recursive: true, force: true });
  }
}
