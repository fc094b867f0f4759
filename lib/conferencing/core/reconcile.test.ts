import { expect, test } from "vitest";
import { compareOnline } from "./reconcile";

const at = (externalId: string, key: string | null) => ({ externalId, key, start: null });
const ours = (id: string, state: "ready" | "gone" | "wanted", externalId: string | null) => ({
  id,
  state,
  externalId,
  isDue: true,
});

test("what was ours and nobody wants is an orphan, and so is a twin", () => {
  const listed = [at("1", "a"), at("2", "b"), at("3", "b"), at("4", "c")];
  const known = [ours("a", "gone", null), ours("b", "ready", "2"), ours("c", "ready", "4")];
  expect(compareOnline(listed, known)).toEqual({ orphans: ["1", "3"], vanished: [] });
});

test("what somebody made by hand, or another installation, is left alone", () => {
  expect(compareOnline([at("1", null), at("2", "unknown")], [])).toEqual({
    orphans: [],
    vanished: [],
  });
});

test("what should be there and is not has vanished; an open wish has not", () => {
  const known = [
    ours("a", "ready", "1"),
    ours("b", "wanted", "2"),
    { ...ours("c", "ready", "3"), isDue: false },
  ];
  expect(compareOnline([], known)).toEqual({ orphans: [], vanished: ["a"] });
});

test("a meeting made anew under another name is no twin of one that is gone", () => {
  expect(compareOnline([at("2", "a")], [ours("a", "ready", "1")])).toEqual({
    orphans: [],
    vanished: ["a"],
  });
});
