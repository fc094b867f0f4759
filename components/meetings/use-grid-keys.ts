"use client";

import type { KeyboardEvent as ReactKeyboardEvent } from "react";
import { useEffect, useRef, useState } from "react";
import type { CalendarBlock } from "@/lib/meetings/core/calendar";
import type { TimeZone } from "@/lib/time/zone";
import { SNAP_MINUTES } from "./grid-axis";
import type { Grip, Span } from "./grid-move";
import { sameSpan, shiftedDays, shiftedMinutes, stretched } from "./grid-move";

/** A pause this long after the last key is the end of a move. */
const SETTLED_MS = 900;

export type Nudge = { readonly block: CalendarBlock; readonly span: Span; readonly grip: Grip };

/** What stands beside and below: other days, other people, or whole weeks. */
export type KeyGround = "days" | "people" | "month";

type Nudged = { readonly span: Span; readonly grip: Grip };

/** Minutes, days or the length, by the arrow's direction: -1 is up or left. */
type Step = (span: Span, direction: 1 | -1, zone: TimeZone) => Nudged;

const ARROWS: Readonly<Record<string, { readonly upright: boolean; readonly direction: 1 | -1 }>> =
  {
    ArrowUp: { upright: true, direction: -1 },
    ArrowDown: { upright: true, direction: 1 },
    ArrowLeft: { upright: false, direction: -1 },
    ArrowRight: { upright: false, direction: 1 },
  };

const byQuarter: Step = (span, direction) => ({
  span: shiftedMinutes(span, direction * SNAP_MINUTES),
  grip: "whole",
});
const byDays =
  (days: number): Step =>
  (span, direction, zone) => ({ span: shiftedDays(span, direction * days, zone), grip: "whole" });
const byLength: Step = (span, direction) => ({
  span: stretched(span, direction * SNAP_MINUTES),
  grip: "end",
});

/** What Shift does with an arrow up or down, and with one left or right. */
const SHIFT: Readonly<Record<KeyGround, readonly [Step, Step | undefined]>> = {
  days: [byQuarter, byDays(1)],
  people: [byQuarter, undefined],
  month: [byDays(7), byDays(1)],
};

/**
 * Where a key puts a span: Shift moves it, by a quarter of an hour or a day, in a month by a week or a day; Alt moves
 * its end.
 */
function nudged(
  { key, shiftKey, altKey }: Pick<KeyboardEvent, "key" | "shiftKey" | "altKey">,
  span: Span,
  zone: TimeZone,
  ground: KeyGround,
): Nudged | undefined {
  const arrow = ARROWS[key];
  if (arrow === undefined || shiftKey === altKey) return undefined;
  const [upright, sideways] = SHIFT[ground];
  const lengthens = arrow.upright && ground !== "month" ? byLength : undefined;
  const shifts = arrow.upright ? upright : sideways;
  return (altKey ? lengthens : shifts)?.(span, arrow.direction, zone);
}

const keyOf = (target: EventTarget): string | undefined =>
  target instanceof Element
    ? target.closest<HTMLElement>("[data-block]")?.dataset.block
    : undefined;

type Grid = {
  readonly blocks: readonly CalendarBlock[];
  readonly zone: TimeZone;
  readonly ground: KeyGround;
  readonly onNudge: (nudge: Nudge) => void;
  readonly onDone: (nudge: Nudge) => void;
  readonly onCancelled: () => void;
  readonly onFixed: (block: CalendarBlock) => void;
};

/**
 * Moving the meeting that has the focus by keys. Keys add up until there is a pause or Enter; only then the server is
 * asked, once. Escape forgets them.
 */
export function useGridKeys(grid: Grid): {
  readonly nudge: Nudge | undefined;
  readonly onKeyDown: (event: ReactKeyboardEvent<HTMLElement>) => void;
} {
  const [nudge, setNudge] = useState<Nudge>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const settle = (done: Nudge | undefined) => {
    clearTimeout(timer.current);
    setNudge(undefined);
    if (done !== undefined && !sameSpan(done.span, done.block)) grid.onDone(done);
  };

  /** Enter and Escape end a move that is going on. */
  const ends = (event: ReactKeyboardEvent<HTMLElement>): boolean => {
    if (nudge === undefined || (event.key !== "Enter" && event.key !== "Escape")) return false;
    event.preventDefault();
    event.stopPropagation();
    settle(event.key === "Enter" ? nudge : undefined);
    if (event.key === "Escape") grid.onCancelled();
    return true;
  };

  const onKeyDown = (event: ReactKeyboardEvent<HTMLElement>) => {
    if (event.metaKey || event.ctrlKey || ends(event)) return;
    const key = keyOf(event.target);
    const block = grid.blocks.find((known) => known.key === key);
    if (block === undefined) return;
    const from =
      nudge !== undefined && nudge.block.key === key
        ? nudge.span
        : { start: block.start, end: block.end };
    const next = nudged(event, from, grid.zone, grid.ground);
    if (next === undefined) return;
    event.preventDefault();
    if (!block.movable) return grid.onFixed(block);
    const moved = { block, ...next };
    setNudge(moved);
    grid.onNudge(moved);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => settle(moved), SETTLED_MS);
  };
  return { nudge, onKeyDown };
}
