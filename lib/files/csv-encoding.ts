import type { FileHandle } from "node:fs/promises";
import type { Encoding } from "./source-row";
import { UnreadableFile } from "./source-row";

export type EncodingFound = {
  readonly encoding: Encoding;
  /** Bytes before the text: a byte order mark. */
  readonly skip: number;
};

const PIECE = 1 << 20;

const MARKS: readonly (readonly [readonly number[], Encoding])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** Beginnings of files that are no text, and what to say to whoever chose one. */
const NOT_TEXT: readonly (readonly [string, "old-excel" | "binary", string])[] = [
  [
    "d0cf11e0",
    "old-excel",
    "This is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx without a password, or as CSV.",
  ],
  ["25504446", "binary", "This is a PDF. Save the table it was made from as .xlsx or CSV."],
  ["89504e47", "binary", "This is a picture. Save the table as .xlsx or CSV."],
  ["1f8b", "binary", "This file is compressed. Unpack it first."],
];

function refuseOthers(start: Buffer): void {
  const hex = start.subarray(0, 8).toString("hex");
  for (const [magic, code, words] of NOT_TEXT)
    if (hex.startsWith(magic)) throw new UnreadableFile(code, words);
}

/** UTF-16 without a mark: of a text in a western alphabet every other byte is zero. */
function withoutMark(start: Buffer): Encoding | undefined {
  let even = 0;
  let odd = 0;
  for (const [at, byte] of start.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = start.length / 2;
  if (odd > half * 0.3 && even < half * 0.05) return "utf-16le";
  if (even > half * 0.3 && odd < half * 0.05) return "utf-16be";
  if (even + odd > start.length * 0.1) {
    throw new UnreadableFile("binary", "This file is not a text: save the table as .xlsx or CSV.");
  }
  return undefined;
}

/** How many bytes follow one that begins with these four bits. */
const FOLLOWING: ReadonlyMap<number, number> = new Map([
  [0xc, 1],
  [0xd, 1],
  [0xe, 2],
  [0xf, 3],
]);

/** Counts what is UTF-8 beyond ASCII, and what cannot be UTF-8. */
class Utf8Census {
  sequences = 0;
  broken = 0;
  #following = 0;

  take(bytes: Buffer): void {
    for (const byte of bytes) {
      if (byte < 0x80 && this.#following === 0) continue;
      if (this.#following > 0 && (byte & 0xc0) === 0x80) {
        this.#following -= 1;
        if (this.#following === 0) this.sequences += 1;
      } else this.#begin(byte);
    }
  }

  #begin(byte: number): void {
    if (this.#following > 0) this.broken += 1;
    this.#following = FOLLOWING.get(byte >> 4) ?? 0;
    if (byte >= 0x80 && (this.#following === 0 || byte < 0xc2 || byte > 0xf4)) {
      this.broken += 1;
      this.#following = 0;
    }
  }
}

async function* pieces(file: FileHandle): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(PIECE);
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, PIECE, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * How a text file is encoded: by its mark; else by its zeros; else UTF-8, unless more of its bytes are broken UTF-8
 * than are whole, which is what text of Windows-1252 looks like. The whole file is looked at (about 0.2 s per
 * 100 MB): the first letter with an accent may stand in the last row. Throws UnreadableFile for what is no text.
 */
export async function findEncoding(file: FileHandle): Promise<EncodingFound> {
  const census = new Utf8Census();
  let isFirst = true;
  for await (const piece of pieces(file)) {
    if (isFirst) {
      refuseOthers(piece);
      for (const [mark, encoding] of MARKS)
        if (mark.every((byte, at) => piece[at] === byte)) return { encoding, skip: mark.length };
      const wide = withoutMark(piece.subarray(0, 65_536));
      if (wide) return { encoding: wide, skip: 0 };
      isFirst = false;
    }
    census.take(piece);
  }
  if (isFirst) throw new UnreadableFile("empty", "The file is empty.");
  return { encoding: census.broken > census.sequences ? "windows-1252" : "utf-8", skip: 0 };
}

/** Characters that only come of reading bytes as something they are not; for Windows-1252 its five empty places. */
export const undecodable = (encoding: Encoding): RegExp =>
  encoding === "windows-1252" ? /[\u0080-\u009f]/ : /\ufffd/;
