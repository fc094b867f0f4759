import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import { bucketStart } from "./buckets";
import { TIME_SPLITS } from "./fact";
import { bucketName, bucketNamed } from "./group-key";
import { parseRecordCursor } from "./record";
import { inUnits, metricQuery, recordsQuery } from "./wire";

const day = (text: string) => text as CalendarDate;

describe("names of buckets", () => {
  test("are those people write: days, ISO weeks, months, quarters and years", () => {
    expect(bucketName("day", day("2017-03-05"), 1)).toBe("2017-03-05");
    expect(bucketName("week", day("2017-01-02"), 1)).toBe("2017-W01");
    // The first of January of 2017 and of 2021 lie in the last week of the year before, which has 52, and 53.
    expect(bucketName("week", day("2016-12-26"), 1)).toBe("2016-W52");
    expect(bucketName("week", day("2020-12-28"), 1)).toBe("2020-W53");
    expect(bucketName("month", day("2017-03-01"), 1)).toBe("2017-03");
    expect(bucketName("quarter", day("2017-04-01"), 1)).toBe("2017-Q2");
    expect(bucketName("year", day("2017-01-01"), 1)).toBe("2017");
  });

  test("a business year from April is named after the year it begins in", () => {
    expect(bucketName("quarter", day("2017-04-01"), 4)).toBe("2017-Q1");
    expect(bucketName("quarter", day("2018-01-01"), 4)).toBe("2017-Q4");
    expect(bucketName("year", day("2017-04-01"), 4)).toBe("2017");
  });

  test("every bucket is found again by its name and by its first day", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 40_000 }),
        fc.constantFrom(...TIME_SPLITS),
        fc.integer({ min: 1, max: 12 }),
        (offset, split, fiscalStart) => {
          const start = bucketStart(split, addDays(day("1990-01-01"), offset), fiscalStart);
          const name = bucketName(split, start, fiscalStart);
          expect(bucketNamed(split, name, fiscalStart)).toBe(start);
          expect(bucketNamed(split, start, fiscalStart)).toBe(start);
        },
      ),
    );
  });

  test("what names no bucket is refused", () => {
    for (const [split, name] of [
      ["month", "2017-13"],
      ["quarter", "2017-Q5"],
      ["week", "2017-W53"],
      ["year", "17"],
      ["day", "2017-02-30"],
      ["month", "March"],
    ] as const) {
      expect(bucketNamed(split, name, 1)).toBeUndefined();
    }
  });
});

describe("questions of machines", () => {
  const wrong = (query: Record<string, string>) =>
    metricQuery.safeParse(query).error?.issues.map(({ path }) => path.join("."));

  test("name the field that is wrong", () => {
    expect(wrong({ from: "2017-02-30" })).toEqual(["from"]);
    expect(wrong({ to: "yesterday" })).toEqual(["to"]);
    expect(wrong({ from: "2017-02-02", to: "2017-02-01" })).toEqual(["to"]);
    expect(wrong({ by: "colour" })).toEqual(["by"]);
    expect(wrong({ by: "day", from: "1990-01-01", to: "2020-01-01" })).toEqual(["by"]);
    expect(metricQuery.safeParse({ colour: "red" }).success).toBe(false);
    expect(recordsQuery.safeParse({ cursor: "next" }).success).toBe(false);
    expect(recordsQuery.safeParse({ by: "team" }).success).toBe(false);
    expect(parseRecordCursor("1_x_")).toBeUndefined();
  });

  test("money is told in major units of its own currency, exactly", () => {
    expect(inUnits(1_000_553_400, "money", "USD")).toBe(10_005_534);
    expect(inUnits(5, "money", "JPY")).toBe(5);
    expect(inUnits(1_500, "money_per_day", "KWD")).toBe(1.5);
    expect(inUnits(0.6315, "ratio", "USD")).toBe(0.6315);
    expect(inUnits(null, "money", "USD")).toBeNull();
  });
});
