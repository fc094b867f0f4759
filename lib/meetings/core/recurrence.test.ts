import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { lopsidedZone, propertyRuns } from "@/lib/testing/slot-arbitraries";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import { DAY_MS, MINUTE_MS, toIso } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import {
  addDays,
  calendarDateAt,
  dateOfUtcMidnight,
  dayOfWeek,
  minuteOfDayAt,
  offsetSpans,
  utcMidnight,
  wallToInstants,
} from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import type { LocalMoment, RecurrenceRule } from "./recurrence";
import {
  continuedFrom,
  endedBefore,
  firstDate,
  momentOfWall,
  occurrencesOf,
  planRule,
} from "./recurrence";
import { formatRule, parseRule } from "./rrule";

const zone = (name: string) => name as TimeZone;
const date = (text: string) => text as CalendarDate;
const wall = (day: string, clock = "09:00"): LocalMoment => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return { date: date(day), minute: minuteOfDayOf(hours * 60 + minutes) };
};
const BERLIN = zone("Europe/Berlin");
const times = (count: number) => ({ kind: "count", count }) as const;
const until = (day: string) => ({ kind: "until", date: date(day) }) as const;
const weekly = (days: readonly DayOfWeek[], more: Partial<RecurrenceRule> = {}): RecurrenceRule =>
  ({ freq: "weekly", interval: 1, days, weekStart: 1, end: times(4), ...more }) as RecurrenceRule;
const byDate = (day: number, more: Partial<RecurrenceRule> = {}): RecurrenceRule =>
  ({
    freq: "monthly",
    interval: 1,
    by: { kind: "date", day },
    end: times(4),
    ...more,
  }) as RecurrenceRule;
const byWeekday = (nth: 1 | 2 | 3 | 4 | 5 | -1, day: DayOfWeek, count = 4): RecurrenceRule => ({
  freq: "monthly",
  interval: 1,
  by: { kind: "weekday", nth, day },
  end: times(count),
});
const datesOf = (rule: RecurrenceRule, start: LocalMoment, where: TimeZone = BERLIN) =>
  occurrencesOf(rule, start, where).map((one) => one.date);
const momentsOf = (rule: RecurrenceRule, start: LocalMoment, where: TimeZone) =>
  occurrencesOf(rule, start, where).map((one) => toIso(one.start).slice(0, 16));

describe("which days a rule names", () => {
  test("every day, and every third", () => {
    const daily: RecurrenceRule = { freq: "daily", interval: 1, end: times(3) };
    expect(datesOf(daily, wall("2026-12-30"))).toEqual(["2026-12-30", "2026-12-31", "2027-01-01"]);
    expect(datesOf({ ...daily, interval: 3 }, wall("2026-12-30"))).toEqual([
      "2026-12-30",
      "2027-01-02",
      "2027-01-05",
    ]);
  });

  test("several days of a week, in their order, from the day it begins", () => {
    expect(datesOf(weekly([1, 3, 5]), wall("2026-11-25"))).toEqual([
      "2026-11-25",
      "2026-11-27",
      "2026-11-30",
      "2026-12-02",
    ]);
  });

  test("what every second week is depends on the day a week begins", () => {
    const fortnightly = (weekStart: DayOfWeek) => weekly([2, 0], { interval: 2, weekStart });
    // The example of RFC 5545 3.3.10.
    expect(datesOf(fortnightly(1), wall("1997-08-05"))).toEqual([
      "1997-08-05",
      "1997-08-10",
      "1997-08-19",
      "1997-08-24",
    ]);
    expect(datesOf(fortnightly(0), wall("1997-08-05"))).toEqual([
      "1997-08-05",
      "1997-08-17",
      "1997-08-19",
      "1997-08-31",
    ]);
  });

  test("months without a 31st are left out; the last day is in every month", () => {
    expect(datesOf(byDate(31), wall("2026-01-31"))).toEqual([
      "2026-01-31",
      "2026-03-31",
      "2026-05-31",
      "2026-07-31",
    ]);
    expect(datesOf(byDate(-1), wall("2027-12-31"))).toEqual([
      "2027-12-31",
      "2028-01-31",
      "2028-02-29",
      "2028-03-31",
    ]);
  });

  test("the 29th is left out of a short February only", () => {
    expect(datesOf(byDate(29, { end: times(3) }), wall("2027-01-29"))).toEqual([
      "2027-01-29",
      "2027-03-29",
      "2027-04-29",
    ]);
    expect(datesOf(byDate(29, { end: times(3) }), wall("2028-01-29"))).toEqual([
      "2028-01-29",
      "2028-02-29",
      "2028-03-29",
    ]);
  });

  test("the second Tuesday, the last Friday, and a fifth Monday where there is one", () => {
    expect(datesOf(byWeekday(2, 2), wall("2026-11-10"))).toEqual([
      "2026-11-10",
      "2026-12-08",
      "2027-01-12",
      "2027-02-09",
    ]);
    expect(datesOf(byWeekday(-1, 5), wall("2026-11-27"))).toEqual([
      "2026-11-27",
      "2026-12-25",
      "2027-01-29",
      "2027-02-26",
    ]);
    expect(datesOf(byWeekday(5, 1, 3), wall("2026-11-30"))).toEqual([
      "2026-11-30",
      "2027-03-29",
      "2027-05-31",
    ]);
  });

  test("the last day is included, whatever the hour", () => {
    const rule = weekly([2], { end: until("2026-12-08") });
    expect(datesOf(rule, wall("2026-11-24", "23:30"), zone("Pacific/Kiritimati"))).toEqual([
      "2026-11-24",
      "2026-12-01",
      "2026-12-08",
    ]);
  });

  test("a rule begins on its first day from the asked one on", () => {
    expect(firstDate(weekly([2]), date("2026-11-25"))).toBe("2026-12-01");
    expect(firstDate(byDate(30), date("2027-01-31"))).toBe("2027-03-30");
    expect(firstDate(byWeekday(-1, 5), date("2026-11-28"))).toBe("2026-12-25");
    expect(firstDate(weekly([]), date("2026-11-28"))).toBeUndefined();
  });
});

