import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";

/** A block as it was made: of which data, when, and how long that took. */
export type KeptBlock = {
  readonly version: string;
  readonly asOf: Instant;
  readonly data: unknown;
  readonly tookMs: number;
};

/** What takes less is made anew each time: then nothing is ever older than the rest of the answer. */
const SLOW_MS = 500;
/** How old a slow one may be, with its time said beside it. */
const MOST_AGE_MS = 10 * MINUTE_MS;
/** How often a slow one is made anew at most, however much changes. */
const AGAIN_MS = 2 * MINUTE_MS;
const MOST_KEPT = 300;

// A bundler may copy this module into several bundles of one process; what is kept must be one.
const KEPT = Symbol.for("meridian.kept-blocks");
const shared = globalThis as {
  [KEPT]?: { readonly blocks: Map<string, KeptBlock>; readonly making: Set<string> };
};
shared[KEPT] ??= { blocks: new Map(), making: new Set() };
const { blocks, making } = shared[KEPT];

export type Found =
  /** Of the same data: nothing is gained by making it again. */
  | { readonly kind: "same"; readonly block: KeptBlock }
  /** Of older data, and slow: it is shown with its time. `due`: somebody should make it anew, after the answer. */
  | { readonly kind: "older"; readonly block: KeptBlock; readonly due: boolean };

/** What is kept of a block and may be shown; undefined: make it now. */
export function findKept(key: string, version: string, now: Instant): Found | undefined {
  const block = blocks.get(key);
  if (block === undefined) return undefined;
  if (block.version === version) return { kind: "same", block };
  const age = now - block.asOf;
  if (block.tookMs < SLOW_MS || age > MOST_AGE_MS) return undefined;
  return { kind: "older", block, due: age > AGAIN_MS };
}

export function keep(key: string, block: KeptBlock): void {
  blocks.delete(key);
  blocks.set(key, block);
  const [oldest] = blocks.keys();
  if (blocks.size > MOST_KEPT && oldest !== undefined) blocks.delete(oldest);
}

/** Makes one block after the answer, once at a time however many ask. What fails is told and tried at the next question. */
export function makeLater(
  key: string,
  make: () => Promise<KeptBlock>,
  onTrouble: (error: unknown) => void,
): void {
  if (making.has(key)) return;
  making.add(key);
  setImmediate(() => {
    make()
      .then((block) => keep(key, block), onTrouble)
      .finally(() => making.delete(key));
  });
}
