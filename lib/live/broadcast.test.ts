import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Broadcast, HEARTBEAT_MS, REREAD_AFTER_MS } from "./broadcast";
import { MOST_STREAMS_OF_ADDRESS } from "./stream-count";

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "setInterval", "clearTimeout", "clearInterval", "performance"],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A link whose offers a test changes, and how often they were read. */
function stage() {
  const troubles: unknown[] = [];
  const broadcast = new Broadcast({
    clock: () => performance.now(),
    identityOf: (text) => text,
    onTrouble: (cause) => troubles.push(cause),
  });
  const link = {
    text: "one" as string | undefined,
    reads: 0,
    read: async () => {
      link.reads += 1;
      await Promise.resolve();
      if (link.text === "broken") throw new Error("no database");
      return link.text;
    },
  };
  const open = async (more: { heard?: string; address?: string; topic?: string } = {}) => {
    const abort = new AbortController();
    const stream = await broadcast.open({
      topic: more.topic ?? "demo",
      read: link.read,
      address: more.address,
      heard: more.heard,
      signal: abort.signal,
    });
    if (typeof stream === "string") return { refused: stream };
    const reader = stream.getReader();
    const told: string[] = [];
    const raw: Uint8Array[] = [];
    let ended = false;
    const pump = async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        raw.push(value);
        told.push(new TextDecoder().decode(value));
      }
      ended = true;
    };
    const pumping = pump();
    const data = () => told.flatMap((text) => /^data: (.*)$/m.exec(text)?.[1] ?? []);
    await vi.advanceTimersByTimeAsync(0);
    return { data, told, raw, isEnded: () => ended, leave: () => abort.abort(), pumping };
  };
  return { broadcast, link, open, troubles };
}

type Page = Exclude<Awaited<ReturnType<ReturnType<typeof stage>["open"]>>, { refused: string }>;
const opened = (page: Awaited<ReturnType<ReturnType<typeof stage>["open"]>>): Page => {
  if ("refused" in page) throw new Error(`refused: ${page.refused}`);
  return page as Page;
};

test("a page hears the present state first, then what changes, and each change once", async () => {
  const { broadcast, link, open } = stage();
  const page = opened(await open());
  expect(page.data()).toEqual(["one"]);
  link.text = "two";
  broadcast.changed(["demo", "another"]);
  await vi.advanceTimersByTimeAsync(300);
  broadcast.changed(["demo"]);
  await vi.advanceTimersByTimeAsync(300);
  expect(page.data()).toEqual(["one", "two"]);
});

test("two hundred pages and a burst of changes cost two readings, and all get the very same bytes", async () => {
  const { broadcast, link, open } = stage();
  const pages = await Promise.all(Array.from({ length: 200 }, async () => opened(await open())));
  expect(link.reads).toBe(1);
  await vi.advanceTimersByTimeAsync(300);
  link.text = "two";
  for (let change = 0; change < 50; change += 1) broadcast.changed(["demo"]);
  await vi.advanceTimersByTimeAsync(500);
  expect(pages.every((page) => page.data().join() === "one,two")).toBe(true);
  expect(link.reads).toBeLessThanOrEqual(3);
  expect(new Set(pages.map((page) => page.raw.at(-1))).size).toBe(1);
});

test("a change while a reading runs is read again", async () => {
  const { broadcast, link, open } = stage();
  const page = opened(await open());
  await vi.advanceTimersByTimeAsync(300);
  link.text = "two";
  broadcast.changed(["demo"]);
  link.text = "three";
  broadcast.changed(["demo"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(page.data().at(-1)).toBe("three");
});

test("what nobody hears is not read, and a page that left counts no more", async () => {
  const { broadcast, link, open } = stage();
  broadcast.changed(["demo"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(link.reads).toBe(0);
  const page = opened(await open({ address: "203.0.113.7" }));
  page.leave();
  broadcast.changed(["demo"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([link.reads, broadcast.size(), broadcast.heard("demo")]).toEqual([1, 0, undefined]);
});

test("one address has its bound, others keep their room, and whoever leaves gives it back", async () => {
  const { open } = stage();
  const crowd = await Promise.all(
    Array.from({ length: MOST_STREAMS_OF_ADDRESS + 5 }, () => open({ address: "203.0.113.7" })),
  );
  expect(crowd.filter((page) => "refused" in page)).toEqual(
    Array.from({ length: 5 }, () => ({ refused: "too-many-of-address" })),
  );
  expect(await open({ address: "203.0.113.8" })).not.toHaveProperty("refused");
  opened(crowd[0] ?? { refused: "nobody" as never }).leave();
  expect(await open({ address: "203.0.113.7" })).not.toHaveProperty("refused");
});

test("a link that does not exist is refused, and one that goes ends its streams", async () => {
  const { broadcast, link, open } = stage();
  const page = opened(await open());
  link.text = undefined;
  await vi.advanceTimersByTimeAsync(300);
  broadcast.changed(["demo"]);
  await vi.advanceTimersByTimeAsync(300);
  expect(page.isEnded()).toBe(true);
  expect(await open({ topic: "absent" })).toEqual({ refused: "absent" });
  expect(broadcast.size()).toBe(0);
});

test("a reader who comes back and has heard the present state is told nothing twice", async () => {
  const { open } = stage();
  const first = opened(await open());
  const id = /^id: (\S+)$/m.exec(first.told.join(""))?.[1];
  if (id === undefined) throw new Error("the event has no id");
  const back = opened(await open({ heard: id }));
  expect(back.data()).toEqual([]);
});

test("a reading that fails is repeated, and open pages stay as they are meanwhile", async () => {
  const { broadcast, link, open, troubles } = stage();
  const page = opened(await open());
  await vi.advanceTimersByTimeAsync(300);
  link.text = "broken";
  broadcast.changed(["demo"]);
  await vi.advanceTimersByTimeAsync(100);
  expect([page.data().length, troubles.length, page.isEnded()]).toEqual([1, 1, false]);
  link.text = "mended";
  await vi.advanceTimersByTimeAsync(1_500);
  expect(page.data()).toEqual(["one", "mended"]);
  link.text = "broken";
  await expect(open({ topic: "another" })).rejects.toThrow("no database");
});

test("a silent stream is kept alive, and what may have changed untold is looked at again", async () => {
  const { link, open } = stage();
  const page = opened(await open());
  link.text = "two";
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS + 10);
  expect(page.told).toContain(":\n\n");
  await vi.advanceTimersByTimeAsync(REREAD_AFTER_MS + HEARTBEAT_MS);
  expect(page.data()).toEqual(["one", "two"]);
});

test("a reader who takes nothing is hung up on instead of being waited for", async () => {
  const { broadcast, link } = stage();
  const stream = await broadcast.open({
    topic: "demo",
    read: link.read,
    address: undefined,
    heard: undefined,
    signal: new AbortController().signal,
  });
  expect(stream).toBeInstanceOf(ReadableStream);
  for (let change = 0; change < 5; change += 1) {
    link.text = `${change}${"x".repeat(30_000)}`;
    broadcast.changed(["demo"]);
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(broadcast.size()).toBe(0);
});

test("a server that ends closes every stream and opens none", async () => {
  const { broadcast, open } = stage();
  const page = opened(await open());
  broadcast.stop();
  await page.pumping;
  expect(page.isEnded()).toBe(true);
  expect(await open()).toEqual({ refused: "stopping" });
});
