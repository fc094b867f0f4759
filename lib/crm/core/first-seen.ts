/** 32 bits of a text's hash (FNV-1a, then mixed), from one of many families. */
function hash(text: string, seed: number): number {
  let value = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

const EMPTY = 0;

/**
 * In which row an id was seen first. Twelve bytes for each id instead of the id itself: ids of a file of two million
 * rows take 50 MB. Two different ids are taken for one with a probability of about one in ten million for such a file.
 */
export class FirstSeen {
  #rows = new Uint32Array(1_024);
  #marks = new Uint32Array(2 * 1_024);
  #count = 0;

  /** The row before this one that had the same id; otherwise this one is remembered. Rows are 1 and up. */
  see(id: string, row: number): number | undefined {
    if (this.#count * 2 >= this.#rows.length) this.#grow();
    const first = hash(id, 0);
    const second = hash(id, 0x9e3779b9);
    const at = this.#find(first, second);
    const seen = this.#rows[at] ?? EMPTY;
    if (seen !== EMPTY) return seen;
    this.#put(at, first, second, row);
    this.#count += 1;
    return undefined;
  }

  /** Where these marks stand, or the free place where they belong. */
  #find(first: number, second: number): number {
    const mask = this.#rows.length - 1;
    for (let at = first & mask; ; at = (at + 1) & mask) {
      const isFree = this.#rows[at] === EMPTY;
      if (isFree || (this.#marks[at * 2] === first && this.#marks[at * 2 + 1] === second))
        return at;
    }
  }

  #put(at: number, first: number, second: number, row: number): void {
    this.#rows[at] = row;
    this.#marks[at * 2] = first;
    this.#marks[at * 2 + 1] = second;
  }

  #grow(): void {
    const rows = this.#rows;
    const marks = this.#marks;
    this.#rows = new Uint32Array(rows.length * 2);
    this.#marks = new Uint32Array(rows.length * 4);
    for (const [at, row] of rows.entries()) {
      if (row === EMPTY) continue;
      const first = marks[at * 2] ?? 0;
      const second = marks[at * 2 + 1] ?? 0;
      this.#put(this.#find(first, second), first, second, row);
    }
  }
}
