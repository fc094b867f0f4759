import { expect, test } from "vitest";
import { addUp, shareOfAll, topAndRest } from "./rows";

test("a share of several groups is of all their rows, not a mean of shares", () => {
  const rows = [
    { value: 1, n: 1, hits: 1 },
    { value: 0, n: 3, hits: 0 },
  ];
  expect(shareOfAll(rows)).toEqual({ value: 0.25, n: 4, hits: 1 });
  expect(shareOfAll([])).toMatchObject({ value: null, reason: "nothing-counted", n: 0 });
});

test("sums leave out what is not known, and of nothing known say why", () => {
  expect(
    addUp([
      { value: 5, n: 2 },
      { value: null, reason: "no-amounts", n: 1 },
    ]),
  ).toEqual({
    value: 5,
    n: 3,
  });
  expect(addUp([{ value: null, reason: "no-amounts", n: 1 }])).toEqual({
    value: null,
    reason: "no-amounts",
    n: 1,
  });
});

test("the rest is what is not shown, nobody's row is always shown, and one row is no rest", () => {
  const rows = ["a", "b", "c", null, "d"].map((key) => ({ key }));
  const { top, rest } = topAndRest(rows, 2);
  expect(top.map(({ key }) => key)).toEqual(["a", "b", null]);
  expect(rest.map(({ key }) => key)).toEqual(["c", "d"]);
  expect(topAndRest(rows, 4)).toEqual({ top: rows, rest: [] });
});
