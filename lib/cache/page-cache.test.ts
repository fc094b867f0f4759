import { describe, expect, test } from "vitest";
import { LEASE_MARGIN_MS, LEASE_MS, Lease } from "@/lib/cache/lease";
import { MAX_AGE_MS, PageCache } from "@/lib/cache/page-cache";

function setUp() {
  const time = { ms: 0 };
  const lease = new Lease(() => time.ms);
  const pages = new PageCache(
    lease,
    () => time.ms,
    () => 1_000_000 + time.ms,
  );
  lease.begun(0);
  const renew = () => lease.renewed(time.ms);
  /** Lets time pass with the lease being renewed each second. */
  const pass = (ms: number) => {
    for (let left = ms; left > 0; left -= 1_000) {
      time.ms += Math.min(left, 1_000);
      renew();
    }
  };
  const store = (render: number, key = "page", more: object = {}) =>
    pages.store({
      key,
      value: key,
      bytes: 1_000,
      render,
      validUntil: Number.MAX_SAFE_INTEGER,
      variant: false,
      ...more,
    });
  return { time, lease, pages, renew, pass, store };
}

describe("the pages a node keeps", () => {
  test("a page is kept and given out", () => {
    const { pages, store } = setUp();
    expect(store(pages.begin("a"))).toBe(true);
    expect(pages.get("page")?.value).toBe("page");
  });

  test("an invalidated page is gone, and pages of other links stay", async () => {
    const { pages, store } = setUp();
    const [first, second] = [pages.begin("a"), pages.begin("b")];
    store(first, "page of a");
    store(second, "page of b");
    pages.finish(first);
    pages.finish(second);
    await pages.invalidate(["a"]);
    expect(pages.get("page of a")).toBeUndefined();
    expect(pages.get("page of b")?.value).toBe("page of b");
  });

  test("a rendering that began before an invalidation is never kept", async () => {
    const { pages, store } = setUp();
    const render = pages.begin("a");
    const invalidated = pages.invalidate(["a"]);
    expect(store(render)).toBe(false);
    pages.finish(render);
    await invalidated;
    expect(pages.get("page")).toBeUndefined();
    expect(store(pages.begin("a"))).toBe(true);
  });

  test("an invalidation waits for the renderings that began before it, and for no other", async () => {
    const { pages } = setUp();
    const before = pages.begin("a");
    pages.begin("b");
    let ended = false;
    const invalidated = pages.invalidate(["a"]).then(() => {
      ended = true;
    });
    pages.begin("a");
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toBe(false);
    pages.finish(before);
    await invalidated;
    expect(ended).toBe(true);
  });

  test("a page is absent after its age, and from the moment it says something untrue", () => {
    const { pages, pass, store } = setUp();
    store(pages.begin("a"), "old");
    store(pages.begin("a"), "soon untrue", { validUntil: 1_000_000 + 5_000 });
    pass(4_999);
    expect(pages.get("soon untrue")).toBeDefined();
    pass(1);
    expect(pages.get("soon untrue")).toBeUndefined();
    pass(MAX_AGE_MS - 5_001);
    expect(pages.get("old")).toBeDefined();
    pass(1);
    expect(pages.get("old")).toBeUndefined();
  });

  test("the least used pages give way, those of chosen zones first", () => {
    const { pages, store } = setUp();
    const megabyte = { bytes: 1_048_576 };
    store(pages.begin("a"), "plain", megabyte);
    for (let n = 0; n < 40; n += 1) {
      store(pages.begin("a"), `variant ${n}`, { ...megabyte, variant: true });
      pages.get("variant 0");
    }
    expect(pages.get("plain")).toBeDefined();
    expect(pages.get("variant 0")).toBeDefined();
    expect(pages.get("variant 1")).toBeUndefined();
    expect(pages.size().bytes).toBeLessThanOrEqual(33 * 1_048_576);
  });
});

describe("a node without a lease", () => {
  test("gives out nothing and keeps nothing", () => {
    const { pages, time, store } = setUp();
    store(pages.begin("a"));
    time.ms = LEASE_MS - LEASE_MARGIN_MS - 1;
    expect(pages.get("page")).toBeDefined();
    time.ms += 1;
    expect(pages.get("page")).toBeUndefined();
    expect(store(pages.begin("a"))).toBe(false);
  });

  test("forgets everything when its lease was interrupted, however short", () => {
    const { pages, time, lease, renew, store } = setUp();
    store(pages.begin("a"));
    const running = pages.begin("a");
    time.ms = LEASE_MS;
    expect(renew()).toBe(false);
    expect(lease.epoch()).toBeDefined();
    expect(pages.get("page")).toBeUndefined();
    expect(store(running, "rendered across the gap")).toBe(false);
  });

  test("keeps its pages over an unbroken renewal", () => {
    const { pages, time, lease, store } = setUp();
    store(pages.begin("a"));
    time.ms = 1_000;
    expect(lease.renewed(900)).toBe(true);
    time.ms = 900 + LEASE_MS - LEASE_MARGIN_MS - 1;
    expect(pages.get("page")).toBeDefined();
    time.ms += 1;
    expect(pages.get("page")).toBeUndefined();
  });
});
