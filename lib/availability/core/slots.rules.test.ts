import { describe, expect, test } from "vitest";
import {
  at,
  daily,
  datesOf,
  hostOf,
  queryOf,
  range,
  span,
  startsOf,
  why,
  zoneOf,
} from "@/lib/testing/slot-query";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { SlotQuery } from "./query";

describe("how far ahead", () => {
  test("two days ahead are today and the next two", () => {
    const query = queryOf({ now: at("2026-11-02T06:00Z"), horizon: { kind: "days", days: 2 } });
    expect(datesOf(query)).toEqual(["11-02", "11-03", "11-04"]);
  });

  test("business days are not used up by a weekend", () => {
    const query = queryOf({
      now: at("2026-11-06T06:00Z"),
      horizon: { kind: "business-days", days: 1 },
    });
    expect(datesOf(query)).toEqual(["11-06", "11-07", "11-08", "11-09"]);
  });

  test("bookable days skip the days on which nobody can be met", () => {
    const query = queryOf({
      horizon: { kind: "bookable-days", days: 3 },
      hosts: [hostOf({ weekly: [2, 4, 5, 6].map((day) => ({ day: day as 2, ...range(9, 17) })) })],
    });
    expect(datesOf(query)).toEqual(["11-03", "11-05", "11-06"]);
    expect(why(query, "2026-11-07T09:00Z")).toBe("too-far");
  });

  test("the last date of an open period is included", () => {
    const date = "2026-11-04" as CalendarDate;
    expect(datesOf(queryOf({ horizon: { kind: "until", date } }))).toEqual([
      "11-02",
      "11-03",
      "11-04",
    ]);
  });

  test("the last day of all calendars is a legal end, and a window is at most ten years", () => {
    const horizon = { kind: "until", date: "9999-12-31" as CalendarDate } as const;
    expect(datesOf(queryOf({ horizon }))).toHaveLength(8);
    const window = span("2026-11-02T00:00Z", "2046-11-02T00:00Z");
    expect(() => startsOf(queryOf({ window }))).toThrow(/^window:/);
    expect(datesOf(queryOf({ window, horizon: { kind: "days", days: 3 } }))).toHaveLength(3);
  });

  test("the days of a horizon are those of the first host unless it names a zone", () => {
    const now = at("2026-11-02T22:30Z");
    const horizon = { kind: "days", days: 0 } as const;
    const weekly = daily(0, 24);
    const hosts = [hostOf({ zone: zoneOf("Asia/Tokyo"), weekly })];
    expect(startsOf(queryOf({ now, horizon, hosts })).at(-1)).toBe("2026-11-03T14:00");
    const inUtc = { ...horizon, zone: zoneOf("UTC") };
    expect(startsOf(queryOf({ now, horizon: inUtc, hosts }))).toEqual(["2026-11-02T23:00"]);
  });
});

describe("limits", () => {
  const booked = [
    span("2026-11-03T08:00Z", "2026-11-03T09:00Z"),
    span("2026-11-04T08:00Z", "2026-11-04T09:30Z"),
  ];
  const limited = (limit: NonNullable<SlotQuery["limits"]>[number]) =>
    queryOf({ limits: [limit], hosts: [hostOf({ booked })] });

  test("a day's limit closes that day only", () => {
    expect(datesOf(limited({ per: "day", count: 1 }))).not.toContain("11-03");
    expect(datesOf(limited({ per: "day", count: 1 }))).toContain("11-02");
  });

  test("a week's limit runs from Monday to Sunday", () => {
    expect(datesOf(limited({ per: "week", count: 2 }))).toEqual(["11-09"]);
  });

  test("minutes count the meeting that is asked for", () => {
    expect(datesOf(limited({ per: "day", minutes: 149 }))).not.toContain("11-04");
    expect(datesOf(limited({ per: "day", minutes: 150 }))).toContain("11-04");
  });

  test("a month and a year are the host's", () => {
    expect(datesOf(limited({ per: "month", count: 2 }))).toEqual([]);
    expect(datesOf(limited({ per: "year", count: 3 }))).toHaveLength(8);
  });

  test("a limit of nothing offers nothing", () => {
    expect(datesOf(limited({ per: "day", count: 0 }))).toEqual([]);
  });

  test("without a list of meetings busy time is counted, the same entry once", () => {
    const meeting = span("2026-11-03T08:00Z", "2026-11-03T09:00Z");
    const hosts = [hostOf({ busy: [meeting, { ...meeting }] })];
    expect(datesOf(queryOf({ limits: [{ per: "day", count: 2 }], hosts }))).toContain("11-03");
  });
});
