import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "@/bench/row";
import { findChromium } from "@/bin/browser";
import { bookThroughApi, freeStarts } from "@/e2e/fixtures/api";
import { runServer } from "@/e2e/fixtures/run-server";

const RUNS = 3;

/** Now and then there is no trace of the navigation (NO_NAVSTART, one run in three on a busy machine): no score, good or bad. */
const ATTEMPTS = 5;

/** What interface.md asks of guest pages, in hundredths. */
const WANTED = { performance: 95, accessibility: 100, "best-practices": 100 } as const;
type Category = keyof typeof WANTED;

type Report = { readonly categories: Readonly<Record<Category, { readonly score: number }>> };

function attemptAudit(url: string, chromium: string, path: string): string | undefined {
  const ended = spawnSync(
    process.execPath,
    [
      "node_modules/lighthouse/cli/index.js",
      url,
      `--output-path=${path}`,
      "--output=json",
      "--quiet",
      `--only-categories=${Object.keys(WANTED).join(",")}`,
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync",
    ],
    { env: { ...process.env, CHROME_PATH: chromium }, encoding: "utf8" },
  );
  if (ended.status === 0) return undefined;
  return ended.stderr || String(ended.error ?? `it ended with ${ended.signal ?? ended.status}`);
}

function audit(url: string, chromium: string): Report {
  const folder = mkdtempSync(join(tmpdir(), "lighthouse-"));
  const path = join(folder, "report.json");
  try {
    let trouble: string | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      trouble = attemptAudit(url, chromium, path);
      if (trouble === undefined) return JSON.parse(readFileSync(path, "utf8")) as Report;
      console.error(`Lighthouse could not measure ${url} (attempt ${attempt}): ${trouble.trim()}`);
    }
    throw new Error(`lighthouse: ${trouble}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Lighthouse on the guest's pages with its own slow-phone settings: the median of three runs each. */
export async function run(): Promise<readonly BenchRow[]> {
  const chromium = findChromium();
  if (chromium === undefined) throw new Error("Chromium is needed: apt-get install chromium");
  const server = await runServer();
  try {
    process.env.MERIDIAN_E2E_URL = server.url;
    const { manageToken } = await bookThroughApi("demo-team");
    const [start = ""] = await freeStarts("demo");
    const pages = {
      "booking page": "/book/demo",
      details: `/book/demo/details?start=${encodeURIComponent(start)}`,
      "own booking": `/m/${manageToken}`,
    };
    return Object.entries(pages).flatMap(([name, path]) => {
      const reports = Array.from({ length: RUNS }, () => audit(`${server.url}${path}`, chromium));
      return (Object.keys(WANTED) as Category[]).map((category) => {
        const score = median(reports.map((report) => report.categories[category].score * 100));
        const limit = WANTED[category];
        return {
          name: `${name}, ${category}`,
          unit: "of 100",
          median: Math.round(score),
          limit,
          ok: score >= limit,
          note: "at least",
        };
      });
    });
  } finally {
    await server.dispose();
  }
}
