import { expect, test } from "vitest";
import type { Bucket, Series } from "./series";
import { seriesSheet, sheetCsv } from "./sheet";

const money = { unit: "money", currency: "SGD" } as const;
const buckets: readonly Bucket[] = [
  { key: "2026-10-01", label: "Oct", name: "October 2026", href: "/metrics/won_revenue?key=10" },
  { key: "2026-11-01", label: "Nov", name: "November 2026", partial: true },
];
const won: Series = { name: "Won revenue", values: [163_000_050, null], format: money };
const leads: Series = {
  name: "New leads",
  values: [554, 365],
  format: { unit: "count", currency: "SGD" },
};

test("a sheet holds what is drawn, in the order of the buckets, and says what is not over", () => {
  expect(seriesSheet(buckets, [won, undefined, leads])).toEqual({
    columns: [
      { name: "Period" },
      { name: "Won revenue", format: money },
      { name: "New leads", format: leads.format },
    ],
    rows: [
      {
        key: "2026-10-01",
        cells: ["October 2026", 163_000_050, 554],
        href: "/metrics/won_revenue?key=10",
      },
      { key: "2026-11-01", cells: ["November 2026, so far", null, 365] },
    ],
  });
});

test("a file of it has money in units of its currency, shares as they are, and nothing for nothing", () => {
  const rate: Series = {
    name: "Win rate",
    values: [0.631_5, null],
    format: { unit: "ratio", currency: "SGD" },
  };
  expect(sheetCsv(seriesSheet(buckets, [won, rate]), ["Won, and how"])).toBe(
    '\ufeff"Won, and how"\r\nPeriod,Won revenue (SGD),Win rate\r\nOctober 2026,1630000.50,0.6315\r\n"November 2026, so far",,\r\n',
  );
});

test("currencies without hundredths, and durations, say what they are in", () => {
  const sheet = {
    columns: [
      { name: "Team" },
      { name: "Won", format: { unit: "money", currency: "JPY" } },
      { name: "Cycle", format: { unit: "days", currency: "JPY" } },
    ],
    rows: [{ key: "a", cells: ["Japan", 1_200, 42.5] }],
  } as const;
  expect(sheetCsv(sheet)).toBe("\ufeffTeam,Won (JPY),Cycle (days)\r\nJapan,1200,42.5\r\n");
});

test("no cell of a file is taken for a formula, and a number below nothing stays a number", () => {
  const sheet = {
    columns: [{ name: "=Name" }, { name: "Change", format: money }],
    rows: [
      { key: "a", cells: ['=HYPERLINK("x")', -100] },
      { key: "b", cells: ["@sum", null] },
      { key: "c", cells: ['say "so"', 250] },
    ],
  };
  expect(sheetCsv(sheet, ["+about"]).split("\r\n")).toEqual([
    "\ufeff'+about",
    "'=Name,Change (SGD)",
    `"'=HYPERLINK(""x"")",-1`,
    "'@sum,",
    '"say ""so""",2.50',
    "",
  ]);
});
