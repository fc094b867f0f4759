/** Streams of one process, and those of one address: an office behind one may have many pages open. */
const MOST_STREAMS = 5_000;
export const MOST_STREAMS_OF_ADDRESS = 200;

/** How many streams are open, in all and by address. */
export class StreamCount {
  private readonly ofAddress = new Map<string, number>();
  private all = 0;

  /** Streams open now. */
  size(): number {
    return this.all;
  }

  /** Counts one more where there is room. `address` undefined: whoever is not told apart. */
  take(address: string | undefined): "taken" | "too-many-streams" | "too-many-of-address" {
    if (this.all >= MOST_STREAMS) return "too-many-streams";
    const before = address === undefined ? 0 : (this.ofAddress.get(address) ?? 0);
    if (before >= MOST_STREAMS_OF_ADDRESS) return "too-many-of-address";
    this.all += 1;
    if (address !== undefined) this.ofAddress.set(address, before + 1);
    return "taken";
  }

  giveBack(address: string | undefined): void {
    this.all -= 1;
    if (address === undefined) return;
    const after = (this.ofAddress.get(address) ?? 0) - 1;
    if (after <= 0) this.ofAddress.delete(address);
    else this.ofAddress.set(address, after);
  }
}
