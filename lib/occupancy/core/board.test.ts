import fc from "fast-check";
import { expect, test } from "vitest";
import type { RoomId } from "@/lib/ids";
import { MINUTE_MS } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import type { Board, Stay } from "./board";
import { changesAt, doorState, mayExtend, nextStay, walkInChoices } from "./board";

const T0 = Date.UTC(2026, 10, 18, 6, 20);
const at = (minutes: number): number => T0 + minutes * MINUTE_MS;

const stay = (from: number, to: number, more: Partial<Stay> = {}): Stay => ({
  meetingId: `m${from}`,
  from: at(from),
  start: at(from),
  end: at(to),
  to: at(to),
  subject: "Vendor call",
  host: "Priya Nair",
  mine: false,
  state: "settled",
  checkedInAt: null,
  releasedAt: null,
  through: null,
  ...more,
});

const board = (more: Partial<Board> = {}): Board => ({
  room: {
    id: "r" as RoomId,
    name: "Orchid",
    location: "Singapore",
    zone: "Asia/Singapore" as TimeZone,
    floor: "L3",
    detail: null,
    capacity: 6,
    equipment: [],
    photoId: null,
    needsApproval: false,
    checkIn: true,
    setupMinutes: 0,
    cleanupMinutes: 0,
    walkIn: true,
  },
  active: true,
  at: T0,
  until: at(36 * 60),
  open: [{ from: at(-400), to: at(400) }],
  closures: [],
  stays: [],
  ...more,
});

const cleaned = (cleanupMinutes: number): Board["room"] => ({ ...board().room, cleanupMinutes });

test.each<[string, Partial<Board>, object]>([
  ["nothing until the house closes", {}, { kind: "free", until: at(400) }],
  [
    "free around the clock",
    { open: [{ from: at(-400), to: at(36 * 60) }] },
    { kind: "free", until: null },
  ],
  ["free until the next meeting", { stays: [stay(130, 190)] }, { kind: "free", until: at(130) }],
  ["a meeting in ten minutes", { stays: [stay(10, 60)] }, { kind: "soon" }],
  ["a meeting in eleven minutes", { stays: [stay(11, 60)] }, { kind: "free" }],
  ["in use", { stays: [stay(-20, 40)] }, { kind: "in-use" }],
  [
    "begun, and nobody came yet",
    { stays: [stay(-5, 40, { releasedAt: at(5) })] },
    { kind: "check-in", releasedAt: at(5) },
  ],
  [
    "begun, and somebody came",
    { stays: [stay(-5, 40, { releasedAt: at(5), checkedInAt: at(-4) })] },
    { kind: "in-use" },
  ],
  ["nobody came in time", { stays: [stay(-15, 40, { releasedAt: at(-5) })] }, { kind: "free" }],
  ["asked for, not approved", { stays: [stay(-5, 40, { state: "asked" })] }, { kind: "awaiting" }],
  ["cleaned up", { stays: [stay(-60, -5, { to: at(10) })] }, { kind: "preparing", until: at(10) }],
  ["set up", { stays: [stay(15, 60, { from: at(-5) })] }, { kind: "preparing", until: at(15) }],
  ["closed", { open: [{ from: at(100), to: at(200) }] }, { kind: "closed", opens: at(100) }],
  ["closed for good", { open: [] }, { kind: "closed", opens: null }],
  ["somebody stays after closing time", { open: [], stays: [stay(-20, 40)] }, { kind: "in-use" }],
  [
    "broken",
    { closures: [{ from: at(-1), to: at(90), note: "Leak" }], stays: [stay(-20, 40)] },
    { kind: "out-of-service", until: at(90), note: "Leak" },
  ],
  ["not in use any more", { active: false }, { kind: "out-of-service", until: null }],
])("a door says: %s", (_name, given, state) => {
  expect(doorState(board(given), T0)).toMatchObject(state);
});

test("what can be taken at the door fits before the next meeting, clean-up included, and before closing time", () => {
  const choices = (more: Partial<Board>) => walkInChoices(board(more), T0);
  expect(choices({})).toEqual([15, 30, 60]);
  expect(choices({ stays: [stay(40, 60)] })).toEqual([15, 30]);
  expect(choices({ stays: [stay(40, 60)], room: cleaned(15) })).toEqual([15]);
  expect(choices({ closures: [{ from: at(29), to: at(90), note: null }] })).toEqual([15]);
  expect(choices({ open: [{ from: at(-9), to: at(30) }] })).toEqual([15, 30]);
  expect(choices({ open: [{ from: at(-9), to: at(30) }], room: cleaned(60) })).toEqual([15, 30]);
  expect(choices({ room: { ...board().room, walkIn: false } })).toEqual([]);
  expect(choices({ stays: [stay(-5, 40)] })).toEqual([]);
  expect(choices({ stays: [stay(5, 40)] })).toEqual([]);
});

