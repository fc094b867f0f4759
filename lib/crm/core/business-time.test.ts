import fc from "fast-check";
import { expect, test } from "vitest";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { instantOf, MINUTE_MS, parseInstant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { calendarDateAt, dayOfWeek, minuteOfDayAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import type { DailyHours, WorkingHours } from "./business-time";
import { addWorkingMinutes, isWorking, nextOpening, workingMinutes } from "./business-time";

const at = (iso: string): Instant => parseInstant(iso) ?? instantOf(0);
const zone = (name: string) => name as TimeZone;
const office = (name: string, holidays: readonly string[] = []): WorkingHours => ({
  zone: zone(name),
  hours: ([1, 2, 3, 4, 5] as const).map((day) => ({ day, fromMinute: 540, toMinute: 1020 })),
  holidays: new Set(holidays as readonly CalendarDate[]),
});

/** Minute by minute, by asking the wall clock: slow, and hard to get wrong. */
function naiveIsWorking({ zone: of, hours, holidays }: WorkingHours, moment: Instant): boolean {
  if (hours.length === 0) return true;
  const date = calendarDateAt(of, moment);
  const minute = minuteOfDayAt(of, moment);
  return (
    !holidays.has(date) &&
    hours.some(
      ({ day, fromMinute, toMinute }) =>
        day === dayOfWeek(date) && fromMinute <= minute && minute < toMinute,
    )
  );
}

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "America/Havana",
  "UTC",
];
// Around the days on which clocks change, which a random year would seldom meet.
const STARTS = [
  "2026-03-06T00:00:00Z",
  "2026-03-27T00:00:00Z",
  "2026-10-23T00:00:00Z",
  "2026-10-30T00:00:00Z",
  "2026-04-03T00:00:00Z",
  "2026-12-30T00:00:00Z",
];

const minutesOfDay = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .filter(([from, to]) => from < to);
const hours: fc.Arbitrary<DailyHours> = fc
  .tuple(fc.integer({ min: 0, max: 6 }), minutesOfDay)
  .map(([day, [fromMinute, toMinute]]) => ({ day: day as DayOfWeek, fromMinute, toMinute }));
const days = STARTS.flatMap((start) =>
  [0, 1, 2, 3, 4].map((later) =>
    calendarDateAt(zone("UTC"), instantOf(at(start) + later * 86_400_000)),
  ),
);
const times: fc.Arbitrary<WorkingHours> = fc.record({
  zone: fc.constantFrom(...ZONES).map(zone),
  hours: fc.array(hours, { maxLength: 8 }),
  holidays: fc.subarray(days, { maxLength: 3 }).map((some) => new Set(some)),
});
const start = fc
  .tuple(fc.constantFrom(...STARTS), fc.integer({ min: 0, max: 3 * 1440 }))
  .map(([iso, minutes]) => instantOf(at(iso) + minutes * MINUTE_MS));

test("working minutes are those that a minute-by-minute look at the wall clock counts", () => {
  fc.assert(
    fc.property(times, start, fc.integer({ min: 0, max: 4 * 1440 }), (team, from, length) => {
      let counted = 0;
      for (let minute = 0; minute < length; minute += 1)
        if (naiveIsWorking(team, instantOf(from + minute * MINUTE_MS))) counted += 1;
      return workingMinutes(team, from, instantOf(from + length * MINUTE_MS)) === counted;
    }),
    { numRuns: 300 },
  );
});

test("a promise is due when exactly its working minutes have passed, and not a minute sooner", () => {
  fc.assert(
    fc.property(times, start, fc.integer({ min: 1, max: 5_000 }), (team, from, minutes) => {
      const due = addWorkingMinutes(team, from, minutes);
      if (due === undefined) return team.hours.length > 0;
      return (
        workingMinutes(team, from, due) === minutes &&
        workingMinutes(team, from, instantOf(due - 1)) === minutes - 1
      );
    }),
    { numRuns: 300 },
  );
});

test("time adds up wherever it is cut", () => {
  const cut = fc.integer({ min: 0, max: 6 * 1440 });
  fc.assert(
    fc.property(times, start, cut, cut, (team, from, a, b) => {
      const middle = instantOf(from + Math.min(a, b) * MINUTE_MS);
      const to = instantOf(from + Math.max(a, b) * MINUTE_MS);
      return (
        workingMinutes(team, from, middle) + workingMinutes(team, middle, to) ===
        workingMinutes(team, from, to)
      );
    }),
  );
});

test("a team works at the moments the wall clock says", () => {
  fc.assert(
    fc.property(
      times,
      start,
      (team, moment) => isWorking(team, moment) === naiveIsWorking(team, moment),
    ),
    { numRuns: 500 },
  );
});

test("a lead of Friday evening is answered within the hour on Monday morning", () => {
  const berlin = office("Europe/Berlin");
  const friday = at("2026-11-20T17:30:00Z");
  expect(addWorkingMinutes(berlin, friday, 60)).toBe(at("2026-11-23T09:00:00Z"));
  expect(nextOpening(berlin, friday)).toBe(at("2026-11-23T08:00:00Z"));
  expect(workingMinutes(berlin, friday, at("2026-11-23T08:30:00Z"))).toBe(30);
});

test("a holiday does not count, and a team without hours works through it", () => {
  const christmas = ["2026-12-25"];
  const eve = at("2026-12-24T15:30:00Z");
  expect(addWorkingMinutes(office("Europe/Berlin", christmas), eve, 60)).toBe(
    at("2026-12-28T08:30:00Z"),
  );
  const always = { ...office("Europe/Berlin", christmas), hours: [] };
  expect(addWorkingMinutes(always, eve, 60)).toBe(at("2026-12-24T16:30:00Z"));
});

test("hours of the night are two where the clock skips one, and four where it repeats one", () => {
  const night: WorkingHours = {
    zone: zone("Europe/Berlin"),
    hours: [{ day: 0, fromMinute: 60, toMinute: 240 }],
    holidays: new Set(),
  };
  const sunday = (day: string) =>
    workingMinutes(night, at(`${day}T00:00:00Z`), at(`${day}T12:00:00Z`));
  expect(workingMinutes(night, at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z"))).toBe(120);
  expect(workingMinutes(night, at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z"))).toBe(240);
  expect(sunday("2026-06-07")).toBe(120);
});

test("ten years are counted in a few milliseconds", () => {
  const team = office("America/New_York");
  const began = performance.now();
  for (let round = 0; round < 10; round += 1)
    workingMinutes(team, at("2016-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"));
  expect((performance.now() - began) / 10).toBeLessThan(40);
});
