import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, HOUR_MS, instantOf, MINUTE_MS, parseInstant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { overlaps } from "@/lib/time/interval";
import { isNight } from "@/lib/time/night";
import type { TimeZone } from "@/lib/time/zone";
import type { FoundTime, Sought, TimeQuery } from "./find-time";
import { byMerit, GRID_MINUTES, listFreeTimes, suggestTimes } from "./find-time";

const at = (iso: string): Instant => {
  const moment = parseInstant(iso);
  if (moment === undefined) throw new Error(iso);
  return moment;
};
const span = (from: string, to: string): Interval => ({ from: at(from), to: at(to) });

const DAY = span("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z");
const zones = ["UTC", "Asia/Singapore", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"];

const person = (id: string, rest: Partial<Sought> = {}): Sought => ({
  id,
  zone: "UTC" as TimeZone,
  required: true,
  busy: [],
  working: [span("2026-11-24T09:00:00Z", "2026-11-24T17:00:00Z")],
  ...rest,
});

const query = (rest: Partial<TimeQuery> = {}): TimeQuery => ({
  window: DAY,
  now: DAY.from,
  durationMinutes: 60,
  people: [person("ana")],
  rooms: [],
  ...rest,
});

const times = (found: readonly { readonly start: Instant }[]) =>
  found.map(({ start }) => new Date(start).toISOString().slice(11, 16));

describe("a time is suggested", () => {
  test("within the hours of everybody before any other", () => {
    const berlin = person("lena", {
      zone: "Europe/Berlin" as TimeZone,
      working: [span("2026-11-24T08:00:00Z", "2026-11-24T16:00:00Z")],
    });
    const singapore = person("mei", {
      zone: "Asia/Singapore" as TimeZone,
      working: [span("2026-11-24T01:00:00Z", "2026-11-24T10:00:00Z")],
    });
    const found = suggestTimes(query({ people: [berlin, singapore] }), 4);
    expect(times(found)).toEqual(["08:00", "09:00", "06:00", "07:00"]);
    expect(found.map(({ burden }) => burden)).toEqual([0, 0, 1, 1]);
    expect(found[2]?.outside).toEqual(["lena"]);
    expect(found[2]?.night).toEqual([]);
  });

  test("only where every room that is wanted is free", () => {
    const taken = [span("2026-11-24T09:00:00Z", "2026-11-24T12:30:00Z")];
    expect(times(suggestTimes(query({ rooms: [taken, []] }), 1))).toEqual(["12:30"]);
  });

  test("also where an optional colleague is busy, but after the times they can come to", () => {
    const optional = person("noah", {
      required: false,
      busy: [span("2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z")],
    });
    const found = listFreeTimes(query({ people: [person("ana"), optional] }));
    const nine = found.find(({ start }) => start === at("2026-11-24T09:00:00Z"));
    expect(nine?.missing).toEqual(["noah"]);
    expect(nine?.burden).toBe(0);
    const [best] = suggestTimes(query({ people: [person("ana"), optional] }), 1);
    expect(best?.start).toBe(at("2026-11-24T10:00:00Z"));
  });

  test("never in the past, and on the quarter after now", () => {
    const found = listFreeTimes(query({ now: at("2026-11-24T09:07:00Z") }));
    expect(times(found)[0]).toBe("09:15");
  });
});

const moment = fc
  .integer({ min: 0, max: 48 * 12 })
  .map((fives) => instantOf(DAY.from + fives * 5 * MINUTE_MS));
const anySpan = fc
  .tuple(moment, fc.integer({ min: 5, max: 600 }))
  .map(([from, minutes]): Interval => ({ from, to: addMinutes(from, minutes) }));
const anybody = fc.record({
  zone: fc.constantFrom(...zones).map((zone) => zone as TimeZone),
  required: fc.boolean(),
  busy: fc.array(anySpan, { maxLength: 5 }),
  working: fc.array(anySpan, { maxLength: 3 }),
});
const anyQuery = fc
  .record({
    people: fc.array(anybody, { minLength: 1, maxLength: 5 }),
    rooms: fc.array(fc.array(anySpan, { maxLength: 4 }), { maxLength: 2 }),
    durationMinutes: fc.constantFrom(15, 25, 30, 60, 90, 240),
    now: moment,
  })
  .map(
    ({ people, ...rest }): TimeQuery => ({
      ...rest,
      window: { from: DAY.from, to: instantOf(DAY.from + 36 * HOUR_MS) },
      people: people.map((one, index) => ({ ...one, id: `p${index}` })),
    }),
  );

/** Slow and plain: the same question asked of every minute of the meeting. */
function isFree(asked: TimeQuery, start: Instant): boolean {
  const wanted = { from: start, to: addMinutes(start, asked.durationMinutes) };
  const hard = [
    ...asked.people.filter(({ required }) => required).flatMap(({ busy }) => busy),
    ...asked.rooms.flat(),
  ];
  return hard.every((taken) => !overlaps(taken, wanted));
}

describe("whatever the calendars hold", () => {
  test("what is suggested is free for everybody required and every room, and not in the past", () => {
    fc.assert(
      fc.property(anyQuery, (asked) => {
        for (const { start, end } of suggestTimes(asked, 10)) {
          expect(isFree(asked, start)).toBe(true);
          expect(end - start).toBe(asked.durationMinutes * MINUTE_MS);
          expect(start).toBeGreaterThanOrEqual(asked.now);
        }
      }),
    );
  });

  test("no free start of the grid is missed", () => {
    fc.assert(
      fc.property(anyQuery, (asked) => {
        const found = new Set(listFreeTimes(asked).map(({ start }) => start));
        const step = GRID_MINUTES * MINUTE_MS;
        for (
          let start = asked.window.from;
          start < asked.window.to;
          start = instantOf(start + step)
        ) {
          const expected = start >= asked.now && isFree(asked, start);
          expect(found.has(start), new Date(start).toISOString()).toBe(expected);
        }
      }),
    );
  });

  test("the order never puts a time before one that asks less of the people who must come", () => {
    fc.assert(
      fc.property(anyQuery, (asked) => {
        const found = suggestTimes(asked, 20);
        found.slice(1).forEach((time, index) => {
          const before = found[index];
          if (before === undefined) return;
          expect(before.burden).toBeLessThanOrEqual(time.burden);
          expect(byMerit(asked.people)(before, time)).toBeLessThan(0);
        });
      }),
    );
  });

  test("more busy time never adds a free start, and fewer people never remove one", () => {
    fc.assert(
      fc.property(anyQuery, anySpan, (asked, more) => {
        const all = listFreeTimes(asked).map(({ start }) => start);
        const busier = {
          ...asked,
          people: asked.people.map((one) => ({ ...one, busy: [...one.busy, more] })),
        };
        const fewer = { ...asked, people: asked.people.slice(1) };
        expect(all).toEqual(expect.arrayContaining(listFreeTimes(busier).map((t) => t.start)));
        expect(listFreeTimes(fewer).map((t) => t.start)).toEqual(expect.arrayContaining(all));
      }),
    );
  });

  test("who is asked to come outside their hours or at night is named truly", () => {
    const inside = (one: Sought, minute: Instant) =>
      one.working.some(({ from, to }) => from <= minute && minute < to);
    const holds = (one: Sought, { start, end, night, outside }: FoundTime): boolean => {
      const last = instantOf(end - 1);
      const minutes = Array.from({ length: (end - start) / MINUTE_MS }, (_, i) => i);
      const works = minutes.every((minute) => inside(one, addMinutes(start, minute)));
      const sleeps = isNight(one.zone, start) || isNight(one.zone, last);
      return night.includes(one.id) === sleeps && outside.includes(one.id) === !works;
    };
    fc.assert(
      fc.property(anyQuery, (asked) =>
        suggestTimes(asked, 5).every((time) => asked.people.every((one) => holds(one, time))),
      ),
    );
  });
});
