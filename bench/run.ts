import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { BenchRow } from "@/bench/row";

interface BenchModule {
  readonly run?: () => Promise<readonly BenchRow[]> | readonly BenchRow[];
  readonly default?: BenchModule["run"];
}

/** A figure of one measurement, with the measurement it came from and whether it holds. */
export interface Figure extends BenchRow {
  readonly bench: string;
  readonly ok: boolean;
  /** Median divided by its limit: below 1 is better where the limit is the most it may be. */
  readonly ratio?: number;
}

const SUFFIX = ".bench.ts";

/** Names of the measurements, one file each in bench/. */
export function listBenches(root: string): readonly string[] {
  return readdirSync(join(root, "bench"))
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
}

/** A row without a verdict of its own keeps its limit when its median does not exceed it. */
export function judge(bench: string, row: BenchRow): Figure {
  const { limit } = row;
  const ok = row.ok ?? (limit === undefined || row.median <= limit);
  return { ...row, bench, ok, ...(limit ? { ratio: row.median / limit } : {}) };
}

/** Runs one measurement, in this process and alone, so that nothing else is measured with it. */
export async function runBench(root: string, name: string): Promise<readonly Figure[]> {
  const module = (await import(join(root, "bench", `${name}${SUFFIX}`))) as BenchModule;
  const run = module.run ?? module.default;
  if (!run) throw new Error(`bench/${name}${SUFFIX} exports no run().`);
  const rows = await run();
  if (rows.length === 0) throw new Error(`bench/${name}${SUFFIX} measured nothing.`);
  return rows.map((row) => judge(name, row));
}
