import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { ProcessIdentity } from "@/lib/operations/processes";
import { findProcess, isSameProcess } from "@/lib/operations/processes";

/** What the data directory remembers of its server. */
export interface Stored {
  readonly password: string;
  readonly port: number;
  readonly cluster: string;
}

export const pathOf = (
  dataDir: string,
  name: "database.json" | "postgres.log" | "postgres.users",
) => join(dataDir, name);

export function readStored(dataDir: string): Stored | undefined {
  const path = pathOf(dataDir, "database.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Stored) : undefined;
}

export function writeStored(dataDir: string, stored: Stored): void {
  const path = pathOf(dataDir, "database.json");
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
}

/** Notes that this process uses the server; the note of a process that died counts no more. */
export function register(dataDir: string): string {
  const folder = pathOf(dataDir, "postgres.users");
  mkdirSync(folder, { recursive: true });
  const note = join(folder, `${process.pid}-${randomBytes(4).toString("hex")}`);
  writeFileSync(note, JSON.stringify(findProcess(process.pid)));
  return note;
}

/** Whether a living process, other than those that took their note away, uses the server. */
export function hasOtherUsers(dataDir: string): boolean {
  const folder = pathOf(dataDir, "postgres.users");
  let found = false;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (isSameProcess(JSON.parse(readFileSync(path, "utf8")) as ProcessIdentity)) found = true;
    else rmSync(path, { force: true });
  }
  return found;
}
