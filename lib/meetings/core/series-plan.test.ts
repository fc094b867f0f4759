import { describe, expect, test } from "vitest";
import type { WorkspaceId } from "@/lib/ids";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { minuteOfDayOf } from "@/lib/time/calendar-date";
import { instantOf } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Occurrence, RecurrenceRule } from "./recurrence";
import { firstDate, occurrencesOf } from "./recurrence";
import type { Series } from "./series";
import { clashAmong, newSeries, seatsFor } from "./series";
import { cutBefore, matchDates, movedAlong } from "./series-plan";

const BERLIN = "Europe/Berlin" as TimeZone;
const date = (text: string) => text as CalendarDate;
const at = (text: string) => instantOf(Date.parse(text));

const tuesdays: RecurrenceRule = {
  freq: "weekly",
  interval: 1,
  days: [2],
  weekStart: 1,
  end: { kind: "count", count: 10 },
};

const seriesOf = (rule: RecurrenceRule, begin = "2027-02-02"): Series =>
  newSeries(
    { rule, startsLocal: { date: date(begin), minute: minuteOfDayOf(540) } },
    {
      workspaceId: "w" as WorkspaceId,
      zone: BERLIN,
      durationMinutes: 45,
      excluded: [],
      uidHost: "meridian.example",
    },
  );

const datesOf = ({ rule, startsLocal, zone }: Pick<Series, "rule" | "startsLocal" | "zone">) => {
  const begin = firstDate(rule, startsLocal.date) ?? startsLocal.date;
  return occurrencesOf(rule, { ...startsLocal, date: begin }, zone).map((one) => one.date);
};

describe("moving one date with all the others", () => {
  test("by hours changes the clock only", () => {
    const moved = movedAlong(
      seriesOf(tuesdays),
      at("2027-02-09T08:00:00Z"),
      at("2027-02-09T09:30:00Z"),
    );
    expect(moved).toMatchObject({
      rule: tuesdays,
      startsLocal: { date: "2027-02-02", minute: 630 },
    });
  });

  test("by days moves the weekday", () => {
    const two = { ...tuesdays, days: [2, 6] } as RecurrenceRule;
    const moved = movedAlong(seriesOf(two), at("2027-02-09T08:00:00Z"), at("2027-02-11T08:00:00Z"));
    expect(moved.rule).toMatchObject({ days: [4, 1] });
    expect(datesOf(moved).slice(0, 3)).toEqual(["2027-02-04", "2027-02-08", "2027-02-11"]);
    const back = movedAlong(seriesOf(two), at("2027-02-09T08:00:00Z"), at("2027-02-07T08:00:00Z"));
    expect(back.rule).toMatchObject({ days: [0, 4] });
  });

  test("takes the end along", () => {
    const until = {
      ...tuesdays,
      end: { kind: "until", date: date("2027-03-02") },
    } as RecurrenceRule;
    const moved = movedAlong(
      seriesOf(until),
      at("2027-02-09T08:00:00Z"),
      at("2027-02-11T08:00:00Z"),
    );
    expect(datesOf(moved).at(-1)).toBe("2027-03-04");
    expect(datesOf(moved)).toHaveLength(datesOf(seriesOf(until)).length);
  });

  test("of a month changes the day of the month, or which weekday it is", () => {
    const monthly = (by: object): RecurrenceRule =>
      ({
        freq: "monthly",
        interval: 1,
        by,
        end: { kind: "count", count: 4 },
      }) as RecurrenceRule;
    const on15 = seriesOf(monthly({ kind: "date", day: 15 }), "2027-02-15");
    const moved = movedAlong(on15, at("2027-03-15T08:00:00Z"), at("2027-03-16T08:00:00Z"));
    expect(datesOf(moved)).toEqual(["2027-02-16", "2027-03-16", "2027-04-16", "2027-05-16"]);
    const second = seriesOf(monthly({ kind: "weekday", nth: 2, day: 2 }), "2027-02-09");
    const next = movedAlong(second, at("2027-03-09T08:00:00Z"), at("2027-03-10T08:00:00Z"));
    expect(next.rule).toMatchObject({ by: { nth: 2, day: 3 } });
    expect(datesOf(next)).toEqual(["2027-02-10", "2027-03-10", "2027-04-14", "2027-05-12"]);
    const last = seriesOf(monthly({ kind: "weekday", nth: -1, day: 5 }), "2027-02-26");
    const earlier = movedAlong(last, at("2027-03-26T08:00:00Z"), at("2027-03-25T08:00:00Z"));
    expect(earlier.rule).toMatchObject({ by: { nth: -1, day: 4 } });
  });
});

test("a series cut in two keeps every date, and every left-out date on its side", () => {
  const whole = seriesOf(tuesdays);
  const occurrences = occurrencesOf(whole.rule, whole.startsLocal, BERLIN);
  const [, second, , fourth, , sixth] = occurrences;
  if (!(second && fourth && sixth)) throw new Error("too few");
  const series = { ...whole, excluded: [second.start, sixth.start] };
  const { ended, rest } = cutBefore(series, fourth);
  expect(datesOf(ended)).toEqual(occurrences.slice(0, 3).map((one) => one.date));
  expect(datesOf(rest)).toEqual(occurrences.slice(3).map((one) => one.date));
  expect(ended.excluded).toEqual([second.start]);
  expect(rest.excluded).toEqual([sixth.start]);
});

test("old dates become new ones in their order, or by their day", () => {
  const one = (day: string, index: number): Occurrence => ({
    index,
    date: date(day),
    start: at(`${day}T08:00:00Z`),
  });
  const before = ["2027-02-02", "2027-02-09", "2027-02-16"].map(one);
  const after = ["2027-02-03", "2027-02-09"].map(one);
  expect([...matchDates(before, after, true).values()]).toEqual([
    before[0]?.start,
    before[1]?.start,
  ]);
  expect([...matchDates(before, after, false)]).toEqual([[after[1]?.start, before[1]?.start]]);
});

describe("dates among themselves", () => {
  test("clash where one begins while another of the same resource lasts, in whichever order", () => {
    const span = (key: string, resourceId: string, from: number, to: number) => ({
      key,
      resourceId,
      from,
      to,
    });
    expect(
      clashAmong([
        span("c", "x", 30, 40),
        span("a", "x", 0, 20),
        span("b", "x", 10, 30),
        span("d", "y", 10, 30),
      ]),
    ).toEqual(new Set(["b"]));
    expect(
      clashAmong([span("long", "x", 0, 100), span("b", "x", 10, 20), span("c", "x", 50, 60)]),
    ).toEqual(new Set(["b", "c"]));
  });

  test("hold the same seat wherever they can", () => {
    const meeting = (id: string, start: number) =>
      ({ id, start, end: start + 10, bufferBeforeMinutes: 0, bufferAfterMinutes: 0 }) as never;
    const meetings = [meeting("a", 0), meeting("b", 100), meeting("c", 200)];
    const [one, two] = ["s1", "s2"] as never[];
    if (!(one && two)) throw new Error("no seats");
    const held = [
      { resourceId: one, from: 95, to: 105 },
      { resourceId: two, from: 0, to: 5 },
      { resourceId: two, from: 195, to: 300 },
    ];
    expect([...seatsFor(meetings, [one, two], held)]).toEqual([
      ["a", one],
      ["b", two],
      ["c", one],
    ]);
    const full = [...held, { resourceId: one, from: 200, to: 201 }];
    expect(seatsFor(meetings, [one, two], full).has("c")).toBe(false);
  });
});
