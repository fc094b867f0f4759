import { expect } from "vitest";
import { makeWorkspace } from "@/lib/testing/factories/workspace";
import { test } from "@/lib/testing/house";
import { withSnapshot } from "./snapshot";

const LIMITS = { lanes: 2, timeoutMs: 2_000 };

test("reads side by side see one moment, whatever is written meanwhile", async ({ house }) => {
  await makeWorkspace(house.db);
  const count = async (tx: Pick<typeof house.db, "$queryRaw">) =>
    (await tx.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM workspace`)[0]?.n;
  const seen = await withSnapshot(house.db, LIMITS, async (snapshot) => {
    const first = await snapshot.read(count);
    await makeWorkspace(house.db);
    return [first, ...(await Promise.all([1, 2, 3, 4].map(() => snapshot.read(count))))];
  });
  expect(new Set(seen).size).toBe(1);
  expect(await count(house.db)).toBe((seen[0] ?? 0) + 1);
});

test("a read that is too slow or wrong fails alone", async ({ house }) => {
  const answers = await withSnapshot(house.db, { lanes: 2, timeoutMs: 100 }, (snapshot) =>
    Promise.allSettled([
      snapshot.read((tx) => tx.$queryRaw`SELECT pg_sleep(5)`),
      snapshot.read((tx) => tx.$queryRaw`SELECT 1 / 0`),
      snapshot.read((tx) => tx.$queryRaw`SELECT 1 AS one`),
      snapshot.read((tx) => tx.$queryRaw`SELECT 2 AS two`),
      snapshot.read((tx) => tx.$executeRaw`DELETE FROM workspace`),
    ]),
  );
  expect(answers.map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
    "fulfilled",
    "fulfilled",
    "rejected",
  ]);
  expect(await house.db.workspace.count()).toBeGreaterThan(0);
});

test("what a failed read had asked beside does not fail the next one", async ({ house }) => {
  const answers = await withSnapshot(house.db, { lanes: 1, timeoutMs: 100 }, (snapshot) =>
    Promise.allSettled([
      snapshot.read((tx) =>
        Promise.all([1, 2, 3].map(() => tx.$queryRaw`SELECT pg_sleep(5), 1 / (random()::int * 0)`)),
      ),
      snapshot.read((tx) => tx.$queryRaw`SELECT 1 AS one`),
    ]),
  );
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled"]);
});
