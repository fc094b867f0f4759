import fc from "fast-check";
import { expect, test } from "vitest";
import { isRandomAddress, questionKey, slugProblem } from "./address";

test.each(["demo", "ana-lim", "a1b", "quick--call", "2026"])("%s can be an address", (slug) => {
  expect(slugProblem(slug)).toBeUndefined();
});

test.each([
  "ab",
  "x".repeat(65),
  "Demo",
  "a/b",
  "-demo",
  "demo-",
  "a b c",
  "dé-mo",
  "a_b_c",
  "embed",
  "details",
  "..%2f",
])("%s cannot be an address", (slug) => {
  expect(slugProblem(slug)).toBeTypeOf("string");
});

test("a random address is told by its length alone", () => {
  expect(isRandomAddress("A".repeat(43))).toBe(true);
  expect(isRandomAddress("A".repeat(42))).toBe(false);
});

test("a question's name is what it asks, in small Latin letters", () => {
  expect(questionKey("Your company?", [])).toBe("your_company");
  expect(questionKey("Größe & Gewicht", [])).toBe("gro_e_gewicht");
  expect(questionKey("2nd choice", [])).toBe("nd_choice");
  expect(questionKey("会社名", [])).toBe("question");
  expect(questionKey("", ["question", "question_2"])).toBe("question_3");
});

test("names of questions fit their column and never repeat, whatever is asked", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 60 }), (labels) => {
      const keys: string[] = [];
      for (const label of labels) keys.push(questionKey(label, keys));
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
    }),
  );
});
