import { UnreadableFile } from "./source-row";

const BLOCK = 1 << 20;
/** Text a workbook may share: 256 MB is more than any sheet of a million rows has. */
const MAX_BYTES = 256 * 2 ** 20;

/**
 * The strings of a workbook, of which cells only tell the number. Kept as bytes outside the heap, so that a million
 * of them take what their letters take.
 */
export class SharedStrings {
  readonly #blocks: Buffer[] = [];
  /** Of each string: its block, where in it, how many bytes. */
  #places = new Uint32Array(3 * 1_024);
  #count = 0;
  /** Of the last block. */
  #used = BLOCK;
  #bytes = 0;

  add(text: string): void {
    const length = Buffer.byteLength(text);
    this.#bytes += length;
    if (this.#bytes > MAX_BYTES) {
      throw new UnreadableFile(
        "too-large",
        "The workbook holds too much text. Save the sheet as CSV.",
      );
    }
    if (this.#used + length > BLOCK) {
      this.#blocks.push(Buffer.allocUnsafe(Math.max(BLOCK, length)));
      this.#used = 0;
    }
    this.#blocks.at(-1)?.write(text, this.#used);
    this.#remember(this.#blocks.length - 1, this.#used, length);
    this.#used += length;
  }

  #remember(block: number, from: number, length: number): void {
    const at = this.#count * 3;
    if (at === this.#places.length) {
      const wider = new Uint32Array(at * 2);
      wider.set(this.#places);
      this.#places = wider;
    }
    this.#places.set([block, from, length], at);
    this.#count += 1;
  }

  /** Undefined where the workbook names a string it does not have. */
  get(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined;
    const [block = 0, from = 0, length = 0] = this.#places.subarray(index * 3, index * 3 + 3);
    return this.#blocks[block]?.toString("utf8", from, from + length);
  }
}
