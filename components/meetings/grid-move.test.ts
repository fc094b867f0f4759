import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "@/lib/testing/factories/meeting-row";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addMinutes, toIso } from "@/lib/time/instant";
import { parseTimeZone, UTC } from "@/lib/time/zone";
import { axisOf, instantAt, lengthOf, minuteAt } from "./grid-axis";
import { dragged, drawn, shiftedDays, shiftedMinutes, stretched } from "./grid-move";

const berlin = parseTimeZone("Europe/Berlin") ?? UTC;
const kathmandu = parseTimeZone("Asia/Kathmandu") ?? UTC;
const autumn = "2026-10-25" as CalendarDate;
const spring = "2026-03-29" as CalendarDate;

const span = (start: string, end: string) => ({ start: instant(start), end: instant(end) });
const shown = ({ start, end }: ReturnType<typeof span>) => [toIso(start), toIso(end)];

describe("a place in a day's column", () => {
  it("is a moment of that day, and the moment is that place again", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(autumn, spring, "2026-11-19" as CalendarDate),
        fc.constantFrom(berlin, kathmandu, UTC),
        fc.integer({ min: 0, max: 1500 }),
        (date, zone, minute) => {
          const axis = axisOf(date, zone, "elapsed");
          const within = Math.min(minute, lengthOf(axis));
          expect(minuteAt(axis, instantAt(axis, minute))).toBe(within);
        },
      ),
    );
  });

  it("is, in an hour that never comes, the first moment after it, and in one that comes twice, the first", () => {
    const gap = instantAt(axisOf(spring, berlin, "wall"), 150);
    expect(toIso(gap)).toBe("2026-03-29T01:00:00.000Z");
    const twice = instantAt(axisOf(autumn, berlin, "wall"), 150);
    expect(toIso(twice)).toBe("2026-10-25T00:30:00.000Z");
  });
});

describe("a meeting that is dragged", () => {
  const review = span("2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z");
  const held = instant("2026-11-19T08:40:00Z");

  it("follows the pointer from where it was taken hold of, in quarters, and keeps its length", () => {
    const at = dragged(review, "whole", held, instant("2026-11-20T11:22:00Z"));
    expect(shown(at)).toEqual(["2026-11-20T10:45:00.000Z", "2026-11-20T11:45:00.000Z"]);
  });

  it("stays where it was when it hardly moved, also one that begins at an odd minute", () => {
    const odd = span("2026-11-19T08:10:00Z", "2026-11-19T08:50:00Z");
    expect(dragged(odd, "whole", held, addMinutes(held, 5))).toEqual(odd);
    expect(shown(dragged(odd, "whole", held, addMinutes(held, 30)))[0]).toBe(
      "2026-11-19T08:45:00.000Z",
    );
  });

  it("is stretched at the end that is held, to a quarter of an hour at least and a day at most", () => {
    const end = (to: string) => toIso(dragged(review, "end", held, instant(to)).end);
    expect(end("2026-11-19T10:08:00Z")).toBe("2026-11-19T10:15:00.000Z");
    expect(end("2026-11-19T06:00:00Z")).toBe("2026-11-19T08:15:00.000Z");
    expect(end("2026-11-22T06:00:00Z")).toBe("2026-11-20T08:00:00.000Z");
    const start = (to: string) => toIso(dragged(review, "start", held, instant(to)).start);
    expect(start("2026-11-19T07:07:00Z")).toBe("2026-11-19T07:00:00.000Z");
    expect(start("2026-11-19T12:00:00Z")).toBe("2026-11-19T08:45:00.000Z");
  });

  it("keeps its length and stands at a quarter wherever it is put, in any zone", () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000, max: 5_000 }), (minutes) => {
        const at = dragged(review, "whole", held, addMinutes(held, minutes));
        expect(at.end - at.start).toBe(review.end - review.start);
        expect(
          minuteAt(axisOf("2026-11-19" as CalendarDate, kathmandu, "elapsed"), at.start) % 15,
        ).toBe(0);
      }),
    );
  });
});

describe("a meeting that is drawn", () => {
  const axis = axisOf("2026-11-19" as CalendarDate, UTC, "wall");
  it("covers the quarters that were touched, in either direction", () => {
    const down = drawn(axis, 545, 602);
    expect(shown(down)).toEqual(["2026-11-19T09:00:00.000Z", "2026-11-19T10:15:00.000Z"]);
    expect(drawn(axis, 602, 545)).toEqual(down);
  });
  it("is an hour from the half hour on where somebody only clicked, and ends with the day", () => {
    expect(shown(drawn(axis, 575, 575))).toEqual([
      "2026-11-19T09:30:00.000Z",
      "2026-11-19T10:30:00.000Z",
    ]);
    expect(shown(drawn(axis, 1425, 1425))[1]).toBe("2026-11-20T00:00:00.000Z");
  });
});

describe("a meeting that is moved by keys", () => {
  it("keeps its time of day over a change of clocks, and its length", () => {
    const before = span("2026-10-24T08:00:00Z", "2026-10-24T09:00:00Z");
    expect(shown(shiftedDays(before, 1, berlin))).toEqual([
      "2026-10-25T09:00:00.000Z",
      "2026-10-25T10:00:00.000Z",
    ]);
  });
  it("goes by quarters, and is made longer at its end", () => {
    const review = span("2026-11-19T08:00:00Z", "2026-11-19T09:00:00Z");
    expect(shown(shiftedMinutes(review, -15))[0]).toBe("2026-11-19T07:45:00.000Z");
    expect(shown(stretched(review, 15))[1]).toBe("2026-11-19T09:15:00.000Z");
    expect(shown(stretched(review, -15))[1]).toBe("2026-11-19T08:45:00.000Z");
  });
});
