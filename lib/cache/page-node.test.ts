import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { LEASE_MS, Lease } from "@/lib/cache/lease";
import type { RunSql } from "@/lib/cache/nodes";
import { PageCache } from "@/lib/cache/page-cache";
import type { Post } from "@/lib/cache/page-node";
import { PageNode } from "@/lib/cache/page-node";

const sign = (body: string) => createHmac("sha256", "key").update(body).digest("base64url");
const verify = (body: string, signature: string) => sign(body) === signature;

/** The table of nodes, and a wire between them that can be cut. */
function installation() {
  const rows = new Map<string, { address: string; fenced: boolean }>();
  const nodes = new Map<string, PageNode>();
  const cut = new Set<string>();
  const waits: { ms: number; end: () => void }[] = [];
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      waits.push({ ms, end: resolve });
    });
  const sent: { body: string; signature: string; address: string }[] = [];
  type Answer = (id: string, address: string) => readonly Record<string, unknown>[];
  const answers: readonly (readonly [string, Answer])[] = [
    [
      "INSERT",
      (id, address) => {
        rows.set(id, { address, fenced: false });
        return [];
      },
    ],
    [
      "SELECT",
      (id) => [...rows].filter(([key]) => key !== id).map(([key, row]) => ({ id: key, ...row })),
    ],
    [
      "UPDATE app_node SET lease_until = clock",
      (id) => (rows.get(id)?.fenced === false ? [{}] : []),
    ],
    [
      "UPDATE app_node SET lease_until = '-infinity'",
      (id) => {
        rows.set(id, { address: rows.get(id)?.address ?? "", fenced: true });
        return [];
      },
    ],
    [
      "DELETE FROM app_node WHERE id = $1::uuid AND",
      (id) => {
        if (rows.get(id)?.fenced) rows.delete(id);
        return [];
      },
    ],
  ];
  const run: RunSql = async (text, [id, address]) =>
    answers.find(([start]) => text.startsWith(start))?.[1](String(id), String(address)) ?? [];
  const post: Post = async (address, body, signature) => {
    if (cut.has(address)) throw new Error("nobody answers");
    sent.push({ body, signature, address });
    return (await nodes.get(address)?.receive(body, signature)) ?? 0;
  };
  const join = async (address: string) => {
    const time = { ms: 0 };
    const clock = () => time.ms;
    const lease = new Lease(clock);
    const pages = new PageCache(lease, clock, () => 0);
    const parts = {
      pages,
      lease,
      run,
      post,
      sign,
      verify,
      clock,
      wait,
      address,
      onTrouble: () => {},
    };
    const node = new PageNode(parts);
    nodes.set(address, node);
    await node.renew();
    const store = (token: string) => {
      const render = pages.begin(token);
      const order = { key: token, value: token, bytes: 1, render, validUntil: 1, variant: false };
      expect(pages.store(order)).toBe(true);
      pages.finish(render);
    };
    return { node, pages, lease, time, store };
  };
  return { rows, cut, sent, waits, join };
}

test("every node has forgotten a link's pages when the invalidation returns", async () => {
  const { join } = installation();
  const [a, b] = [await join("a"), await join("b")];
  a.store("link");
  b.store("link");
  b.store("another link");
  await a.node.invalidate(["link"]);
  expect(a.pages.get("link")).toBeUndefined();
  expect(b.pages.get("link")).toBeUndefined();
  expect(b.pages.get("another link")).toBeDefined();
});

test("a node that does not answer is fenced, waited for, and starts anew with nothing", async () => {
  const { join, cut, rows, waits } = installation();
  const [a, b] = [await join("a"), await join("b")];
  b.store("link");
  cut.add("b");
  const invalidated = a.node.invalidate(["link"]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(rows.get(b.node.id)?.fenced).toBe(true);
  expect(waits.map(({ ms }) => ms)).toEqual([LEASE_MS]);
  waits[0]?.end();
  await invalidated;
  expect(rows.has(b.node.id)).toBe(false);
  expect(b.pages.get("link")).toBeDefined();
  await b.node.renew();
  expect(b.pages.get("link")).toBeUndefined();
});

test("a node that came back while it was waited for keeps its row", async () => {
  const { join, cut, rows, waits } = installation();
  const [a, b] = [await join("a"), await join("b")];
  b.store("link");
  cut.add("b");
  const invalidated = a.node.invalidate(["link"]);
  await new Promise((resolve) => setImmediate(resolve));
  await b.node.renew();
  expect(b.pages.get("link")).toBeUndefined();
  waits[0]?.end();
  await invalidated;
  expect(rows.get(b.node.id)).toEqual({ address: "b", fenced: false });
});

test("a message is refused when it is forged, played again or meant for another process", async () => {
  const { join, sent } = installation();
  const [a, b] = [await join("a"), await join("b")];
  await a.node.invalidate(["link"]);
  const [message] = sent;
  if (!message) throw new Error("no message was sent");
  expect(await b.node.receive(message.body, message.signature)).toBe(409);
  expect(await b.node.receive(message.body, "forged")).toBe(401);
  expect(await a.node.receive(message.body, message.signature)).toBe(409);
  expect(await b.node.receive("{}", sign("{}"))).toBe(400);
  expect(await b.node.receive("no message", sign("no message"))).toBe(400);
});
