import { expect, test } from "vitest";
import { METRIC_IDS } from "@/lib/metrics/core/registry";
import { dictionarySections, matchesWords } from "./dictionary";

test("the dictionary holds every figure exactly once, and each in a part of its own", () => {
  const sections = dictionarySections();
  const ids = sections.flatMap((section) => section.ids);
  expect(ids.toSorted()).toEqual(METRIC_IDS.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
  expect(sections.map(({ part }) => part)).not.toContain("other");
});

test("a figure is found by any of its words, in any order", () => {
  const found = (asked: string) => METRIC_IDS.filter((id) => matchesWords(id, asked));
  expect(found("revenue won")).toContain("won_revenue");
  expect(found("won_revenue")).toContain("won_revenue");
  expect(found("MEDIAN cycle")).toContain("sales_cycle_days_median");
  expect(found("")).toHaveLength(METRIC_IDS.length);
  expect(found("no such thing")).toEqual([]);
});
