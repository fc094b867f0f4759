import { expect, test } from "vitest";
import { inTurn } from "./turnstile";

/** Work that ends when told to, and the order in which it began. */
function crowd() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const work = (who: number) => () => {
    begun.push(who);
    return new Promise<number>((resolve) => ends.push(() => resolve(who)));
  };
  return { begun, work, endOne: () => ends.shift()?.() };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("six writers of a resource go in at once, the others follow in the order they came", async () => {
  const { begun, work, endOne } = crowd();
  const all = [0, 1, 2, 3, 4, 5, 6, 7].map((who) => inTurn(["host"], work(who)));
  await settle();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
  endOne();
  await settle();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for (let left = 0; left < 8; left += 1) {
    endOne();
    await settle();
  }
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("writers of another resource do not wait, and who waited is told so", async () => {
  const { work, endOne } = crowd();
  const busy = [0, 1, 2, 3, 4, 5].map((who) => inTurn(["a"], work(who)));
  expect(await inTurn(["b"], (waited) => Promise.resolve(waited))).toBe(false);
  const late = inTurn(["a", "b"], (waited) => Promise.resolve(waited));
  await settle();
  for (let left = 0; left < 6; left += 1) endOne();
  expect(await late).toBe(true);
  await Promise.all(busy);
});

test("a failure gives the place back", async () => {
  for (let round = 0; round < 10; round += 1) {
    await expect(inTurn(["c"], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  }
  expect(await inTurn(["c"], (waited) => Promise.resolve(waited))).toBe(false);
});

test("two that want the same two resources in different order both get through", async () => {
  const go = () => new Promise<void>((resolve) => setTimeout(resolve, 1));
  const all = Array.from({ length: 40 }, (_, index) =>
    inTurn(index % 2 === 0 ? ["x", "y"] : ["y", "x"], go),
  );
  await expect(Promise.all(all)).resolves.toHaveLength(40);
});
