import fc from "fast-check";
import { expect, test } from "vitest";
import type { Candidate } from "./pick-host";
import { pickHost } from "./pick-host";

test("ten thousand picks among equals stay within one of the ideal", () => {
  const counts = new Map(["ana", "ben", "cho"].map((id) => [id, 0]));
  for (let pick = 1; pick <= 10_000; pick++) {
    const id = pickHost([...counts].map(([host, assigned]) => ({ id: host, assigned, weight: 1 })));
    counts.set(id ?? "", (counts.get(id ?? "") ?? 0) + 1);
    const ideal = pick / counts.size;
    for (const count of counts.values()) expect(Math.abs(count - ideal)).toBeLessThanOrEqual(1);
  }
  expect(counts.size).toBe(3);
});

test("a host who was away for a while catches up, and then all are within one again", () => {
  const counts = new Map(["ana", "ben", "cho", "dev"].map((id) => [id, 0]));
  for (let pick = 1; pick <= 10_000; pick++) {
    // Each is away for another stretch; cho cannot ever catch up while away, but does afterwards.
    const isAway = (id: string) =>
      (id === "cho" && pick < 1_000) || (id === "ana" && pick >= 1_000 && pick < 1_500);
    const present = [...counts].filter(([id]) => !isAway(id));
    const id = pickHost(present.map(([host, assigned]) => ({ id: host, assigned, weight: 1 })));
    counts.set(id ?? "", (counts.get(id ?? "") ?? 0) + 1);
    const among = present.map(([host]) => counts.get(host) ?? 0);
    if (pick > 5_000)
      for (const count of among) expect(Math.abs(count - pick / 4)).toBeLessThanOrEqual(1);
  }
});

test("a weight of two takes two meetings for everybody else's one", () => {
  const counts = new Map([
    ["ana", 0],
    ["ben", 0],
  ]);
  for (let pick = 0; pick < 9_000; pick++) {
    const id = pickHost([
      { id: "ana", weight: 2, assigned: counts.get("ana") ?? 0 },
      { id: "ben", weight: 1, assigned: counts.get("ben") ?? 0 },
    ]);
    counts.set(id ?? "", (counts.get(id ?? "") ?? 0) + 1);
  }
  expect([...counts.values()]).toEqual([6_000, 3_000]);
});

test("weight zero is picked only when nobody else can be", () => {
  const spare = { id: "spare", weight: 0, assigned: 0 };
  expect(pickHost([spare, { id: "zoe", weight: 1, assigned: 99 }])).toBe("zoe");
  expect(pickHost([spare])).toBe("spare");
  expect(pickHost([])).toBeUndefined();
});

test("the order in which candidates are given does not matter", () => {
  const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      weight: fc.integer({ min: 0, max: 4 }),
      assigned: fc.nat(20),
    }),
    { selector: (candidate) => candidate.id, minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(candidates, (all) => {
      expect(pickHost([...all].reverse())).toBe(pickHost(all));
    }),
  );
});

test("a negative count is a bug of the caller", () => {
  expect(() => pickHost([{ id: "ana", weight: 1, assigned: -1 }])).toThrow(RangeError);
});