describe("the same time on the clock, all year", () => {
  test("Berlin and New York keep nine o'clock across the change", () => {
    const rule = weekly([1], { end: times(2) });
    expect(momentsOf(rule, wall("2027-03-22"), BERLIN)).toEqual([
      "2027-03-22T08:00",
      "2027-03-29T07:00",
    ]);
    expect(momentsOf(rule, wall("2027-03-08"), zone("America/New_York"))).toEqual([
      "2027-03-08T14:00",
      "2027-03-15T13:00",
    ]);
  });

  test("a time the spring skips is held an hour later on the clock that day, and only that day", () => {
    const rule: RecurrenceRule = { freq: "daily", interval: 1, end: times(3) };
    expect(momentsOf(rule, wall("2027-03-27", "02:30"), BERLIN)).toEqual([
      "2027-03-27T01:30",
      "2027-03-28T01:30",
      "2027-03-29T00:30",
    ]);
  });

  test("a time the autumn has twice is held at the first", () => {
    const rule: RecurrenceRule = { freq: "daily", interval: 1, end: times(2) };
    expect(momentsOf(rule, wall("2026-10-25", "02:30"), BERLIN)).toEqual([
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
  });

  test("Lord Howe moves by half an hour, and so does a time in its gap", () => {
    const lordHowe = zone("Australia/Lord_Howe");
    const rule: RecurrenceRule = { freq: "daily", interval: 1, end: times(2) };
    expect(momentsOf(rule, wall("2026-10-04", "02:15"), lordHowe)).toEqual([
      "2026-10-03T15:45",
      "2026-10-04T15:15",
    ]);
  });

  test("where a whole day was skipped, that day and the next are one", () => {
    const rule: RecurrenceRule = { freq: "daily", interval: 1, end: times(3) };
    expect(momentsOf(rule, wall("2011-12-29"), zone("Pacific/Apia"))).toEqual([
      "2011-12-29T19:00",
      "2011-12-30T19:00",
    ]);
  });

  test("an evening in Nuuk that the clock skips does not slip behind the last day", () => {
    const rule: RecurrenceRule = { freq: "daily", interval: 1, end: until("2026-03-28") };
    const nuuk = zone("America/Nuuk");
    expect(momentsOf(rule, wall("2026-03-27", "23:30"), nuuk)).toEqual(["2026-03-28T01:30"]);
    expect(parseRule(formatRule(rule, nuuk), nuuk)).toEqual(rule);
  });
});

describe("what cannot be held", () => {
  const asked = { zone: BERLIN, takenMinutes: 60 };
  const daily = (end: RecurrenceRule["end"]): RecurrenceRule => ({
    freq: "daily",
    interval: 1,
    end,
  });

  test("more than 400 times, or for more than three years", () => {
    expect(planRule(daily(times(401)), wall("2026-11-23"), asked)).toBe("too-many");
    expect(planRule(daily(until("2028-11-23")), wall("2026-11-23"), asked)).toBe("too-many");
    expect(planRule(daily(times(400)), wall("2026-11-23"), asked)).toMatchObject({
      occurrences: { length: 400 },
    });
    expect(planRule(byDate(1, { end: times(37) }), wall("2026-12-01"), asked)).toMatchObject({
      occurrences: { length: 37 },
    });
    expect(planRule(byDate(1, { end: times(38) }), wall("2026-12-01"), asked)).toBe("too-long");
    expect(planRule(byDate(1, { end: until("2029-12-02") }), wall("2026-12-01"), asked)).toBe(
      "too-long",
    );
    expect(planRule(daily(until("9999-12-31")), wall("2026-12-01"), asked)).toBe("too-long");
  });

  test("an end before its first day", () => {
    expect(planRule(daily(until("2026-11-22")), wall("2026-11-23"), asked)).toBe("no-occurrence");
    expect(planRule(weekly([]), wall("2026-11-23"), asked)).toBe("no-occurrence");
  });

  test("days that run into the next, also on the one day that is an hour shorter", () => {
    const around = { zone: BERLIN, takenMinutes: 24 * 60 };
    expect(planRule(daily(times(3)), wall("2027-03-01"), around)).toMatchObject({
      occurrences: { length: 3 },
    });
    expect(planRule(daily(times(40)), wall("2027-03-01"), around)).toBe("overlaps-itself");
  });
});

const anyRule: fc.Arbitrary<RecurrenceRule> = fc
  .record({
    interval: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 99 })),
    end: fc.integer({ min: 1, max: 60 }).map(times),
  })
  .chain((shared) =>
    fc.oneof(
      fc.constant({ ...shared, freq: "daily" as const }),
      fc
        .record({
          days: fc
            .uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 })
            .map((days) => days.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7)) as DayOfWeek[]),
          weekStart: fc.integer({ min: 0, max: 6 }).map((day) => day as DayOfWeek),
        })
        .map((week) => ({ ...shared, freq: "weekly" as const, ...week })),
      fc
        .oneof(
          fc.constantFrom(-1, 28, 29, 30, 31).map((day) => ({ kind: "date" as const, day })),
          fc.integer({ min: 1, max: 31 }).map((day) => ({ kind: "date" as const, day })),
          fc.record({
            kind: fc.constant("weekday" as const),
            nth: fc.constantFrom(1, 2, 3, 4, 5, -1).map((nth) => nth as 1 | 2 | 3 | 4 | 5 | -1),
            day: fc.integer({ min: 0, max: 6 }).map((day) => day as DayOfWeek),
          }),
        )
        .map((by) => ({ ...shared, freq: "monthly" as const, by })),
    ),
  );

