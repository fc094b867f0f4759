import { expect, test } from "vitest";
import { inertCell } from "@/lib/files/csv";
import { instantOf } from "@/lib/time/instant";
import { readCursor, writeCursor } from "./audit-cursor";

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%x"])(
  "%j is no formula any more",
  (text) => {
    expect(inertCell(text)).toBe(`'${text}`);
  },
);

test("other words are left as they are", () => {
  expect(inertCell("Ana =1")).toBe("Ana =1");
  expect(inertCell("")).toBe("");
});

test("a place in the log is read as it was written, and rubbish is no place", () => {
  const place = { at: instantOf(1_795_000_000_123), sequence: 9_007_199_254_740_993n };
  expect(readCursor(writeCursor(place))).toEqual(place);
  for (const rubbish of [undefined, "", "1", "1-", "-1", "1-2-3", "a-b", "1-'", "9".repeat(40)])
    expect(readCursor(rubbish)).toBeUndefined();
});
