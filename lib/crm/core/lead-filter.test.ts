import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { parseSpan, SPAN_PRESETS, spanOf, spanText } from "./day-span";
import type { LeadFilter } from "./lead-filter";
import {
  EVERYTHING,
  isEverything,
  LEAD_FLAGS,
  LEAD_SORTS,
  leadFilterQuery,
  parseLeadFilter,
  parseSort,
  sortText,
} from "./lead-filter";

const read = (address: string): LeadFilter => parseLeadFilter(new URLSearchParams(address));
const OWNER = "0195a3c2-7d11-7000-8000-00000000000a";

test("an address without a filter asks for everything", () => {
  expect(read("")).toEqual(EVERYTHING);
  expect(isEverything(read("deal=1&sort=name"))).toBe(true);
});

test("values of one field are alternatives, each once, and what is not understood is left out", () => {
  const filter = read(
    `kind=opportunity&kind=opportunity&kind=sheep&owner=me&owner=none&owner=${OWNER.toUpperCase()}&country=SG&country=sg&is=overdue&is=huge`,
  );
  expect(filter).toMatchObject({
    kind: ["opportunity"],
    owner: ["me", "none", OWNER],
    country: ["SG"],
    is: ["overdue"],
  });
});

test.each([
  ["1000..50000", { least: 1_000, most: 50_000 }],
  ["..50000", { least: null, most: 50_000 }],
  ["1000..", { least: 1_000, most: null }],
  ["..", null],
  ["many", null],
])("an amount of %s is %j", (said, amount) => {
  expect(read(`amount=${said}`).amount).toEqual(amount);
});

test("fields of the workspace's own are asked for by their key", () => {
  expect(read("custom.region=North&custom.DROP=1&custom.seats=").custom).toEqual([
    { key: "region", value: "North" },
  ]);
});

const uuids = fc.uniqueArray(fc.uuid(), { maxLength: 4 });
const filters = fc.record({
  q: fc.constantFrom("", "dalton bakeries", "a@b.example & co"),
  kind: fc.subarray(["lead", "opportunity"] as const),
  status: fc.subarray(["open", "won", "lost", "junked"] as const),
  stage: uuids,
  owner: uuids.map((ids) => ["me", ...ids]),
  team: uuids,
  source: uuids.map((ids) => [...ids, "none"]),
  product: uuids,
  reason: uuids,
  currency: fc.subarray(["SGD", "EUR"]),
  country: fc.subarray(["SG", "ID", "JP"]),
  industry: fc.subarray(["Food & drink", "Rail, road"]),
  tag: fc.subarray(["vip", "50 %", "a=b"]),
  company: uuids,
  is: fc.subarray([...LEAD_FLAGS]),
  amount: fc.constantFrom(null, { least: 5, most: null }, { least: null, most: 9_000 }),
  spans: fc.constantFrom(
    {},
    { created: { preset: "last-30" as const }, closed: { unset: true as const } },
  ),
  custom: fc.constantFrom([], [{ key: "region", value: "North & South" }]),
});

test("an address says all of a filter: read back it is the same", () => {
  fc.assert(
    fc.property(filters, (filter) => {
      const query = leadFilterQuery(filter);
      expect(parseLeadFilter(new URLSearchParams(query.toString()))).toEqual(filter);
    }),
  );
});

test("an order is read back the way it was written", () => {
  for (const key of LEAD_SORTS)
    for (const descending of [true, false])
      expect(parseSort(sortText({ key, descending }))).toEqual({ key, descending });
  expect(parseSort("-shoe-size")).toBeUndefined();
  expect(parseSort(null)).toBeUndefined();
});

describe("days", () => {
  // A Saturday.
  const today = "2026-11-21" as CalendarDate;

  test.each([
    ["today", "2026-11-21", "2026-11-22"],
    ["this-week", "2026-11-16", "2026-11-23"],
    ["last-week", "2026-11-09", "2026-11-16"],
    ["this-month", "2026-11-01", "2026-12-01"],
    ["next-month", "2026-12-01", "2027-01-01"],
    ["this-quarter", "2026-10-01", "2027-01-01"],
    ["last-quarter", "2026-07-01", "2026-10-01"],
    ["next-quarter", "2027-01-01", "2027-04-01"],
    ["this-year", "2026-01-01", "2027-01-01"],
    ["last-year", "2025-01-01", "2026-01-01"],
    ["last-30", "2026-10-23", "2026-11-22"],
    ["past", null, "2026-11-21"],
    ["2026-11-01..2026-11-20", "2026-11-01", "2026-11-21"],
    ["..2026-11-20", null, "2026-11-21"],
  ])("%s is from %s up to %s", (said, from, to) => {
    const choice = parseSpan(said);
    expect(choice && spanOf(choice, today)).toEqual({ from, to });
  });

  test.each(["", "..", "2026-11-20..2026-11-01", "2026-02-30..", "soon", "a..b", "2026-01-01"])(
    "%j is no span",
    (said) => {
      expect(parseSpan(said)).toBeUndefined();
    },
  );

  test("each preset is written as it is read, and none set is a choice too", () => {
    for (const said of [...SPAN_PRESETS, "none"]) {
      const choice = parseSpan(said);
      expect(choice && spanText(choice)).toBe(said);
    }
    expect(spanOf({ unset: true }, today)).toBeUndefined();
  });
});
