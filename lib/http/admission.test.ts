import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { inLine } from "./admission";

test("a crowd is served in order, a few at a time, and each gets its own answer", async () => {
  let inside = 0;
  let most = 0;
  const begun: number[] = [];
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, number) =>
      inLine(async () => {
        begun.push(number);
        inside += 1;
        most = Math.max(most, inside);
        await sleep(2);
        inside -= 1;
        return number;
      }),
    ),
  );
  expect(answers).toEqual(begun);
  expect(most).toBeLessThanOrEqual(3);
});

test("whoever fails leaves the line, and whoever is slow does not hold it", async () => {
  await expect(inLine(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  const slow = Promise.all(Array.from({ length: 3 }, () => inLine(() => sleep(1_500))));
  const began = performance.now();
  await inLine(async () => undefined);
  expect(performance.now() - began).toBeLessThan(1_200);
  await slow;
});
