import { expect, test } from "vitest";
import { LightThrottle } from "@/lib/http/light-throttle";

test("each key has its own uses in a window, and a new window begins with all of them", () => {
  const throttle = new LightThrottle({ points: 2, seconds: 60 });
  expect([1, 2, 3].map((at) => throttle.consume("a", at * 1_000))).toEqual([
    undefined,
    undefined,
    58,
  ]);
  expect(throttle.consume("b", 3_000)).toBeUndefined();
  expect(throttle.consume("a", 61_000)).toBeUndefined();
});

test("however many keys come, a bounded number is remembered", () => {
  const throttle = new LightThrottle({ points: 1, seconds: 60 });
  throttle.consume("first", 0);
  expect(throttle.consume("first", 1)).toBe(60);
  for (let key = 0; key < 50_000; key += 1) throttle.consume(String(key), 2);
  expect(throttle.consume("first", 3)).toBeUndefined();
});
