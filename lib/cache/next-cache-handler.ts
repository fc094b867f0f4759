import { asciiHtml } from "./ascii-html.ts";
import { cachedPagePolicy } from "./csp.ts";
import { readMarker } from "./marker.ts";
import { pageCacheState } from "./page-cache-state.ts";
import { TRANSPORT_SECURITY } from "./transport-security.ts";

type CachedPage = {
  kind: "APP_PAGE";
  html: string;
  rscData?: Buffer;
  headers?: Record<string, string | readonly string[]>;
  status?: number;
  segmentData?: Map<string, Buffer>;
};

const isPage = (data: unknown): data is CachedPage =>
  typeof data === "object" &&
  data !== null &&
  "kind" in data &&
  data.kind === "APP_PAGE" &&
  "html" in data &&
  typeof data.html === "string";

const bytesOf = (page: CachedPage): number =>
  page.html.length * 2 +
  (page.rscData?.byteLength ?? 0) +
  [...(page.segmentData?.values() ?? [])].reduce((sum, part) => sum + part.byteLength, 0) +
  2_000;

/** Every version but the plain one (the host's zone, the first day) ends otherwise; see the rewrites. */
const isVariant = (key: string): boolean => !key.endsWith("/host/next");

/**
 * What Next stores its pages in (`cacheHandler` of next.config.ts). Loaded by Next as it is, outside the bundle, hence
 * the relative imports with their extension.
 *
 * A page is entered together with its answer's headers: Next replays them, so the Content-Security-Policy with the
 * hashes of the page's inline scripts is computed once per version. `set` changes the entry it was given, because the
 * reader who caused the rendering is answered from that very object. Expiry is decided here alone, and an entry that
 * has expired is absent: a page is never given out while a newer one is being made.
 */
class NextCacheHandler {
  get(key: string): Promise<unknown> {
    const { pages } = pageCacheState();
    return Promise.resolve(pages.get(key) ?? null);
  }

  set(key: string, data: unknown): Promise<void> {
    if (!isPage(data)) return Promise.resolve();
    const { pages } = pageCacheState();
    const marker = readMarker(data.html);
    data.html = asciiHtml(data.html);
    // "Not found" answers any address, also those where proxy.ts has already sent a policy; two would both apply.
    const policy = key.endsWith("/_not-found")
      ? {}
      : {
          "content-security-policy": cachedPagePolicy(
            data.html,
            marker?.framed ? "framed" : "alone",
          ),
        };
    data.headers = {
      ...data.headers,
      ...policy,
      // Nobody between us and the reader may keep it: a stale page would offer what is gone.
      "cache-control": "private, no-cache",
      ...(process.env.APP_URL?.startsWith("https:")
        ? { [TRANSPORT_SECURITY[0]]: TRANSPORT_SECURITY[1] }
        : {}),
    };
    if (!marker) {
      pages.storeFixed(key, data, bytesOf(data));
      return Promise.resolve();
    }
    data.status = marker.status;
    const { render, validUntil } = marker;
    if (marker.status !== 404)
      pages.store({
        key,
        value: data,
        bytes: bytesOf(data),
        render,
        validUntil,
        variant: isVariant(key),
      });
    // Next forgets the running rendering in the microtasks after this call; only then can nobody join it.
    setImmediate(() => pages.finish(render));
    return Promise.resolve();
  }

  revalidateTag(): Promise<void> {
    return Promise.resolve();
  }

  resetRequestCache(): void {
    // Nothing is remembered per request.
  }
}

// biome-ignore lint/style/noDefaultExport: Next takes the handler class from the default export.
export default NextCacheHandler;
