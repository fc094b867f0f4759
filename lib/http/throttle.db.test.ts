import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneDatabase } from "@/lib/testing/database";
import { readLimits } from "./limits";
import type { Throttle } from "./throttle";
import { createThrottle } from "./throttle";

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let nodes: pg.Pool[];
let throttle: Throttle;
let elsewhere: Throttle;
const five = readLimits("booking-address=5/600,after-success=1/60,token-miss=1/1");

beforeAll(async () => {
  clone = await cloneDatabase();
  nodes = [1, 2].map(() => new pg.Pool({ connectionString: clone.url, max: 8 }));
  const [one, two] = nodes;
  throttle = createThrottle(one as pg.Pool, five);
  elsewhere = createThrottle(two as pg.Pool, five);
});
afterAll(async () => {
  await Promise.all(nodes.map((pool) => pool.end()));
  await clone.drop();
});

test("of 500 uses at once on two nodes, exactly as many pass as the limit allows", async () => {
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, at) =>
      (at % 2 === 0 ? throttle : elsewhere).consume("booking-address", "203.0.113.9"),
    ),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
  const waits = answers.flatMap((answer) => (answer.ok ? [] : [answer.retryAfterSeconds]));
  expect(Math.min(...waits)).toBeGreaterThan(590);
  expect(Math.max(...waits)).toBeLessThanOrEqual(600);
});

test("a key spelled in other case, with blanks or full-width letters is the same key", async () => {
  const spellings = [
    "Guest@Example.org",
    " guest@example.org ",
    "ｇuest@example.org",
    "GUEST@EXAMPLE.ORG",
  ];
  const answers = await Promise.all(
    [...spellings, ...spellings].map((key) => throttle.consume("booking-address", key)),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
});

test("one limit does not count against another, nor one key against another", async () => {
  const key = randomUUID();
  expect(await throttle.consume("after-success", key)).toEqual({ ok: true });
  expect(await throttle.consume("after-success", `${key}x`)).toEqual({ ok: true });
  expect(await throttle.consume("booking-address", key)).toEqual({ ok: true });
  expect(await throttle.consume("after-success", key)).toEqual({
    ok: false,
    retryAfterSeconds: 60,
  });
});

test("looking does not count, giving back takes one off, forgetting starts anew", async () => {
  const key = randomUUID();
  for (let time = 0; time < 10; time += 1) {
    expect(await throttle.check("booking-address", key)).toEqual({ ok: true });
  }
  for (let time = 0; time < 5; time += 1) await throttle.consume("booking-address", key);
  expect((await throttle.check("booking-address", key)).ok).toBe(false);
  await throttle.giveBack("booking-address", key);
  expect(await throttle.check("booking-address", key)).toEqual({ ok: true });
  await throttle.consume("booking-address", key);
  await throttle.forget("booking-address", key);
  expect(await throttle.consume("booking-address", key)).toEqual({ ok: true });
});

test("after its time a key may go on", async () => {
  const key = randomUUID();
  await throttle.consume("token-miss", key);
  expect((await throttle.consume("token-miss", key)).ok).toBe(false);
  await new Promise((resume) => setTimeout(resume, 1100));
  expect(await throttle.consume("token-miss", key)).toEqual({ ok: true });
});

test("the table keeps no e-mail address and no network address", async () => {
  const { rows } = await (nodes[0] as pg.Pool).query<{ key: string }>("SELECT key FROM rate_limit");
  expect(rows.length).toBeGreaterThan(0);
  for (const { key } of rows) expect(key).toMatch(/^[a-z-]+:[\w-]{43}$/);
});

describe("when the counter is away", () => {
  test("signing in and booking are refused, reading goes on, and each time it is reported", async () => {
    const reported: string[] = [];
    const broken = createThrottle(
      { query: () => Promise.reject(new Error("Connection terminated unexpectedly")) },
      {},
      (_error, limit) => reported.push(limit),
    );
    expect(await broken.consume("sign-in-account", "x")).toEqual({
      ok: false,
      retryAfterSeconds: 5,
    });
    expect(await broken.consume("booking-address", "x")).toEqual({
      ok: false,
      retryAfterSeconds: 5,
    });
    expect(await broken.consume("read-address", "x")).toEqual({ ok: true });
    expect(await broken.check("api-member", "x")).toEqual({ ok: true });
    expect(reported).toEqual(["sign-in-account", "booking-address", "read-address", "api-member"]);
  });
});

test("limits are changed by name, and a name that is none is refused", () => {
  expect(readLimits("booking-address=9/1")["booking-address"]).toEqual({
    points: 9,
    seconds: 1,
    whenBroken: "refuse",
  });
  expect(() => readLimits("nonsense=1/1")).toThrow(/nonsense/);
  expect(() => readLimits("toString=1/1")).toThrow(/toString/);
  expect(() => readLimits("booking-address=1")).toThrow(/booking-address=1/);
});
