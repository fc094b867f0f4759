import { expect, test } from "vitest";
import {
  foldText,
  searchQuery,
  soughtBy,
  typingDistance,
  wordsMeant,
  wordsOf,
} from "./search-words";

test("words are folded: no case, no accents, no signs", () => {
  expect(foldText("Müller ÉLAN")).toBe("muller elan");
  expect(wordsOf("Dalton-Bakeries (SG) Pte. Ltd; O’Neill")).toEqual([
    "dalton",
    "bakeries",
    "sg",
    "pte",
    "ltd",
    "o",
    "neill",
  ]);
  expect(wordsOf("株式会社ホシ　ロボット")).toEqual(["株式会社ホシ", foldText("ロボット")]);
});

test.each([
  ["D-7632", 7632],
  ["l-12", 12],
  ["#7632", 7632],
  ["7632", 7632],
])("%s is the number of a lead", (said, number) => {
  expect(soughtBy(said)).toMatchObject({ number, words: [] });
});

test("a phone is found from its beginning and, without its country, from its end", () => {
  const sought = soughtBy("0812 3456-789");
  expect(sought).toMatchObject({ number: undefined, phone: "8123456789" });
  expect(searchQuery(sought)).toBe("'8123456789':* | '~9876543218':*");
  expect(soughtBy("62812345").phone).toBe("62812345");
});

test("an address is looked for as it begins, words all together and each as a beginning", () => {
  expect(searchQuery(soughtBy("Renske.V@dal"))).toBe("'renske.v@dal':*");
  expect(searchQuery(soughtBy("o'neill a@b'c\\d bäk"))).toBe(
    "'a@b''c\\\\d':* & 'neill':* & 'bak':*",
  );
  expect(searchQuery(soughtBy("  "))).toBeUndefined();
});

test("a mistyped word stands for the words in use that are like it", () => {
  const like = new Map([["daltn", ["dalton", "dalten"]]]);
  expect(searchQuery(soughtBy("Daltn Bakeries"), like)).toBe(
    "('dalton' | 'dalten') & 'bakeries':*",
  );
});

test.each([
  ["dalton", "dalton", 0],
  ["daltn", "dalton", 1],
  ["dlaton", "dalton", 1],
  ["bakeris", "bakeries", 1],
  ["", "abc", 3],
])("from %s to %s it is %d", (one, other, steps) => {
  expect(typingDistance(one, other)).toBe(steps);
});

test("one slip is forgiven in a short word and two in a longer one; the nearest comes first", () => {
  const known = ["bakeries", "bakery", "bankers", "dalton", "walton", "energy"];
  expect(wordsMeant("bakeris", known)).toEqual(["bakeries", "bakery", "bankers"]);
  expect(wordsMeant("daltn", known)).toEqual(["dalton", "walton"]);
  expect(wordsMeant("xyz", known)).toEqual([]);
});
