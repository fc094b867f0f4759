import { setTimeout as delay } from "node:timers/promises";
import { Pool } from "pg";
import { expect, test } from "vitest";
import { Lease } from "@/lib/cache/lease";
import { PageCache } from "@/lib/cache/page-cache";
import type { Post } from "@/lib/cache/page-node";
import { PageNode } from "@/lib/cache/page-node";
import { cloneDatabase } from "@/lib/testing/database";

/** Nodes on one real table; messages between them are handed over directly. */
async function installation() {
  const { url, drop } = await cloneDatabase();
  const pool = new Pool({ connectionString: url, max: 4 });
  const nodes = new Map<string, PageNode>();
  const cut = new Set<string>();
  const post: Post = async (address, body, signature) => {
    if (cut.has(address)) throw new Error("nobody answers");
    return (await nodes.get(address)?.receive(body, signature)) ?? 0;
  };
  const join = async (address: string) => {
    const clock = () => performance.now();
    const lease = new Lease(clock);
    const pages = new PageCache(lease, clock, () => 0);
    const heard: string[] = [];
    const node = new PageNode({
      pages,
      lease,
      run: async (text, values) => (await pool.query(text, [...values])).rows,
      post,
      sign: (body) => `signed ${body.length}`,
      verify: (body, signature) => signature === `signed ${body.length}`,
      clock,
      // The lease of a silent node is short here: what is tested is that it is waited for.
      wait: () => delay(20),
      address,
      onChange: (tokens) => heard.push(...tokens),
      onMissed: () => heard.push("missed"),
      onTrouble: () => {},
    });
    nodes.set(address, node);
    await node.renew();
    const keep = (token: string) => {
      const render = pages.begin(token);
      pages.store({ key: token, value: token, bytes: 1, render, validUntil: 1, variant: false });
      pages.finish(render);
    };
    return { node, pages, lease, keep, heard };
  };
  const rows = async () =>
    (
      await pool.query<{ address: string }>("SELECT address FROM app_node ORDER BY address")
    ).rows.map(({ address }) => address);
  const end = async () => {
    await pool.end();
    await drop();
  };
  return { join, cut, rows, end };
}

test("nodes find each other in the database, and a change reaches all of them", async () => {
  const { join, rows, end } = await installation();
  const [a, b] = [await join("a"), await join("b")];
  expect(await rows()).toEqual(["a", "b"]);
  b.keep("link");
  expect(b.pages.get("link")).toBeDefined();
  await a.node.invalidate(["link"]);
  expect(b.pages.get("link")).toBeUndefined();
  await b.node.renew();
  expect(b.lease.epoch()).toBe(1);
  await end();
});

test("a silent node is fenced and forgotten, and begins anew when it is back", async () => {
  const { join, cut, rows, end } = await installation();
  const [a, b] = [await join("a"), await join("b")];
  b.keep("link");
  cut.add("b");
  await a.node.invalidate(["link"]);
  expect(await rows()).toEqual(["a"]);
  cut.delete("b");
  await b.node.renew();
  expect(b.lease.epoch()).toBe(2);
  expect(b.pages.get("link")).toBeUndefined();
  expect(await rows()).toEqual(["a", "b"]);
  await end();
});

test("a process that starts at the address of a dead one takes its place at once", async () => {
  const { join, rows, end } = await installation();
  const a = await join("a");
  await join("b");
  const successor = await join("b");
  expect(await rows()).toEqual(["a", "b"]);
  successor.keep("link");
  await a.node.invalidate(["link"]);
  expect(successor.pages.get("link")).toBeUndefined();
  await end();
});

test("a node that stops takes its row with it", async () => {
  const { join, rows, end } = await installation();
  const [a] = [await join("a"), await join("b")];
  await a.node.stop();
  expect(await rows()).toEqual(["b"]);
  expect(a.lease.epoch()).toBeUndefined();
  await end();
});

test("open pages of every node hear of a change, and of a time without a lease", async () => {
  const { join, end } = await installation();
  const [a, b] = [await join("a"), await join("b")];
  expect([a.heard, b.heard]).toEqual([["missed"], ["missed"]]);
  await a.node.invalidate(["demo"]);
  expect([a.heard, b.heard]).toEqual([
    ["missed", "demo"],
    ["missed", "demo"],
  ]);
  b.lease.ended();
  await b.node.renew();
  expect(b.heard.at(-1)).toBe("missed");
  await end();
});
