import { expect, test } from "vitest";
import type { CalendarDate, MinuteOfDay } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { absenceDates, absenceProblem, absenceSpan } from "./absence";

const berlin = "Europe/Berlin" as TimeZone;
const dates = (from: string, to: string, fromMinute?: number, toMinute?: number) => ({
  from: from as CalendarDate,
  to: to as CalendarDate,
  fromMinute: (fromMinute ?? null) as MinuteOfDay | null,
  toMinute: (toMinute ?? null) as MinuteOfDay | null,
});
const spanOf = (...given: Parameters<typeof dates>) => {
  const span = absenceSpan(dates(...given), berlin);
  return span.ok ? [toIso(span.value.from), toIso(span.value.to)] : span.refusal;
};

test("whole days reach from midnight to midnight of the person's own calendar, clock changes and all", () => {
  expect(spanOf("2026-10-24", "2026-10-25")).toEqual([
    "2026-10-23T22:00:00.000Z",
    "2026-10-25T23:00:00.000Z",
  ]);
});

test("a time that comes twice is taken so that the absence is the longer one", () => {
  expect(spanOf("2026-10-25", "2026-10-25", 150, 160)).toEqual([
    "2026-10-25T00:30:00.000Z",
    "2026-10-25T01:40:00.000Z",
  ]);
});

test.each([
  ["an end before the beginning", dates("2026-11-24", "2026-11-23"), "ends-before", "to"],
  ["no length", dates("2026-11-24", "2026-11-24", 600, 600), "ends-before", "to"],
  ["a time the clock skips", dates("2026-03-29", "2026-03-30", 150), "no-such-time", "fromMinute"],
  ["forty years", dates("2026-11-24", "2066-11-24"), "too-long", "to"],
])("%s is refused beside its field", (_what, given, refusal, field) => {
  expect(absenceSpan(given, berlin)).toEqual({ ok: false, refusal });
  expect(absenceProblem(refusal)?.field).toBe(field);
});

test("an absence is shown with the dates it was entered with", () => {
  for (const given of [
    dates("2026-10-24", "2026-10-25"),
    dates("2026-03-29", "2026-03-29"),
    dates("2026-11-24", "2026-11-26", 780, 600),
  ]) {
    const span = absenceSpan(given, berlin);
    if (!span.ok) throw new Error(span.refusal);
    expect(absenceDates(span.value, berlin)).toEqual(given);
  }
  expect(absenceProblem("no-such-link")).toBeUndefined();
});