const anyStart = fc.record({
  date: fc.integer({ min: 0, max: 20 * 365 }).map((days) => addDays(date("2020-01-01"), days)),
  minute: fc.integer({ min: 0, max: 1439 }).map(minuteOfDayOf),
});

/** Its beginning, moved to a day of its own. */
const anySeries = fc.tuple(anyRule, anyStart, lopsidedZone).map(([rule, start, where]) => ({
  rule,
  start: { ...start, date: firstDate(rule, start.date) ?? start.date },
  where,
}));

test("another implementation names the same days", () => {
  fc.assert(
    fc.property(anySeries, ({ rule, start }) => {
      const begin = ICAL.Time.fromDateString(start.date);
      const steps = ICAL.Recur.fromString(formatRule(rule, UTC)).iterator(begin);
      const theirs: string[] = [];
      const mine = datesOf(rule, start, UTC);
      for (let next = steps.next(); next && theirs.length < mine.length; next = steps.next())
        theirs.push(next.toString().slice(0, 10));
      expect(mine).toEqual(theirs);
    }),
    { numRuns: propertyRuns(1_000) },
  );
});

test("each one starts when the clock shows its time, or as long after the skipped time as the clock jumped", () => {
  fc.assert(
    fc.property(anySeries, ({ rule, start, where }) => {
      for (const one of occurrencesOf(rule, start, where)) {
        const shown =
          utcMidnight(calendarDateAt(where, one.start)) +
          minuteOfDayAt(where, one.start) * MINUTE_MS;
        const meant = utcMidnight(one.date) + start.minute * MINUTE_MS;
        const possible = wallToInstants(one.date, start.minute, where);
        if (possible.length > 0) expect(one.start).toBe(Math.min(...possible));
        else {
          const spans = offsetSpans(where, one.start - 30 * DAY_MS, one.start + 1);
          const jump = (spans.at(-1)?.offsetMs ?? 0) - (spans.at(-2)?.offsetMs ?? 0);
          expect(shown - meant).toBe(jump);
        }
      }
    }),
    { numRuns: propertyRuns(300) },
  );
});

