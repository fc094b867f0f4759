import { Lease } from "./lease.ts";
import { PageCache } from "./page-cache.ts";

export type PageCacheState = { readonly lease: Lease; readonly pages: PageCache };

const PLACE = Symbol.for("meridian.page-cache");

// The framework loads its cache handler by itself and bundles the application, so this file exists twice in one
// process. Both copies must see one state.
const shared = globalThis as typeof globalThis & { [PLACE]?: PageCacheState };

/** The page cache of this process. */
export function pageCacheState(): PageCacheState {
  const clock = () => performance.now();
  let state = shared[PLACE];
  if (!state) {
    const lease = new Lease(clock);
    state = { lease, pages: new PageCache(lease, clock, () => Date.now()) };
    shared[PLACE] = state;
  }
  return state;
}
