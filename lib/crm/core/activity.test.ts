import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf, parseInstant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { dayPartOf, dueAtOf, dueDayOf, isAnswer, remindAtOf } from "./activity";
import { whoseOf } from "./my-day";

const at = (iso: string): Instant => parseInstant(iso) ?? instantOf(0);
const berlin = "Europe/Berlin" as TimeZone;
const day = (date: string, minute: number | null) => ({ day: date as CalendarDate, minute });

test("a whole day is due at its end and belongs to its day, also where the clock changes", () => {
  const due = dueAtOf(day("2026-10-25", null), berlin);
  expect(due).toBe(at("2026-10-25T23:00:00Z"));
  expect(dueDayOf({ dueAt: due, allDay: true }, berlin)).toBe("2026-10-25");
});

test("a time the clock skips is the first moment after it, and of two the earlier", () => {
  expect(dueAtOf(day("2026-03-29", 150), berlin)).toBe(at("2026-03-29T01:00:00Z"));
  expect(dueAtOf(day("2026-10-25", 150), berlin)).toBe(at("2026-10-25T00:30:00Z"));
});

test("a reminder comes minutes before its time, in the morning of a whole day, or never", () => {
  expect(remindAtOf(day("2026-11-23", 600), 15, berlin)).toBe(at("2026-11-23T08:45:00Z"));
  expect(remindAtOf(day("2026-11-23", null), 15, berlin)).toBe(at("2026-11-23T08:00:00Z"));
  expect(remindAtOf(day("2026-11-23", 600), null, berlin)).toBeNull();
});

test("what is due is late, today, within seven days, or later, on the reader's clock", () => {
  const now = at("2026-11-23T12:00:00Z");
  const part = (dueAt: Instant, allDay = false) => dayPartOf({ dueAt, allDay }, now, berlin);
  expect(part(now)).toBe("overdue");
  expect(part(addMinutes(now, 1))).toBe("today");
  expect(part(dueAtOf(day("2026-11-23", null), berlin), true)).toBe("today");
  expect(part(dueAtOf(day("2026-11-22", null), berlin), true)).toBe("overdue");
  expect(part(dueAtOf(day("2026-11-24", 0), berlin))).toBe("week");
  expect(part(dueAtOf(day("2026-11-30", 600), berlin))).toBe("week");
  expect(part(dueAtOf(day("2026-12-01", 600), berlin))).toBe("later");
});

test("a person's call, meeting and mail are answers; tasks, machines and what comes in are none", () => {
  const done = {
    direction: null,
    human: true,
    doneAt: at("2026-11-23T12:00:00Z"),
    deletedAt: null,
  };
  expect(isAnswer({ ...done, kind: "call" })).toBe(true);
  expect(isAnswer({ ...done, kind: "call", direction: "in" })).toBe(true);
  expect(isAnswer({ ...done, kind: "mail", direction: "out" })).toBe(true);
  expect(isAnswer({ ...done, kind: "mail", direction: "in" })).toBe(false);
  expect(isAnswer({ ...done, kind: "task" })).toBe(false);
  expect(isAnswer({ ...done, kind: "mail", human: false })).toBe(false);
  expect(isAnswer({ ...done, kind: "call", doneAt: null })).toBe(false);
  expect(isAnswer({ ...done, kind: "call", deletedAt: done.doneAt })).toBe(false);
});

test("an address names whose day it is; what is no id is one's own", () => {
  expect(whoseOf("all")).toEqual({ kind: "everybody" });
  expect(whoseOf("0198c000-0000-7000-8000-000000000000")).toMatchObject({ kind: "one" });
  for (const other of [undefined, "", "mine", "' OR 1=1"])
    expect(whoseOf(other)).toEqual({ kind: "mine" });
});
