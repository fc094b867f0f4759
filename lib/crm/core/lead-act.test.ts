import { expect, test } from "vitest";
import type { Instant } from "@/lib/time/instant";
import type { Lead } from "./lead";
import { decide } from "./lead-act";

const tagged = (...tags: string[]): Lead =>
  ({
    id: "it",
    kind: "lead",
    status: "open",
    tags,
    mergedInto: null,
    deletedAt: null,
  }) as unknown as Lead;

const tag = (lead: Lead, add: readonly string[], remove: readonly string[] = []) =>
  decide(lead, { kind: "tag", add, remove }, { stages: [], now: 0 as Instant });

test("tags are added after those it has and taken from among them", () => {
  expect(tag(tagged("fair", "hot"), ["asia"], ["fair"])).toEqual({
    ok: true,
    value: { tags: ["hot", "asia"] },
  });
});

test("a tag it has is not added again, whatever its case, and keeps its spelling", () => {
  expect(tag(tagged("Fair"), ["fair", "New", "new"])).toEqual({
    ok: true,
    value: { tags: ["Fair", "New"] },
  });
  expect(tag(tagged("Fair"), ["FAIR"])).toEqual({ ok: false, refusal: "nothing-to-change" });
  expect(tag(tagged("Fair"), [], ["fair"])).toEqual({ ok: true, value: { tags: [] } });
});

test("a tag that is both added and taken stands as it was added", () => {
  expect(tag(tagged("fair"), ["Fair"], ["fair"])).toEqual({ ok: true, value: { tags: ["Fair"] } });
});

test("more than thirty tags are refused, and what has thirty can still lose one", () => {
  const thirty = Array.from({ length: 30 }, (_, at) => `t${at}`);
  expect(tag(tagged(...thirty), ["one more"])).toEqual({ ok: false, refusal: "too-many-tags" });
  expect(tag(tagged(...thirty), ["one more"], ["t0"])).toMatchObject({ ok: true });
  expect(tag(tagged(...thirty), [], ["t0"])).toMatchObject({ ok: true });
});

test("what was deleted is not tagged", () => {
  const gone = { ...tagged(), deletedAt: 1 as Instant };
  expect(tag(gone, ["hot"])).toEqual({ ok: false, refusal: "deleted" });
});
