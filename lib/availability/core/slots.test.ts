import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inServerZone } from "@/lib/testing/server-zone";
import type { Comparison } from "@/lib/testing/slot-case-file";
import { loadSlotCases } from "@/lib/testing/slot-case-file";
import { runSlotCase } from "@/lib/testing/slot-cases";

const SERVER_ZONES = [
  "UTC",
  "America/New_York",
  "Europe/Berlin",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
];

/** Deliberate differences; docs/decisions/0003-slot-policies.md says why. */
const NOT_ADOPTED: Readonly<Record<string, string>> = {
  C027: "a range may cross midnight",
  C080: "the day's grid is kept",
  C082: "hours begin when they begin",
  C087: "the offset does not change the interval",
  C089: "the day's grid is kept",
  C101: "the day's grid is kept",
  C107: "hours begin when they begin",
  C116: "hours begin when they begin",
  C117: "hours begin when they begin",
  C120: "hours begin when they begin",
  C123: "hours begin when they begin",
  C126: "hours begin when they begin",
};

const found = loadSlotCases();
if (found === undefined) {
  process.stdout.write(
    "The 70 shared availability cases did not run: ../shared/data is not here.\n",
  );
}
const cases = found ?? [];
const universal = cases.filter((c) => c.tags.includes("universal"));
const adopted = cases.filter((c) => NOT_ADOPTED[c.id] === undefined);

/** Dates with at least one start, out of a comparison of starts by date. */
const datesIn = (side: unknown): string[] =>
  Object.entries((side as { byInvitee: Record<string, string[]> }).byInvitee)
    .filter(([, starts]) => starts.length > 0)
    .map(([date]) => date);

const differs = ({ actual, expected }: Comparison) =>
  JSON.stringify(actual) !== JSON.stringify(expected);

test("the decision page lists every difference", () => {
  const page = readFileSync(
    new URL("../../../docs/decisions/0003-slot-policies.md", import.meta.url),
    "utf8",
  );
  const section = page.slice(page.indexOf("## Not ours"), page.indexOf("## Also decided"));
  expect(section.match(/C\d{3}/g)?.sort()).toEqual(Object.keys(NOT_ADOPTED).sort());
});

function sharedSuite(): void {
  describe.each(SERVER_ZONES)("on a server in %s", (zone) => {
    test.each(universal.map((c) => [c.id, c.name, c] as const))("%s holds: %s", (_id, _name, c) => {
      const { actual, expected } = inServerZone(zone, () => runSlotCase(c));
      expect(actual).toEqual(expected);
    });
  });

  describe("policies of the shared cases", () => {
    test("the shared file is complete", () => {
      expect(cases).toHaveLength(70);
      expect(universal.length).toBeGreaterThan(30);
      expect(universal.filter((c) => NOT_ADOPTED[c.id])).toEqual([]);
    });

    test.each(adopted.map((c) => [c.id, c.name, c] as const))("%s is adopted: %s", (_id, _n, c) => {
      const { actual, expected } = runSlotCase(c);
      expect(actual).toEqual(expected);
    });

    test("every case is adopted or a listed difference that really differs", () => {
      const known = new Set([...adopted.map((c) => c.id), ...Object.keys(NOT_ADOPTED)]);
      expect(cases.filter((c) => !known.has(c.id))).toEqual([]);
      expect(known.size).toBe(70);
      for (const c of cases.filter((one) => NOT_ADOPTED[one.id]))
        expect(differs(runSlotCase(c)), c.id).toBe(true);
    });

    test("where only the first minute differs, the dates on offer agree", () => {
      const aligned = cases.filter((c) => NOT_ADOPTED[c.id] === "hours begin when they begin");
      expect(aligned).toHaveLength(7);
      for (const c of aligned) {
        const { actual, expected } = runSlotCase(c);
        expect(datesIn(actual), c.id).toEqual(datesIn(expected));
      }
    });
  });
}

// Registered only with its cases: tests that loop over nothing would all be green.
if (found !== undefined) sharedSuite();
