import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSecretKey } from "@/lib/env";
import { OperatorError } from "@/lib/operations/operator-error";

/** The key-encryption key kept in the data directory, made on first use. Base64 of 32 random bytes. */
export function keepSecretKey(dataDir: string): string {
  const folder = join(dataDir, "keys");
  const path = join(folder, "secret.key");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
    try {
      // Linked, not renamed: of two first starts at once the first key stays.
      linkSync(draft, path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  const key = readFileSync(path, "utf8").trim();
  if (decodeSecretKey(key)) return key;
  throw new OperatorError(
    `${path} is not a key of 32 bytes in base64. Restore it from a backup: without it stored secrets stay closed.`,
  );
}
