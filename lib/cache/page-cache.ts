import { setTimeout as delay } from "node:timers/promises";
import type { Lease } from "./lease.ts";

/** A stored version is made anew after this long, milliseconds: the world may change without telling us. */
export const MAX_AGE_MS = 60_000;
/** A rendering that has not ended after this long is taken for dead, milliseconds. */
const RENDER_DEADLINE_MS = 10_000;
/** What one node keeps, bytes, and the most of it that versions in a chosen zone or of a chosen day may take. */
const MAX_BYTES = 96 * 1024 * 1024;
const MAX_VARIANT_BYTES = 32 * 1024 * 1024;

type Rendering = {
  readonly token: string;
  readonly generation: number;
  readonly epoch: number | undefined;
  readonly startedAt: number;
  readonly done: Promise<void>;
  readonly end: () => void;
};

type Kept = {
  readonly value: unknown;
  readonly lastModified: number;
  readonly bytes: number;
  /** Undefined: belongs to no link and stays until the process ends. */
  readonly link?: {
    readonly token: string;
    readonly epoch: number;
    readonly expiresAt: number;
    readonly validUntil: number;
  };
};

type Shelf = { readonly entries: Map<string, Kept>; bytes: number; readonly limit: number };

/** What may be stored under a key: the rendering it came from and until when it is true (epoch ms). */
export type StoreOrder = {
  readonly key: string;
  readonly value: unknown;
  readonly bytes: number;
  readonly render: number;
  readonly validUntil: number;
  /** A version only few readers share; it gives way before the plain ones. */
  readonly variant: boolean;
};

const shelf = (limit: number): Shelf => ({ entries: new Map(), bytes: 0, limit });

/**
 * The pages one node keeps whole, by link.
 *
 * Three rules make a stale answer impossible. A rendering that began before an invalidation is never stored (its
 * generation has moved). `invalidate` waits for such renderings to end, because the framework hands one running
 * rendering to every reader who asks meanwhile. And nothing is kept or given out without a lease (see Lease), because
 * only nodes with one are told about invalidations.
 */
export class PageCache {
  private readonly lease: Lease;
  private readonly clock: () => number;
  private readonly wallClock: () => number;
  private readonly plain = shelf(MAX_BYTES - MAX_VARIANT_BYTES);
  private readonly variants = shelf(MAX_VARIANT_BYTES);
  private readonly keysOf = new Map<string, Set<string>>();
  private readonly generations = new Map<string, number>();
  private generationFloor = 0;
  private readonly renderings = new Map<number, Rendering>();
  private lastRender = 0;

  /** `clock`: monotonic milliseconds. `wallClock`: epoch milliseconds. */
  constructor(lease: Lease, clock: () => number, wallClock: () => number) {
    this.lease = lease;
    this.clock = clock;
    this.wallClock = wallClock;
  }

  /** Call before reading anything for a page of this link; the number goes into the page's marker. */
  begin(token: string): number {
    const render = ++this.lastRender;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.renderings.set(render, {
      token,
      generation: this.generationOf(token),
      epoch: this.lease.epoch(),
      startedAt: this.clock(),
      done: promise,
      end: resolve,
    });
    this.forgetDeadRenderings();
    return render;
  }

  /** The rendering is over and no reader can be handed to it any more. */
  finish(render: number): void {
    this.renderings.get(render)?.end();
    this.renderings.delete(render);
  }

  /** The stored version, or undefined when there is none that is true now. */
  get(key: string): { readonly value: unknown; readonly lastModified: number } | undefined {
    for (const place of [this.plain, this.variants]) {
      const kept = place.entries.get(key);
      if (!kept) continue;
      if (!this.isTrue(kept)) {
        this.drop(place, key);
        return undefined;
      }
      // Re-inserted, so that the oldest in the map is the one longest unused.
      place.entries.delete(key);
      place.entries.set(key, kept);
      return kept;
    }
    return undefined;
  }

