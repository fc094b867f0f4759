import { expect, test } from "vitest";
import { readPaste, readValue, stepOf } from "./grid-state";

const amounts = { measure: "amount", currency: "USD", locale: "en" } as const;

test("a target is typed as people write amounts, and emptied by nothing or a dash", () => {
  expect(readValue("67,600.50", amounts)).toBe(6_760_050);
  expect(readValue("67.6k", amounts)).toBe(6_760_000);
  expect(readValue("$12", amounts)).toBe(1200);
  expect(readValue(" – ", amounts)).toBeNull();
  expect(readValue("", amounts)).toBeNull();
  expect(readValue("soon", amounts)).toBeUndefined();
  expect(readValue("-5", amounts)).toBeUndefined();
  expect(readValue("3", { ...amounts, measure: "deals" })).toBe(3);
  expect(readValue("3.5", { ...amounts, measure: "deals" })).toBeUndefined();
});

test("what a spreadsheet copies is read cell by cell, or not at all", () => {
  expect(readPaste("100\t200\r\n\t300\r\n", amounts)).toEqual({
    ok: true,
    values: [
      [10_000, 20_000],
      [null, 30_000],
    ],
  });
  expect(readPaste("100\tJan", amounts)).toEqual({ ok: false, text: "Jan" });
});

test("the arrows stay inside the grid, and other keys lead nowhere", () => {
  expect(stepOf("ArrowDown", [0, 3], [2, 12])).toEqual([1, 3]);
  expect(stepOf("ArrowDown", [1, 3], [2, 12])).toEqual([1, 3]);
  expect(stepOf("ArrowLeft", [1, 0], [2, 12])).toEqual([1, 0]);
  expect(stepOf("End", [1, 0], [2, 12])).toEqual([1, 11]);
  expect(stepOf("x", [1, 0], [2, 12])).toBeUndefined();
});
