import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BenchRow } from "@/bench/row";
import { freeStarts } from "@/e2e/fixtures/api";
import { runServer } from "@/e2e/fixtures/run-server";

/** What interface.md allows beside the framework's own script, in bytes as they travel. */
const OURS_AT_MOST = 60_000;

// A module's script is read by every browser of today; `nomodule` ones are fetched by none of them.
const SCRIPT = /<script(?![^>]*\bnomodule\b)[^>]*\ssrc="(?<src>[^"]+)"/gi;

/** The files of Next and React that every page of this build begins with, as the build itself lists them. */
function frameworkFiles(): ReadonlySet<string> {
  const manifest = join(process.env.MERIDIAN_DIST ?? ".next", "build-manifest.json");
  const { rootMainFiles } = JSON.parse(readFileSync(manifest, "utf8")) as {
    readonly rootMainFiles: readonly string[];
  };
  return new Set(rootMainFiles.map((path) => `/_next/${path}`));
}

async function fetchText(url: string): Promise<string> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.text();
}

/** Compressed bytes of the scripts a page names, the framework's and ours. */
async function weigh(base: string, path: string) {
  const framework = frameworkFiles();
  const page = await fetchText(`${base}${path}`);
  const sources = new Set([...page.matchAll(SCRIPT)].map(({ groups }) => groups?.src ?? ""));
  const weight = { framework: 0, ours: 0 };
  for (const src of sources) {
    const size = gzipSync(await fetchText(new URL(src, base).href)).length;
    weight[framework.has(src) ? "framework" : "ours"] += size;
  }
  if (weight.framework === 0) throw new Error(`${path} has none of the framework's scripts`);
  return weight;
}

/** Script a guest's browser loads with a page, compressed: the framework's beside ours. */
export async function run(): Promise<readonly BenchRow[]> {
  const server = await runServer();
  try {
    process.env.MERIDIAN_E2E_URL = server.url;
    const [start = ""] = await freeStarts("demo");
    const pages = {
      "booking page": "/book/demo",
      details: `/book/demo/details?start=${encodeURIComponent(start)}`,
    };
    const rows: BenchRow[] = [];
    for (const [name, path] of Object.entries(pages)) {
      const { framework, ours } = await weigh(server.url, path);
      rows.push({
        name: `${name}, our script compressed`,
        unit: "kB",
        median: ours / 1000,
        limit: OURS_AT_MOST / 1000,
        ok: ours <= OURS_AT_MOST,
        note: `beside ${(framework / 1000).toFixed(0)} kB of the framework`,
      });
    }
    return rows;
  } finally {
    await server.dispose();
  }
}
