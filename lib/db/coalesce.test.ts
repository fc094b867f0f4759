import { expect, test } from "vitest";
import { coalesce } from "./coalesce";

function reader() {
  const begun: string[] = [];
  const waiting: (() => void)[] = [];
  const read = (name: string) => () =>
    new Promise<string>((resolve) => {
      const nth = `${name} ${begun.length}`;
      begun.push(nth);
      waiting.push(() => resolve(nth));
    });
  const answer = async () => {
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, read, answer };
}

test("one that asks alone is answered by its own reading, each time", async () => {
  const of = {};
  const { begun, read, answer } = reader();
  const first = coalesce({ of, key: "a" }, read("alone"), read("together"));
  await answer();
  const second = coalesce({ of, key: "a" }, read("alone"), read("together"));
  await answer();
  expect([await first, await second, begun.length]).toEqual(["alone 0", "alone 1", 2]);
});

test("who comes meanwhile shares the next reading, begun after they asked", async () => {
  const of = {};
  const { begun, read, answer } = reader();
  const ask = () => coalesce({ of, key: "a" }, read("alone"), read("together"));
  const first = ask();
  const rest = [ask(), ask(), ask()];
  expect(begun).toEqual(["alone 0"]);
  await answer();
  expect(begun).toEqual(["alone 0", "together 1"]);
  const late = [ask(), ask()];
  await answer();
  expect(begun).toEqual(["alone 0", "together 1", "together 2"]);
  await answer();
  expect(await Promise.all([first, ...rest, ...late])).toEqual([
    "alone 0",
    "together 1",
    "together 1",
    "together 1",
    "together 2",
    "together 2",
  ]);
});

test("other keys and other databases do not wait for each other", async () => {
  const of = {};
  const { begun, read } = reader();
  void coalesce({ of, key: "a" }, read("a"), read("-"));
  void coalesce({ of, key: "b" }, read("b"), read("-"));
  void coalesce({ of: {}, key: "a" }, read("c"), read("-"));
  expect(begun).toEqual(["a 0", "b 1", "c 2"]);
});

test("a reading that fails fails those who shared it, and nobody after them", async () => {
  const of = {};
  let fail = true;
  const read = async () => {
    if (fail) throw new Error("gone");
    return "here";
  };
  await expect(coalesce({ of, key: "a" }, read, read)).rejects.toThrow("gone");
  fail = false;
  await expect(coalesce({ of, key: "a" }, read, read)).resolves.toBe("here");
});
