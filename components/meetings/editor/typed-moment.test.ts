import { expect, test } from "vitest";
import { instant } from "@/lib/testing/factories/meeting-row";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import { endAfter, momentAt, readTime, timeText } from "./typed-moment";

const berlin = "Europe/Berlin" as TimeZone;
const day = (text: string) => text as CalendarDate;

test("times are understood as people type them", () => {
  const typed = ["14:00", "14.05", "0930", "9", "2pm", "2:30 PM", "12 am", "12pm", "23h15"];
  expect(typed.map(readTime)).toEqual([840, 845, 570, 540, 840, 870, 0, 720, 1395]);
  expect(["", "25:00", "9:75", "13 pm", "noonish", "-1"].map(readTime)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  );
});

test("what is shown is understood again", () => {
  for (let minute = 0; minute < 1440; minute += 5) {
    expect(readTime(timeText(minute, 24))).toBe(minute);
    expect(readTime(timeText(minute, 12))).toBe(minute);
  }
});

test("a time the clock skips names the first one that exists", () => {
  expect(momentAt(day("2026-03-29"), 2 * 60 + 30, berlin)).toEqual({
    kind: "skipped",
    after: instant("2026-03-29T01:00:00Z"),
  });
});

test("a time the clock shows twice is two moments", () => {
  expect(momentAt(day("2026-10-25"), 2 * 60 + 30, berlin)).toEqual({
    kind: "twice",
    moments: [instant("2026-10-25T00:30:00Z"), instant("2026-10-25T01:30:00Z")],
  });
});

test("an end before the start is on the next day", () => {
  const start = instant("2026-11-24T22:00:00Z");
  expect(endAfter(start, day("2026-11-24"), 30, berlin)).toBe(instant("2026-11-24T23:30:00Z"));
  expect(endAfter(start, day("2026-11-24"), 23 * 60 + 30, berlin)).toBe(
    instant("2026-11-24T22:30:00Z"),
  );
});
