import fc from "fast-check";
import { expect, test } from "vitest";
import { minutesOpen, problemOf, rangeOf } from "@/lib/availability/core/day-hours";
import type { Bar, Drag } from "./hour-drag";
import { axisOf, barOf, dayWith, dragged, nudged, placeOf, SNAP } from "./hour-drag";

const nine: Bar = { from: 540, to: 720 };
const drag = (mode: Drag["mode"], before: Bar, pressed: number): Drag => ({
  mode,
  before,
  pressed,
});

test("a drag on an empty line opens whole quarters, in either direction", () => {
  const pressed = drag("create", { from: 547, to: 547 }, 547);
  expect(dragged(pressed, 611)).toEqual({ from: 540, to: 615 });
  expect(dragged(pressed, 500)).toEqual({ from: 495, to: 555 });
  expect(dragged(pressed, 547)).toEqual({ from: 540, to: 555 });
});

test("moving keeps the length, stretching keeps the other end", () => {
  expect(dragged(drag("move", nine, 600), 631)).toEqual({ from: 570, to: 750 });
  expect(dragged(drag("end", nine, 720), 808)).toEqual({ from: 540, to: 810 });
  expect(dragged(drag("start", nine, 540), 481)).toEqual({ from: 480, to: 720 });
});

test("an end may be dragged past midnight, a start may not leave its day", () => {
  expect(dragged(drag("end", { from: 1320, to: 1380 }, 1380), 1560)).toEqual({
    from: 1320,
    to: 1560,
  });
  expect(dragged(drag("move", nine, 600), 5_000).from).toBe(1425);
  expect(dragged(drag("move", nine, 600), -5_000).from).toBe(0);
});

test("a step of the keyboard goes to the next quarter, also from an odd minute", () => {
  expect(nudged("move", { from: 545, to: 605 }, 1)).toEqual({ from: 555, to: 615 });
  expect(nudged("move", nine, -1)).toEqual({ from: 525, to: 705 });
  expect(nudged("end", nine, 1)).toEqual({ from: 540, to: 735 });
  expect(nudged("start", nine, 1)).toEqual({ from: 555, to: 720 });
});

test("what is dragged over its neighbour becomes one with it", () => {
  const day = [rangeOf(540, 720), rangeOf(780, 1020)];
  const joined = dayWith(day, 0, { from: 540, to: 800 });
  expect(joined).toEqual([rangeOf(540, 1020)]);
  expect(placeOf(joined ?? [], { from: 540, to: 800 })).toBe(0);
});

test("the line shows office hours, and all there is beyond them", () => {
  expect(axisOf([], false)).toEqual({ from: 7, to: 21 });
  expect(axisOf([rangeOf(330, 400), rangeOf(1320, 1560)], false)).toEqual({ from: 5, to: 26 });
  expect(axisOf([], true)).toEqual({ from: 0, to: 30 });
});

test("whatever is dragged wherever, the bar is hours a day can have", () => {
  const bar = fc
    .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 95 }))
    .map(([from, length]) => ({ from: from * SNAP, to: (from + length) * SNAP }));
  const mode = fc.constantFrom(
    "create" as const,
    "move" as const,
    "start" as const,
    "end" as const,
  );
  const minute = fc.integer({ min: -500, max: 3_500 });
  fc.assert(
    fc.property(bar, mode, minute, minute, (before, how, pressed, to) => {
      const moved = dragged({ mode: how, before, pressed }, to);
      const range = rangeOf(moved.from, moved.to);
      expect(problemOf(range)).toBeUndefined();
      expect(barOf(range)).toEqual(moved);
      if (how === "move") expect(moved.to - moved.from).toBe(before.to - before.from);
      expect(minutesOpen(dayWith([], -1, moved) ?? [])).toBe(moved.to - moved.from);
    }),
    { numRuns: 3_000 },
  );
});
