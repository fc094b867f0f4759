import type { CSSProperties } from "react";
import type { Letter } from "./letter";

type Direction = Letter["direction"];

// Mail programs do not know logical properties, and some drop `dir` from the page, so sides are said outright.
const sidesOf = (direction: Direction) =>
  direction === "rtl"
    ? ({ start: "right", end: "left" } as const)
    : ({ start: "left", end: "right" } as const);

/** Aligned to the side a line of that direction begins on, or ends on. */
export const aligned = (side: "start" | "end", direction: Direction): CSSProperties => ({
  textAlign: sidesOf(direction)[side],
});

/** Padding within the far side of a cell, pixels. */
export const padEnd = (pixels: number, direction: Direction): CSSProperties =>
  sidesOf(direction).end === "right"
    ? { paddingRight: `${pixels}px` }
    : { paddingLeft: `${pixels}px` };

/** Margin on the near side of what stands in a line, pixels. */
export const marginStart = (pixels: number, direction: Direction): CSSProperties =>
  sidesOf(direction).start === "left"
    ? { marginLeft: `${pixels}px` }
    : { marginRight: `${pixels}px` };

/** Margin on the far side of what stands in a line, pixels. */
export const marginEnd = (pixels: number, direction: Direction): CSSProperties =>
  marginStart(pixels, direction === "rtl" ? "ltr" : "rtl");

/** Closer letters for large type; scripts that run from the right join theirs, and would be torn apart. */
export const tight = (em: string, direction: Direction): CSSProperties =>
  direction === "rtl" ? {} : { letterSpacing: em };
