import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import { RequestRefused } from "@/lib/http/answer";

const MB = 1_000_000;

/**
 * Writes a request's body to a file as it comes, never more of it in memory than a piece. Returns its bytes. A body
 * that is too large, or ends early, leaves no file. Throws RequestRefused, 413 or 400.
 */
export async function keepUpload(
  request: Request,
  path: string,
  mostBytes: number,
): Promise<number> {
  const tooLarge = new RequestRefused(
    413,
    "too-large",
    `The file is larger than ${mostBytes / MB} MB.`,
  );
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) throw tooLarge;
  if (request.body === null) throw new RequestRefused(400, "empty", "Send the file as the body.");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  let bytes = 0;
  const counted = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      done(bytes > mostBytes ? tooLarge : null, piece);
    },
  });
  try {
    const body = Readable.fromWeb(request.body as WebStream);
    await pipeline(body, counted, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  if (bytes > 0) return bytes;
  await rm(path, { force: true });
  throw new RequestRefused(400, "empty", "Send the file as the body.");
}
