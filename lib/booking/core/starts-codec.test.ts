import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeStarts, encodeStarts } from "@/lib/booking/core/starts-codec";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";

test("any ascending list of minutes comes back as it went", () => {
  const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 60_000_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(minutes, (list) => {
      const starts = list.sort((a, b) => a - b).map((minute) => instantOf(minute * MINUTE_MS));
      expect(decodeStarts(encodeStarts(starts))).toEqual(starts);
    }),
  );
});

test("sixty days of quarter-hours fit in a few hundred bytes", () => {
  const starts = Array.from({ length: 60 }, (_, day) =>
    Array.from({ length: 32 }, (__, slot) =>
      instantOf((29_600_000 + day * 1_440 + 540 + slot * 15) * MINUTE_MS),
    ),
  ).flat();
  expect(starts).toHaveLength(1_920);
  expect(encodeStarts(starts).length).toBeLessThan(600);
});
