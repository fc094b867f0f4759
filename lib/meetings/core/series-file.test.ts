import fc from "fast-check";
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { lopsidedZone, propertyRuns } from "@/lib/testing/slot-arbitraries";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import { addMinutes, instantOf } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import type { LocalMoment, RecurrenceRule } from "./recurrence";
import { momentOfWall, occurrencesOf } from "./recurrence";
import type { SeriesException, SeriesFileFacts } from "./series-file";
import { buildSeriesFile } from "./series-file";

const date = (text: string) => text as CalendarDate;
const BERLIN = "Europe/Berlin" as TimeZone;

const tuesdays: RecurrenceRule = {
  freq: "weekly",
  interval: 1,
  days: [2],
  weekStart: 1,
  end: { kind: "count", count: 20 },
};

function factsOf(
  rule: RecurrenceRule,
  startsLocal: LocalMoment,
  zone: TimeZone,
  more: Partial<SeriesFileFacts> = {},
): SeriesFileFacts {
  const start = momentOfWall(startsLocal, zone);
  return {
    method: "REQUEST",
    uid: "s-4711@haldenworks.example",
    sequence: 0,
    stampedAt: instantOf(Date.UTC(2026, 10, 1, 9, 30)),
    organizer: { name: "Ana Lim", email: "meetings@haldenworks.example" },
    attendee: {
      name: "Kenji Mori",
      email: "kenji.mori@haldenworks.example",
      required: true,
      answer: "needs-action",
      asked: true,
    },
    private: false,
    alarmMinutes: 15,
    series: { rule, zone, startsLocal, excluded: [] },
    master: {
      summary: "Weekly review",
      location: "Kaede, Tokyo",
      start,
      end: addMinutes(start, 45),
      settled: true,
    },
    exceptions: [],
    ...more,
  };
}

const review = (more: Partial<SeriesFileFacts> = {}): SeriesFileFacts =>
  factsOf(tuesdays, { date: date("2026-11-24"), minute: minuteOfDayOf(540) }, BERLIN, more);

const startsOf = ({ series }: SeriesFileFacts) =>
  occurrencesOf(series.rule, series.startsLocal, series.zone).map((one) => one.start);

const nth = (facts: SeriesFileFacts, index: number) => {
  const start = startsOf(facts)[index];
  if (start === undefined) throw new Error("no such date");
  return start;
};

const differs = (
  facts: SeriesFileFacts,
  index: number,
  moved: number,
  summary = "Weekly review, moved",
): SeriesException => {
  const recurrenceId = nth(facts, index);
  const start = addMinutes(recurrenceId, moved);
  return { recurrenceId, start, end: addMinutes(start, 30), summary, settled: true };
};

/** The dates another program finds in the file: when each begins and ends, and what it is called. */
function seen(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone"))
    ICAL.TimezoneService.register(new ICAL.Timezone(zone), undefined);
  const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  const master = events.find((event) => !event.isRecurrenceException());
  const dates: { start: number; end: number; summary: string }[] = [];
  if (master) {
    for (const event of events) if (event !== master) master.relateException(event);
    const steps = master.iterator();
    for (let next = steps.next(); next; next = steps.next()) {
      const { startDate, endDate, item } = master.getOccurrenceDetails(next);
      dates.push({
        start: startDate.toUnixTime() * 1_000,
        end: endDate.toUnixTime() * 1_000,
        summary: item.summary,
      });
    }
  }
  ICAL.TimezoneService.reset();
  return { calendar, events, dates };
}