test("a meeting is made longer only when nobody has the room after it", () => {
  expect(mayExtend(board({ stays: [stay(-20, 40)] }), T0)).toBe(true);
  expect(mayExtend(board({ stays: [stay(-20, 40), stay(55, 60)] }), T0)).toBe(true);
  expect(mayExtend(board({ stays: [stay(-20, 40), stay(54, 60)] }), T0)).toBe(false);
  expect(
    mayExtend(
      board({ closures: [{ from: at(50), to: at(60), note: null }], stays: [stay(-20, 40)] }),
      T0,
    ),
  ).toBe(false);
  expect(mayExtend(board({}), T0)).toBe(false);
});

test("the meeting after the one that is spoken of comes next", () => {
  const day = board({ stays: [stay(5, 30), stay(90, 120), stay(60, 80)] });
  expect(nextStay(day, T0)?.start).toBe(at(60));
  expect(nextStay(board({ stays: [stay(-5, 30), stay(90, 120)] }), T0)?.start).toBe(at(90));
  expect(nextStay(board({}), T0)).toBeUndefined();
});

/** A day of a room: meetings that do not overlap, with buffers between, hours and closures of any kind. */
const anyBoard = fc
  .record({
    gaps: fc.array(
      fc.record({
        gap: fc.nat(120),
        before: fc.nat(20),
        length: fc.integer({ min: 1, max: 180 }),
        after: fc.nat(20),
        state: fc.constantFrom("settled", "asked", "requested"),
        release: fc.option(fc.integer({ min: 1, max: 60 })),
        came: fc.boolean(),
      }),
      { maxLength: 8 },
    ),
    open: fc.array(fc.tuple(fc.nat(1200), fc.integer({ min: 1, max: 600 })), { maxLength: 4 }),
    closures: fc.array(fc.tuple(fc.nat(1200), fc.integer({ min: 1, max: 300 })), { maxLength: 2 }),
    active: fc.boolean(),
  })
  .map(({ gaps, open, closures, active }): Board => {
    let time = -300;
    const stays = gaps.map((one): Stay => {
      const from = time + one.gap;
      const start = from + one.before;
      const end = start + one.length;
      time = end + one.after;
      return stay(start, end, {
        from: at(from),
        to: at(time),
        state: one.state as Stay["state"],
        releasedAt: one.release === null ? null : at(start + one.release),
        checkedInAt: one.came ? at(start) : null,
      });
    });
    const spans = (given: readonly [number, number][]) =>
      given.map(([from, length]) => ({ from: at(from - 300), to: at(from - 300 + length) }));
    const sorted = spans(open).sort((a, b) => a.from - b.from);
    const disjoint = sorted.filter(
      (span, index) => span.from > Math.max(0, ...sorted.slice(0, index).map(({ to }) => to)),
    );
    return board({
      active,
      stays,
      open: disjoint,
      closures: spans(closures).map((span) => ({ ...span, note: null })),
    });
  });

const said = (day: Board, moment: number): string => {
  const state = doorState(day, moment);
  return JSON.stringify("stay" in state ? [state.kind, state.stay.meetingId] : state);
};

test("whatever the day and the moment, a door says exactly one thing, and says it until it announced a change", () => {
  fc.assert(
    fc.property(
      anyBoard,
      fc.integer({ min: -400, max: 1500 }),
      fc.nat(10_000),
      (day, minute, share) => {
        const now = at(minute);
        const state = doorState(day, now);
        expect([
          "out-of-service",
          "in-use",
          "check-in",
          "awaiting",
          "preparing",
          "closed",
          "soon",
          "free",
        ]).toContain(state.kind);
        if ("until" in state && state.until !== null) expect(state.until).toBeGreaterThan(now);
        if (state.kind === "closed" && state.opens !== null)
          expect(state.opens).toBeGreaterThan(now);
        if (state.kind === "soon") expect(state.stay.start).toBeGreaterThan(now);
        if (state.kind === "in-use") expect(state.stay.end).toBeGreaterThan(now);
        const until = Math.min(changesAt(day, now), at(2000));
        if (until > now) {
          const between = now + Math.floor(((until - now) * share) / 10_001);
          expect(said(day, between)).toBe(said(day, now));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("what a door offers is really free: no other claim, no closure, within opening hours", () => {
  fc.assert(
    fc.property(
      anyBoard,
      fc.integer({ min: -400, max: 1500 }),
      fc.nat(30),
      (day, minute, cleanup) => {
        const now = at(minute);
        const given = { ...day, room: cleaned(cleanup) };
        for (const minutes of walkInChoices(given, now)) {
          const end = now + minutes * MINUTE_MS;
          const over = end + cleanup * MINUTE_MS;
          const unreleased = given.stays.filter(
            ({ releasedAt, checkedInAt }) =>
              checkedInAt !== null || releasedAt === null || now < releasedAt,
          );
          expect(unreleased.filter(({ from, to }) => from < over && to > now)).toEqual([]);
          expect(given.closures.filter(({ from, to }) => from < over && to > now)).toEqual([]);
          expect(given.open.some(({ from, to }) => from <= now && to >= end)).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});
