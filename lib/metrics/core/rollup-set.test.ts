import { expect, test } from "vitest";
import { NO_FILTER } from "./question";
import { rollupSet } from "./rollup-set";

const team = ["a"];

test("the smallest set that tells the asked fields apart answers; a split by time asks for none", () => {
  expect(rollupSet(NO_FILTER, null)).toBe(0);
  expect(rollupSet(NO_FILTER, "month")).toBe(0);
  expect(rollupSet({ ...NO_FILTER, team }, "week")).toBe(1);
  expect(rollupSet(NO_FILTER, "owner")).toBe(2);
  expect(rollupSet({ ...NO_FILTER, owner: team }, "team")).toBe(2);
  expect(rollupSet({ ...NO_FILTER, source: team }, null)).toBe(3);
  expect(rollupSet({ ...NO_FILTER, team }, "source")).toBe(4);
});

test("what no set tells apart is read from the rows", () => {
  expect(rollupSet({ ...NO_FILTER, product: team }, null)).toBeUndefined();
  expect(rollupSet({ ...NO_FILTER, source: team }, "owner")).toBeUndefined();
  expect(rollupSet(NO_FILTER, "country")).toBeUndefined();
  expect(rollupSet(NO_FILTER, "stage")).toBeUndefined();
});
