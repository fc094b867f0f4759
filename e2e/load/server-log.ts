import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What the embedded PostgreSQL of a data directory writes from here on. */
export function watchDatabaseLog(dataDir: string): { readonly count: (words: string) => number } {
  const path = join(dataDir, "postgres.log");
  const from = existsSync(path) ? statSync(path).size : 0;
  return {
    count: (words) => readFileSync(path).subarray(from).toString().split(words).length - 1,
  };
}