test("they ascend, begin with the first, and are as many as asked unless three years are over", () => {
  fc.assert(
    fc.property(anySeries, ({ rule, start, where }) => {
      const found = occurrencesOf(rule, start, where);
      expect(found[0]?.start).toBe(momentOfWall(start, where));
      for (const [index, one] of found.entries()) {
        const next = found[index + 1];
        if (next) expect(next.start).toBeGreaterThan(one.start);
        if (rule.freq === "weekly") expect(rule.days).toContain(dayOfWeek(one.date));
      }
    }),
    { numRuns: propertyRuns(300) },
  );
});

test("cut in two at any of its dates, a series has the same dates as before", () => {
  fc.assert(
    fc.property(anySeries, fc.nat(), ({ rule, start, where }, place) => {
      const whole = occurrencesOf(rule, start, where);
      const cut = whole[place % whole.length];
      if (cut === undefined || cut.index === 0) return;
      const before = occurrencesOf(endedBefore(rule, cut.date), start, where);
      const after = occurrencesOf(
        continuedFrom(rule, cut.index),
        { date: cut.date, minute: start.minute },
        where,
      );
      const joined = [...before, ...after].map((one) => one.start);
      // The later part may reach further: its own three years begin later.
      expect(joined.slice(0, whole.length)).toEqual(whole.map((one) => one.start));
    }),
    { numRuns: propertyRuns(500) },
  );
});

test("a rule is always written the same, and read back as it was", () => {
  const anyEnd = fc.oneof(
    fc.integer({ min: 1, max: 400 }).map(times),
    fc.integer({ min: Date.UTC(2026, 0) / 864e5, max: Date.UTC(2030, 0) / 864e5 }).map((day) => ({
      kind: "until" as const,
      date: dateOfUtcMidnight(day * 864e5),
    })),
  );
  fc.assert(
    fc.property(anyRule, anyEnd, lopsidedZone, (some, end, where) => {
      const rule = { ...some, end };
      const text = formatRule(rule, where);
      const read = parseRule(text, where);
      if (rule.freq === "weekly" && rule.interval === 1)
        expect(read).toEqual({ ...rule, weekStart: 1 });
      else expect(read).toEqual(rule);
      if (read) expect(formatRule(read, where)).toBe(text);
    }),
    { numRuns: propertyRuns(500) },
  );
});

test("rules of other kinds are not read", () => {
  for (const text of [
    "",
    "FREQ=SECONDLY;COUNT=10",
    "FREQ=YEARLY;COUNT=3",
    "FREQ=DAILY",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;COUNT=401",
    "FREQ=DAILY;COUNT=3;COUNT=4",
    "FREQ=DAILY;INTERVAL=0;COUNT=3",
    "FREQ=DAILY;INTERVAL=1e2;COUNT=3",
    "FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z",
    "FREQ=DAILY;UNTIL=20270101",
    "FREQ=DAILY;UNTIL=20270231T000000Z",
    "FREQ=DAILY;BYHOUR=9;COUNT=3",
    "FREQ=WEEKLY;COUNT=3",
    "FREQ=WEEKLY;BYDAY=XX;COUNT=3",
    "FREQ=WEEKLY;BYDAY=toString;COUNT=3",
    "FREQ=WEEKLY;BYDAY=1MO;COUNT=3",
    "FREQ=MONTHLY;COUNT=3",
    "FREQ=MONTHLY;BYMONTHDAY=32;COUNT=3",
    "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=3",
    "FREQ=MONTHLY;BYDAY=6MO;COUNT=3",
    "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3;COUNT=3",
    "FREQ=DAILY;COUNT=3\nX:1",
    `FREQ=WEEKLY;BYDAY=${"MO,".repeat(300)}MO;COUNT=3`,
  ])
    expect([text, parseRule(text, BERLIN)]).toEqual([text, undefined]);
});

test("the texts a calendar file has", () => {
  expect(formatRule(weekly([3, 1, 0], { end: until("2026-12-31") }), BERLIN)).toBe(
    "FREQ=WEEKLY;BYDAY=MO,WE,SU;UNTIL=20261231T225959Z",
  );
  expect(formatRule(weekly([1], { interval: 2, weekStart: 0 }), BERLIN)).toBe(
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU;COUNT=4",
  );
  expect(formatRule(byDate(-1), BERLIN)).toBe("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4");
  expect(formatRule(byWeekday(-1, 5), BERLIN)).toBe("FREQ=MONTHLY;BYDAY=-1FR;COUNT=4");
});