describe("a series in a reader's calendar", () => {
  test("the rule in local time, with its zone declared", () => {
    const text = buildSeriesFile(review());
    expect(text).toContain("\r\nDTSTART;TZID=Europe/Berlin:20261124T090000\r\n");
    expect(text).toContain("\r\nDTEND;TZID=Europe/Berlin:20261124T094500\r\n");
    expect(text).toContain("\r\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=20\r\n");
    expect(text).toContain("\r\nDTSTAMP:20261101T093000Z\r\n");
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
    expect(text.indexOf("BEGIN:VTIMEZONE")).toBeLessThan(text.indexOf("BEGIN:VEVENT"));
    expect(seen(text).dates.map(({ start }) => start)).toEqual(startsOf(review()));
  });

  test("left-out dates are left out, changed dates are where they were moved to", () => {
    const plain = review();
    const facts = review({
      series: { ...plain.series, excluded: [nth(plain, 3), nth(plain, 1)] },
      exceptions: [differs(plain, 5, 90), differs(plain, 2, -24 * 60)],
    });
    const text = buildSeriesFile(facts);
    expect(text).toContain(
      "\r\nEXDATE;TZID=Europe/Berlin:20261201T090000\r\nEXDATE;TZID=Europe/Berlin:20261215T090000\r\n",
    );
    expect(text).toContain("\r\nRECURRENCE-ID;TZID=Europe/Berlin:20261208T090000\r\n");
    const { dates, events } = seen(text);
    expect(new Set(events.map(({ uid }) => uid))).toEqual(new Set([facts.uid]));
    const starts = startsOf(plain);
    const expected = starts.flatMap((start, index) => {
      if (index === 1 || index === 3) return [];
      const moved = { 5: 90, 2: -24 * 60 }[index];
      return [moved === undefined ? start : addMinutes(start, moved)];
    });
    expect(dates.map(({ start }) => start)).toEqual(expected);
    expect(dates.filter(({ summary }) => summary === "Weekly review, moved")).toHaveLength(2);
  });

  test("one changed date travels alone, by its original start", () => {
    const { master: _master, ...rest } = review({ sequence: 3 });
    const text = buildSeriesFile({ ...rest, exceptions: [differs(review(), 5, 90)] });
    const { events } = seen(text);
    expect(events).toHaveLength(1);
    expect(text).not.toContain("RRULE:FREQ=WEEKLY");
    expect(text).toContain("\r\nRECURRENCE-ID;TZID=Europe/Berlin:20261229T090000\r\n");
    expect(text).toContain("\r\nDTSTART;TZID=Europe/Berlin:20261229T103000\r\n");
    expect(events[0]?.sequence).toBe(3);
  });

  test("one date is withdrawn by its original start, all of them without one", () => {
    const { master: _master, ...rest } = review({ method: "CANCEL", sequence: 4 });
    const one = buildSeriesFile({ ...rest, exceptions: [differs(review(), 5, 0)] });
    expect(one).toContain("METHOD:CANCEL\r\n");
    expect(one).toContain("STATUS:CANCELLED\r\n");
    expect(one).toContain("RECURRENCE-ID;TZID=Europe/Berlin:20261229T090000\r\n");
    const all = buildSeriesFile(
      review({
        method: "CANCEL",
        sequence: 5,
        series: { ...review().series, excluded: [nth(review(), 1)] },
      }),
    );
    expect(all).toContain("METHOD:CANCEL\r\n");
    expect(all).not.toMatch(/RECURRENCE-ID|EXDATE|VALARM/);
  });

  test("in UTC there is no zone to declare", () => {
    const text = buildSeriesFile(
      factsOf(tuesdays, { date: date("2026-11-24"), minute: minuteOfDayOf(540) }, UTC, {
        exceptions: [],
      }),
    );
    expect(text).not.toMatch(/TZID|VTIMEZONE/);
    expect(text).toContain("\r\nDTSTART:20261124T090000Z\r\nRRULE:");
  });

  test("a text that looks like a line of the file stays text", () => {
    const plain = review();
    const summary = "DTSTART:x\r\nEND:VEVENT\r\nRRULE:FREQ=SECONDLY $& $1";
    const { events, dates } = seen(
      buildSeriesFile({
        ...plain,
        ...(plain.master
          ? { master: { ...plain.master, summary, description: `${summary}\n` } }
          : {}),
      }),
    );
    expect(events).toHaveLength(1);
    expect(dates).toHaveLength(20);
  });

  test("no line is longer than 75 octets, and every line ends in CRLF", () => {
    const text = buildSeriesFile(
      factsOf(
        tuesdays,
        review().series.startsLocal,
        "America/Argentina/ComodRivadavia" as TimeZone,
        {
          exceptions: [differs(review(), 3, 15, "予".repeat(90))],
        },
      ),
    );
    for (const line of text.split("\r\n")) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toMatch(/[\r\n]/);
    }
  });

  test("there is something to say, or it is a defect", () => {
    const { master: _master, ...rest } = review();
    expect(() => buildSeriesFile(rest)).toThrow("needs an entry");
  });
});

test("in any zone, every date begins and ends at the moments that are meant", () => {
  const anyRule: fc.Arbitrary<RecurrenceRule> = fc.constantFrom<RecurrenceRule>(
    { freq: "daily", interval: 5, end: { kind: "count", count: 80 } },
    { ...tuesdays, days: [0, 6], end: { kind: "count", count: 60 } } as RecurrenceRule,
    {
      freq: "monthly",
      interval: 1,
      by: { kind: "weekday", nth: -1, day: 0 },
      end: { kind: "count", count: 24 },
    },
    {
      freq: "daily",
      interval: 1,
      end: { kind: "until", date: date("2027-12-01") },
    },
  );
  fc.assert(
    fc.property(
      anyRule,
      lopsidedZone,
      fc.integer({ min: 0, max: 300 }),
      fc.constantFrom(0, 15, 90, 120, 150, 165, 540, 1_380, 1_425),
      (rule, zone, days, minute) => {
        const startsLocal = {
          date: addDays(date("2026-11-24"), days),
          minute: minuteOfDayOf(minute),
        };
        const facts = factsOf(rule, startsLocal, zone);
        const { dates } = seen(buildSeriesFile(facts));
        const text = (moments: readonly number[]) =>
          moments.map((moment) => new Date(moment).toISOString());
        expect([zone, text(dates.map(({ start }) => start))]).toEqual([
          zone,
          text(startsOf(facts)),
        ]);
      },
    ),
    { numRuns: propertyRuns(120) },
  );
});
