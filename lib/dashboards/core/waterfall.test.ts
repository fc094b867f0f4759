import { expect, test } from "vitest";
import { FLOWS, waterfallOf } from "./waterfall";

const none = { minor: 0, deals: 0 };
const still = Object.fromEntries(FLOWS.map((flow) => [flow, none])) as Record<
  (typeof FLOWS)[number],
  typeof none
>;

test("each bar stands on the one before it, and nothing is left over", () => {
  const { bars, residual } = waterfallOf({
    start: { minor: 100, deals: 2 },
    end: { minor: 90, deals: 2 },
    flows: {
      ...still,
      created: { minor: 40, deals: 1 },
      decreased: { minor: -20, deals: 1 },
      won: { minor: -30, deals: 1 },
    },
  });
  expect(residual).toBe(0);
  expect(bars.map(({ bar, from, to }) => [bar, from, to])).toEqual([
    ["start", 0, 100],
    ["created", 100, 140],
    ["increased", 140, 140],
    ["decreased", 140, 120],
    ["won", 120, 90],
    ["lost", 90, 90],
    ["end", 0, 90],
  ]);
});

test("figures that do not agree are told, and what seldom happens is a bar only when it did", () => {
  const { bars, residual } = waterfallOf({
    start: none,
    end: { minor: 7, deals: 1 },
    flows: { ...still, rates: { minor: 5, deals: 1 } },
  });
  expect(residual).toBe(2);
  expect(bars.map(({ bar }) => bar)).toContain("rates");
  expect(bars.map(({ bar }) => bar)).not.toContain("reopened");
});
