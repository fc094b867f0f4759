import { expect, test } from "vitest";
import { paceOf } from "./pace";

test("work rests three times as long as it used the processor, and not for its waiting", async () => {
  let cpu = 100;
  const rests: number[] = [];
  const pace = paceOf(
    0.25,
    () => cpu,
    async (milliseconds) => rests.push(milliseconds),
  );
  cpu += 20;
  await pace();
  await pace();
  cpu += 10_000;
  await pace();
  expect(rests).toEqual([60, 0, 500]);
});

test("pieces that end together rest one after the other", async () => {
  let cpu = 0;
  const order: string[] = [];
  const pace = paceOf(
    0.5,
    () => cpu,
    async (milliseconds) => {
      order.push(`rest ${milliseconds}`);
    },
  );
  cpu = 8;
  const first = pace().then(() => order.push("first"));
  cpu = 12;
  const second = pace().then(() => order.push("second"));
  await Promise.all([first, second]);
  expect(order[0]).toBe("rest 8");
  expect(order.indexOf("first")).toBeLessThan(order.indexOf("second"));
});
