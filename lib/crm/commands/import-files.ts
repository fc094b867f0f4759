import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { UnreadableFile } from "@/lib/files/source-row";
import type { ImportRun } from "../core/import-run";

type Hashed = { readonly hash: string; readonly bytes: number };

const missing = (path: string, cause: unknown): UnreadableFile =>
  new UnreadableFile("absent", `${basename(path)} cannot be opened.`, { cause });

async function addFile(hash: ReturnType<typeof createHash>, path: string): Promise<number> {
  const { size } = await stat(path);
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return size;
}

/** Of the main file and those beside it, by content. Throws UnreadableFile where one is missing. */
export async function hashOf(paths: readonly string[]): Promise<Hashed> {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const path of paths) {
    bytes += await addFile(hash, path).catch((error: unknown) => {
      throw missing(path, error);
    });
  }
  return { hash: hash.digest("hex"), bytes };
}

/** The files of a run: of a folder the main one first. */
export function filesOf({
  filePath,
  mapping,
}: Pick<ImportRun, "filePath" | "mapping">): readonly string[] {
  if (mapping.file === undefined) return [filePath];
  const beside = (mapping.companions ?? []).map(({ file }) => file);
  return [mapping.file, ...beside].map((file) => join(filePath, file));
}
