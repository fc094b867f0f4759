"use client";

import type { KeyboardEvent, MouseEvent, PointerEvent } from "react";
import { useRef, useState } from "react";

/** Where the points of a chart stand, from left to right, in its pixels. */
export type Place = { readonly x: number };

function nearest(places: readonly Place[], x: number): number {
  let best = 0;
  for (const [at, place] of places.entries()) {
    if (Math.abs(place.x - x) < Math.abs((places[best]?.x ?? 0) - x)) best = at;
  }
  return best;
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at) => at + 5,
  PageUp: (at) => at - 5,
  Home: () => 0,
  End: (_at, last) => last,
};

/**
 * One point of a chart at a time: the pointer takes the nearest, arrow keys go from one to the next. A first touch
 * shows a point, the second opens it. `spoken` is told to those who hear the page: only what keys chose.
 */
export function usePoints(places: readonly Place[]) {
  const [active, setActive] = useState<number | null>(null);
  const [spoken, setSpoken] = useState<number | null>(null);
  const touched = useRef<{ at: number; opens: boolean } | null>(null);
  const last = places.length - 1;
  const under = ({ clientX, currentTarget }: PointerEvent<HTMLElement>): number =>
    nearest(places, clientX - currentTarget.getBoundingClientRect().left);
  const leave = () => {
    setActive(null);
    setSpoken(null);
    touched.current = null;
  };
  const handlers = {
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "touch") setActive(under(event));
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "touch") return;
      const at = under(event);
      touched.current = { at, opens: touched.current?.at === at };
      setActive(at);
    },
    onPointerLeave: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "touch" && spoken === null) setActive(null);
    },
    onClick: (event: MouseEvent<HTMLElement>) => {
      if (touched.current !== null && !touched.current.opens) event.preventDefault();
    },
    onFocus: (event: { readonly currentTarget: HTMLElement }) => {
      if (!event.currentTarget.matches(":focus-visible")) return;
      setActive(last);
      setSpoken(last);
    },
    onBlur: leave,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === "Escape") return leave();
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const at = Math.min(last, Math.max(0, step(active ?? last, last)));
      setActive(at);
      setSpoken(at);
    },
  };
  // Newer data may have fewer points than the one that was looked at.
  const known = (at: number | null): number | null => (at !== null && at <= last ? at : null);
  return { active: known(active), spoken: known(spoken), handlers };
}