  /** Keeps a version unless it was overtaken. False when it was not kept. */
  store(order: StoreOrder): boolean {
    const rendering = this.renderings.get(order.render);
    const epoch = this.lease.epoch();
    if (!rendering || epoch === undefined || rendering.epoch !== epoch) return false;
    if (rendering.generation !== this.generationOf(rendering.token)) return false;
    const now = this.clock();
    const ageMs = now - rendering.startedAt;
    if (ageMs > RENDER_DEADLINE_MS) return false;
    this.put(order.variant ? this.variants : this.plain, order.key, {
      value: order.value,
      lastModified: this.wallClock(),
      bytes: order.bytes,
      link: {
        token: rendering.token,
        epoch,
        expiresAt: rendering.startedAt + MAX_AGE_MS,
        validUntil: order.validUntil,
      },
    });
    return true;
  }

  /** Keeps a page that shows no data of anybody's, for as long as the process lives. */
  storeFixed(key: string, value: unknown, bytes: number): void {
    this.put(this.plain, key, { value, lastModified: this.wallClock(), bytes });
  }

  /**
   * Forgets every page of these links and waits for renderings that began before. When it returns, this node gives
   * out nothing that was read before the call.
   */
  async invalidate(tokens: readonly string[]): Promise<void> {
    for (const token of tokens) {
      this.generations.set(token, this.generationOf(token) + 1);
      for (const key of this.keysOf.get(token) ?? [])
        for (const place of [this.plain, this.variants]) this.drop(place, key);
    }
    this.boundGenerations();
    const wanted = new Set(tokens);
    const running = [...this.renderings.values()].filter(
      ({ token, generation }) => wanted.has(token) && generation < this.generationOf(token),
    );
    if (running.length === 0) return;
    const stop = new AbortController();
    const deadline = delay(RENDER_DEADLINE_MS, undefined, { signal: stop.signal }).catch(() => {});
    await Promise.race([Promise.all(running.map(({ done }) => done)), deadline]);
    stop.abort();
  }

  /** Versions kept and their size, for the metrics. */
  size(): { readonly entries: number; readonly bytes: number } {
    return {
      entries: this.plain.entries.size + this.variants.entries.size,
      bytes: this.plain.bytes + this.variants.bytes,
    };
  }

  private isTrue({ link }: Kept): boolean {
    if (!link) return true;
    return (
      link.epoch === this.lease.epoch() &&
      this.clock() < link.expiresAt &&
      this.wallClock() < link.validUntil
    );
  }

  private put(place: Shelf, key: string, kept: Kept): void {
    this.drop(this.plain, key);
    this.drop(this.variants, key);
    place.entries.set(key, kept);
    place.bytes += kept.bytes;
    if (kept.link) {
      const keys = this.keysOf.get(kept.link.token) ?? new Set();
      this.keysOf.set(kept.link.token, keys.add(key));
    }
    for (const oldest of place.entries.keys()) {
      if (place.bytes <= place.limit) break;
      this.drop(place, oldest);
    }
  }

  private drop(place: Shelf, key: string): void {
    const kept = place.entries.get(key);
    if (!kept) return;
    place.entries.delete(key);
    place.bytes -= kept.bytes;
    if (!kept.link) return;
    const keys = this.keysOf.get(kept.link.token);
    keys?.delete(key);
    if (keys?.size === 0) this.keysOf.delete(kept.link.token);
  }

  private generationOf(token: string): number {
    return this.generations.get(token) ?? this.generationFloor;
  }

  /** Bounds the memory of generations: forgetting one is safe only as a step forward for every link at once. */
  private boundGenerations(): void {
    if (this.generations.size <= 100_000) return;
    for (const generation of this.generations.values())
      this.generationFloor = Math.max(this.generationFloor, generation);
    this.generationFloor += 1;
    this.generations.clear();
  }

  private forgetDeadRenderings(): void {
    const now = this.clock();
    for (const [render, { startedAt }] of this.renderings) {
      if (now - startedAt <= RENDER_DEADLINE_MS) break;
      this.finish(render);
    }
  }
}
