import { describe, expect, test } from "vitest";
import { changeOf, figureParts, figureText, intervalOf, reasonText } from "./figure-text";

const SGD = { currency: "SGD" } as const;
const short = { ...SGD, short: true } as const;

describe("a figure in words", () => {
  test.each([
    [365, "count", SGD, "365"],
    [12_345, "count", SGD, "12,345"],
    [165_166_300, "money", SGD, "S$1,651,663"],
    [165_166_300, "money", short, "S$1.65\u202fM"],
    [-23_700_000, "money", short, "−S$237\u202fk"],
    [515_000_000, "money", { ...short, signed: true }, "+S$5.15\u202fM"],
    [16_100_000, "money_per_day", SGD, "S$161\u202fk/day"],
    [364_000_000, "money", { currency: "JPY", short: true }, "¥364\u202fM"],
    [0.1294, "ratio", SGD, "12.9\u202f%"],
    [0.684, "ratio", short, "68\u202f%"],
    [0.304, "ratio", { ...SGD, signed: true }, "+30.4\u202f%"],
    [-0.0001, "ratio", SGD, "0.0\u202f%"],
    [42, "days", SGD, "42\u202fd"],
    [47.994, "days", SGD, "48\u202fd"],
    [0.8, "days", SGD, "0.8\u202fd"],
    [26, "minutes", SGD, "26\u202fmin"],
    [59.7, "minutes", SGD, "1.0\u202fh"],
    [132, "minutes", SGD, "2.2\u202fh"],
    [2_460, "minutes", SGD, "41\u202fh"],
    [1.4, "hours", SGD, "1.4\u202fh"],
    [2.01, "number", { ...SGD, suffix: "×" }, "2.01×"],
  ] as const)("%s in %s is written for people", (value, unit, look, text) => {
    expect(figureText(value, unit, look)).toBe(text);
  });

  test("never says nothing at all of something small, nor everything of almost everything", () => {
    expect(figureText(0.004, "ratio", short)).toBe("0.4\u202f%");
    expect(figureText(0.996, "ratio", short)).toBe("99.6\u202f%");
    expect(figureText(0, "ratio", short)).toBe("0\u202f%");
    expect(figureText(1, "ratio", short)).toBe("100\u202f%");
  });

  test("is a dash with a reason where there is none, never 0", () => {
    expect(figureText({ value: null }, "ratio", SGD)).toBe("–");
    expect(reasonText("nothing-counted")).toBe("Nothing to count in this range");
    expect(reasonText(undefined)).toBeUndefined();
  });

  test("follows the reader's language", () => {
    expect(figureText(0.1294, "ratio", { ...SGD, locale: "de" })).toBe("12,9\u202f%");
    const german = { currency: "EUR", short: true, locale: "de" } as const;
    expect(figureText(165_166_300, "money", german)).toMatch(/^1,65\s.*€$/u);
  });
});

describe("the parts of a figure", () => {
  test.each([
    [165_166_300, "money", { before: "S$", number: "1.65", after: "\u202fM" }],
    [365, "count", { before: "", number: "365", after: "" }],
    [0.129, "ratio", { before: "", number: "12.9", after: "\u202f%" }],
    [42, "days", { before: "", number: "42", after: "\u202fdays" }],
    [-0.304, "ratio", { before: "", number: "−30.4", after: "\u202f%" }],
    [-23_700_000, "money", { before: "−S$", number: "237", after: "\u202fk" }],
    [16_100_000, "money_per_day", { before: "S$", number: "161", after: "\u202fk/day" }],
  ] as const)("of %s in %s", (value, unit, parts) => {
    const look = unit === "ratio" || unit === "days" ? SGD : short;
    expect(figureParts(value, unit, look)).toEqual(parts);
  });

  test("of no figure are a dash", () => {
    expect(figureParts(null, "money", SGD)).toEqual({ before: "", number: "–", after: "" });
  });
});

describe("a change", () => {
  const count = { unit: "count", better: "higher", ...SGD } as const;

  test("is percent of the former figure, and good in the better direction", () => {
    expect(changeOf(365, 339, count)).toEqual({
      way: "up",
      tone: "good",
      text: "7.7\u202f%",
      words: "up 7.7\u202f%, better",
    });
    expect(changeOf(46, 43, { ...count, better: "lower" })).toMatchObject({
      way: "up",
      tone: "bad",
      words: "up 7.0\u202f%, worse",
    });
    expect(changeOf(46, 43, { ...count, better: "neither" })?.tone).toBe("plain");
  });

  test("of a ratio is points, of a duration its time", () => {
    const ratio = { unit: "ratio", better: "higher", ...SGD } as const;
    expect(changeOf(0.129, 0.149, ratio)?.text).toBe("2.0\u202fpp");
    expect(changeOf(0.1, 0, ratio)?.text).toBe("10.0\u202fpp");
    const days = { unit: "days", better: "lower", ...SGD } as const;
    expect(changeOf(42.8, 42, days)).toMatchObject({ text: "0.8\u202fd", tone: "bad" });
  });

  test("from nothing to something is new, never a percentage", () => {
    expect(changeOf(5, 0, count)).toMatchObject({ way: "new", text: "new" });
    expect(changeOf(0, 0, count)?.way).toBe("same");
    expect(changeOf(0, 5, count)?.text).toBe("100.0\u202f%");
  });

  test("from below zero is the step itself", () => {
    const money = { unit: "money", better: "higher", ...SGD } as const;
    expect(changeOf(5_000_000, -5_000_000, money)?.text).toBe("S$100\u202fk");
  });

  test("that rounds away is none", () => {
    expect(changeOf(100_001, 100_000, count)).toMatchObject({ way: "same", text: "no change" });
  });

  test("is not told where one of the two is missing", () => {
    expect(changeOf({ value: null }, 5, count)).toBeNull();
    expect(changeOf(5, null, count)).toBeNull();
  });
});

describe("the interval of a share", () => {
  test("is shown of few, and not of enough", () => {
    const cell = { value: 0.35, n: 20, hits: 7 };
    expect(intervalOf(cell, SGD, 30)).toEqual({ low: "18\u202f%", high: "57\u202f%" });
    expect(intervalOf({ ...cell, n: 200, hits: 70 }, SGD, 30)).toBeNull();
    expect(intervalOf({ value: 12, n: 3 }, SGD, 30)).toBeNull();
  });
});
