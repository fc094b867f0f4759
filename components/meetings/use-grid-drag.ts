"use client";

import type { RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import type { DragGrid, Gesture } from "./grid-drag";
import { GridDrag } from "./grid-drag";

/** What the pointer is doing with the grid in `body`, as it goes on. */
export function useGridDrag(
  body: RefObject<HTMLElement | null>,
  grid: DragGrid,
): Gesture | undefined {
  const [gesture, setGesture] = useState<Gesture>();
  // Listeners are bound once; what they need changes with each drawing.
  const latest = useRef(grid);
  useEffect(() => {
    latest.current = grid;
  });
  useEffect(() => {
    if (body.current === null) return;
    const ending = new AbortController();
    new GridDrag(body.current, () => latest.current, setGesture).listen(ending.signal);
    return () => ending.abort();
  }, [body]);
  return gesture;
}
