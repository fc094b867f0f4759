import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/client";
import type { Throttle } from "@/lib/http/throttle";
import { cloneDatabase } from "@/lib/testing/database";
import { makePerson, makeWorkspace, testKeys } from "@/lib/testing/factories/people";
import { instantOf } from "@/lib/time/instant";
import { signIn } from "./sign-in";

let clone: Awaited<ReturnType<typeof cloneDatabase>>;
let db: Database;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = openDatabase(clone.url);
});
afterAll(async () => {
  await db.$disconnect();
  await clone.drop();
});

// The limit on tries would end the measurement; what is measured is what a try below it costs.
const untroubled: Throttle = {
  consume: async () => ({ ok: true }),
  check: async () => ({ ok: true }),
  giveBack: async () => undefined,
  forget: async () => undefined,
};

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

test("a wrong password takes as long for a known as for an unknown address", async () => {
  const keys = testKeys();
  const workspaceId = await makeWorkspace(db);
  const known = await makePerson(db, keys, { workspaceId });
  const deps = { db, keys, now: () => instantOf(Date.now()), throttle: untroubled };
  const address = { address: "203.0.113.9", throttleKey: "203.0.113.9" };
  const measure = async (email: string): Promise<number> => {
    const began = performance.now();
    const answer = await signIn({ email, password: "wrong", address, userAgent: null }, deps);
    expect(answer).toEqual({ ok: false, refusal: { reason: "wrong" } });
    return performance.now() - began;
  };
  for (let warm = 0; warm < 5; warm += 1) await measure(known.email);
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  for (let round = 0; round < 60; round += 1) {
    // Interleaved, and each first in turn: what else the machine does falls on both alike.
    const pair = [
      ["known", known.email],
      ["unknown", `${randomUUID()}@example.org`],
    ] as const;
    for (const [kind, email] of round % 2 === 0 ? pair : [...pair].reverse()) {
      times[kind].push(await measure(email));
    }
  }
  const ratio = median(times.known) / median(times.unknown);
  const figure = `known ${median(times.known).toFixed(1)} ms, unknown ${median(times.unknown).toFixed(1)} ms`;
  // The promise is 10 %; a busy machine is allowed more before this test says something is wrong.
  expect(Math.abs(ratio - 1), figure).toBeLessThan(0.25);
  process.stdout.write(`sign-in, 60 interleaved tries: ${figure}, ratio ${ratio.toFixed(3)}\n`);
});
