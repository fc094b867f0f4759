"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useRef } from "react";
import classes from "./chart.module.css";
import { t } from "./chart-text";
import type { PointWords } from "./series";
import { spoken } from "./series";
import { usePoints } from "./use-points";
import type { Size } from "./use-size";
import { useSize } from "./use-size";

/** A place of the drawing that can be read and opened: its middle, and the width it takes. */
export type PlotPoint = {
  readonly key: string;
  readonly x: number;
  readonly width: number;
  readonly words: PointWords;
  readonly href?: string;
};

export type Drawing = {
  readonly marks: ReactNode;
  /** From left to right. */
  readonly points: readonly PlotPoint[];
};

export type PlotSize = "tall" | "fan" | "fall" | "days";

/** What is drawn where nothing can be measured: the pictures' own sizes, which the style repeats. */
const USUAL: Readonly<Record<PlotSize, Size>> = {
  tall: { width: 610, height: 268 },
  fan: { width: 436, height: 214 },
  fall: { width: 610, height: 250 },
  days: { width: 746, height: 126 },
};

function Tip({ point, width }: { point: PlotPoint; width: number }) {
  // Half of the widest tip: near an edge it stays inside.
  const half = 100;
  const left = Math.min(Math.max(point.x, half), Math.max(half, width - half));
  return (
    <div className={classes.tip} style={{ left }} aria-hidden="true">
      <b>{point.words.name}</b>
      {point.words.lines.map(({ name, value }) => (
        <span key={name}>
          <i>{name}</i> {value}
        </span>
      ))}
    </div>
  );
}

/** What is over the drawing: one stop for the keyboard, which is a link to the records of the point it stands at. */
function Reader({ points, width }: { points: readonly PlotPoint[]; width: number }) {
  const { active, spoken: heard, handlers } = usePoints(points);
  const point = active === null ? undefined : points[active];
  const said = heard === null ? undefined : points[heard];
  const target = (point ?? points.at(-1))?.href;
  const look = { className: classes.reader, "data-chart-points": points.length, ...handlers };
  return (
    <>
      {target === undefined ? (
        <button type="button" aria-label={t("points.read")} {...look} />
      ) : (
        <Link href={target} prefetch={false} aria-label={t("points.open")} {...look} />
      )}
      {point === undefined ? null : <Tip point={point} width={width} />}
      <output className="sr-only" data-chart-point={said?.key}>
        {said === undefined ? "" : spoken(said.words)}
      </output>
      {point === undefined ? null : (
        <span
          className={classes.cursor}
          style={{ left: point.x - point.width / 2, width: point.width }}
        />
      )}
    </>
  );
}

/**
 * The frame of a chart: as wide as its place and as high as its kind, a picture with a sentence, and its points for
 * pointer, touch and keyboard. `draw` is given the size in pixels.
 */
export function Plot({
  label,
  size,
  draw,
}: {
  label: string;
  size: PlotSize;
  draw: (size: Size) => Drawing;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const measured = useSize(frame, USUAL[size]);
  const { width, height } = measured;
  const { marks, points } = draw(measured);
  return (
    <div ref={frame} className={classes.plot} data-size={size}>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
        data-chart={size}
      >
        {marks}
      </svg>
      {points.length === 0 ? null : <Reader points={points} width={width} />}
    </div>
  );
}
