import { expect, test } from "vitest";
import { sentenceOf } from "./sentence";
import type { Bucket } from "./series";

const buckets = (partial: boolean): readonly Bucket[] =>
  ["Sep", "Oct", "Nov"].map((name) => ({
    key: name,
    label: name,
    name,
    partial: partial && name === "Nov",
  }));
const won = (...values: (number | null)[]) => ({
  name: "Won revenue",
  values,
  format: { unit: "money", currency: "SGD" } as const,
});

test.each([
  [
    [null, 120_000_000, 165_000_000],
    true,
    "Won revenue rose from S$1.20\u202fM in Oct to S$1.65\u202fM so far in Nov.",
  ],
  [
    [200_000_000, null, 165_000_000],
    false,
    "Won revenue fell from S$2.00\u202fM in Sep to S$1.65\u202fM in Nov.",
  ],
  [[1_000, 5_000, 1_000], false, "Won revenue was S$10 in Nov, as in Sep."],
  [[null, null, 1_000], true, "Won revenue is S$10 so far in Nov."],
  [[null, 1_000, null], false, "Won revenue was S$10 in Oct."],
  [[null, null, null], false, "Won revenue has no figures in this range."],
] as const)("%s, unfinished: %s", (values, partial, sentence) => {
  expect(sentenceOf(won(...values), buckets(partial))).toBe(sentence);
});
