/** Keys remembered at once; beyond that the window begins anew for everybody, which forgives rather than refuses. */
const MOST_KEYS = 50_000;

/**
 * Counts uses per key in this process alone: for what is too frequent and too harmless to be counted in the
 * database. `points` uses in each window of `seconds`; the windows are the same for all keys.
 */
export class LightThrottle {
  private readonly limit: { readonly points: number; readonly seconds: number };
  private used = new Map<string, number>();
  private windowEndsAt = Number.NEGATIVE_INFINITY;

  constructor(limit: { readonly points: number; readonly seconds: number }) {
    this.limit = limit;
  }

  /** Counts one use at `nowMs`, monotonic milliseconds. Undefined when it passes, else the seconds to wait. */
  consume(key: string, nowMs: number): number | undefined {
    if (nowMs >= this.windowEndsAt || this.used.size >= MOST_KEYS) {
      this.used = new Map();
      this.windowEndsAt = nowMs + this.limit.seconds * 1_000;
    }
    const count = (this.used.get(key) ?? 0) + 1;
    this.used.set(key, count);
    return count > this.limit.points ? Math.ceil((this.windowEndsAt - nowMs) / 1_000) : undefined;
  }
}
