import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "@/lib/env";

let read: string | undefined;

/** Which build this process serves: pages that stay open for weeks load themselves again when it is another one. */
export function buildId(): string {
  if (read === undefined) {
    const path = join(/* turbopackIgnore: true */ process.cwd(), env.MERIDIAN_DIST, "BUILD_ID");
    read = existsSync(path) ? readFileSync(path, "utf8").trim() : "development";
  }
  return read;
}
