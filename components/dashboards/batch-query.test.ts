import {
  environmentManager,
  focusManager,
  onlineManager,
  QueryClient,
  QueryObserver,
} from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RefreshMinutes } from "@/lib/dashboards/core/page";
import { batchQuery, spread } from "./batch-query";
import type { Ask, Fetched } from "./fetch-batch";
import { BatchRefused } from "./fetch-batch";

type Blocks = { readonly cards: { readonly won: number } };

// What asks again by itself does so in browsers only.
environmentManager.setIsServer(() => false);

beforeEach(() => {
  vi.useFakeTimers();
  focusManager.setFocused(true);
  onlineManager.setOnline(true);
});
afterEach(() => {
  vi.useRealTimers();
  focusManager.setFocused(undefined);
});

const answerOf = (won: number, version = "1", etag = `"${version}"`) =>
  Response.json(
    {
      version,
      asOf: "2026-11-20T01:42:00Z",
      blocks: { cards: { status: "ready", data: { won } } },
    },
    { headers: { etag, date: "Fri, 20 Nov 2026 01:47:00 GMT" } },
  );

type Asked = {
  readonly path: string;
  readonly init: RequestInit;
  readonly answer: (response: Response) => void;
  readonly fail: (cause: unknown) => void;
};

/** A server whose answers a test gives when it wants, and a page that looks at one question after the other. */
function stage(minutes: RefreshMinutes = 0) {
  const asked: Asked[] = [];
  const ask: Ask = (path, init) =>
    new Promise((answer, fail) => {
      asked.push({ path, init, answer, fail });
      init.signal?.addEventListener("abort", () => fail(init.signal?.reason));
    });
  const client = new QueryClient();
  // As its provider does: from then on it hears of being looked at and of the connection.
  client.mount();
  const about = (path: string) =>
    batchQuery<Blocks>(path, { client, refreshMinutes: minutes, chance: 0.5, ask });
  const observer = new QueryObserver<Fetched<Blocks>>(client, about("executive") as never);
  const shown: (number | undefined)[] = [];
  const leave = observer.subscribe(({ data }) => {
    const block = data?.batch.blocks.cards;
    shown.push(block?.status === "ready" ? block.data.won : undefined);
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return {
    asked,
    observer,
    shown,
    leave,
    settle,
    show: (path: string) => observer.setOptions(about(path) as never),
    now: () => shown.at(-1),
  };
}

const last = (asked: readonly Asked[]): Asked => {
  const one = asked.at(-1);
  if (one === undefined) throw new Error("nothing was asked");
  return one;
};

test("an old answer that comes late never takes the place of a newer one", async () => {
  const page = stage();
  await page.settle();
  const slow = last(page.asked);
  page.show("executive?team=none");
  await page.settle();
  const quick = last(page.asked);
  quick.answer(answerOf(2));
  await page.settle();
  expect(page.now()).toBe(2);
  slow.answer(answerOf(1));
  await page.settle();
  expect(page.now()).toBe(2);
  expect(page.observer.getCurrentResult().isPlaceholderData).toBe(false);
  page.leave();
});

test("a question nobody waits for any more is given up", async () => {
  const page = stage();
  await page.settle();
  expect(last(page.asked).init.signal?.aborted).toBe(false);
  const [first] = page.asked;
  page.show("executive?team=none");
  await page.settle();
  expect(first?.init.signal?.aborted).toBe(true);
  // Asked again while it is on its way: the older one is given up, too.
  const before = last(page.asked);
  void page.observer.refetch({ cancelRefetch: true });
  await page.settle();
  last(page.asked).answer(answerOf(3));
  await page.settle();
  expect([before.init.signal?.aborted, page.now()]).toEqual([false, 3]);
  page.leave();
});

test("what is shown stays, as an old answer, until the new one is there", async () => {
  const page = stage();
  await page.settle();
  last(page.asked).answer(answerOf(1));
  await page.settle();
  page.show("executive?range=today");
  await page.settle();
  expect(page.observer.getCurrentResult()).toMatchObject({ isPlaceholderData: true });
  expect(page.now()).toBe(1);
  last(page.asked).answer(answerOf(2));
  await page.settle();
  expect(page.now()).toBe(2);
  page.leave();
});

test("the server is told what is known, and that nothing changed is enough of an answer", async () => {
  const page = stage();
  await page.settle();
  last(page.asked).answer(answerOf(1, "7"));
  await page.settle();
  void page.observer.refetch();
  await page.settle();
  expect(new Headers(last(page.asked).init.headers).get("if-none-match")).toBe('"7"');
  const before = page.observer.getCurrentResult().data?.batch;
  const date = "Fri, 20 Nov 2026 01:52:00 GMT";
  last(page.asked).answer(new Response(null, { status: 304, headers: { date } }));
  await page.settle();
  const { data } = page.observer.getCurrentResult();
  expect(data?.batch).toBe(before);
  expect(data?.confirmedAt).toBe(Date.parse(date));
  page.leave();
});

test("a page asks again by itself while it is looked at, and neither hidden nor offline", async () => {
  const page = stage(1);
  await page.settle();
  const answerLast = async () => {
    last(page.asked).answer(answerOf(1));
    await page.settle();
  };
  await answerLast();
  await vi.advanceTimersByTimeAsync(61_000);
  expect(page.asked).toHaveLength(2);
  await answerLast();
  focusManager.setFocused(false);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(page.asked).toHaveLength(2);
  // Looked at again after ten minutes: at once.
  focusManager.setFocused(true);
  await page.settle();
  expect(page.asked).toHaveLength(3);
  await answerLast();
  onlineManager.setOnline(false);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(page.asked).toHaveLength(3);
  onlineManager.setOnline(true);
  await page.settle();
  expect(page.asked.length).toBeGreaterThan(3);
  page.leave();
});

test("switched off, a page asks once", async () => {
  const page = stage(0);
  await page.settle();
  last(page.asked).answer(answerOf(1));
  await vi.advanceTimersByTimeAsync(3_600_000);
  focusManager.setFocused(false);
  focusManager.setFocused(true);
  await page.settle();
  expect(page.asked).toHaveLength(1);
  page.leave();
});

test("a refusal is said at once, trouble of the server is tried again, and figures stay meanwhile", async () => {
  const page = stage();
  await page.settle();
  last(page.asked).answer(new Response(null, { status: 503 }));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(page.asked).toHaveLength(2);
  last(page.asked).answer(answerOf(1));
  await page.settle();
  expect(page.now()).toBe(1);
  void page.observer.refetch();
  await page.settle();
  last(page.asked).answer(new Response(null, { status: 401 }));
  await page.settle();
  const { error, data } = page.observer.getCurrentResult();
  expect(error).toEqual(new BatchRefused(401));
  expect(data?.batch.version).toBe("1");
  expect(page.asked).toHaveLength(3);
  page.leave();
});

test("screens that were opened together do not ask in one breath", () => {
  expect([spread(60_000, 0), spread(60_000, 0.5), spread(60_000, 1)]).toEqual([
    54_000, 60_000, 66_000,
  ]);
});
