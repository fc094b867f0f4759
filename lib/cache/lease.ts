/** How long a node may answer from its cache after it last spoke to the database, milliseconds. */
export const LEASE_MS = 3_000;
/** How often a node renews its lease, milliseconds. */
export const RENEW_EVERY_MS = 1_000;
/** What a node gives away of its own lease, for clocks that tick at different speeds, milliseconds. */
export const LEASE_MARGIN_MS = 200;

/**
 * One node's right to answer from its cache, on the node's own monotonic clock.
 *
 * The database counts a lease from the moment it wrote it, which is never before the node asked; the node counts from
 * when it asked, less a margin. So a node always stops trusting its cache before the database would let anybody else
 * believe that it has stopped. Each uninterrupted stretch has its own number, the epoch: what was stored in one epoch
 * is worthless in the next, because invalidations in between were not delivered.
 */
export class Lease {
  private readonly clock: () => number;
  private validUntil = Number.NEGATIVE_INFINITY;
  private number = 0;

  /** `clock`: monotonic milliseconds. */
  constructor(clock: () => number) {
    this.clock = clock;
  }

  /** The running epoch, or undefined while the node has no lease. */
  epoch(): number | undefined {
    return this.clock() < this.validUntil ? this.number : undefined;
  }

  /**
   * The database prolonged the row. True when the epoch goes on; false when the answer came too late for that: others
   * may have seen the lease run out, so a new epoch begins.
   */
  renewed(askedAt: number): boolean {
    const unbroken = this.clock() < this.validUntil;
    if (!unbroken) this.number += 1;
    this.validUntil = askedAt + LEASE_MS - LEASE_MARGIN_MS;
    return unbroken;
  }

  /** The database wrote a row that was not there, or had run out: whatever the node kept is worthless. */
  begun(askedAt: number): void {
    this.number += 1;
    this.validUntil = askedAt + LEASE_MS - LEASE_MARGIN_MS;
  }

  /** The node gives its lease back, as it does when it stops. */
  ended(): void {
    this.validUntil = Number.NEGATIVE_INFINITY;
  }
}
