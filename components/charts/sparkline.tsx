import { line } from "d3-shape";
import classes from "./chart.module.css";

type SparkPoint = {
  readonly key: string;
  readonly value: number | null;
  readonly partial: boolean;
};

type Spot = { readonly x: number; readonly y: number | null };

const EDGE = 2.5;

/** Where the points stand. The lowest keeps some ground below it: a small step must not look like a fall to nothing. */
export function sparkSpots(
  points: readonly SparkPoint[],
  width: number,
  height: number,
): readonly Spot[] {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const high = Math.max(...known);
  const low = Math.min(...known);
  const ground = low - Math.max(Math.abs(low) * 0.28, (high - low) * 0.05);
  const ceiling = high + Math.max(Math.abs(high) * 0.02, (high - low) * 0.02);
  const span = ceiling - ground || 1;
  const step = (width - 2 * EDGE) / Math.max(1, points.length - 1);
  return points.map(({ value }, at) => ({
    x: EDGE + at * step,
    y: value === null ? null : height - 3 - ((value - ground) / span) * (height - 6),
  }));
}

const path = line<Spot>()
  .defined(({ y }) => y !== null)
  .x(({ x }) => x)
  .y(({ y }) => y ?? 0);

/**
 * How a figure went: a line with its last point marked. The last step is dashed, and its point hollow, while its bucket
 * is not over. Gaps stay gaps.
 */
export function Sparkline({
  points,
  label,
  width = 96,
  height = 30,
  fluid = false,
}: {
  points: readonly SparkPoint[];
  label: string;
  width?: number;
  height?: number;
  /** As wide as its place. */
  fluid?: boolean;
}) {
  const spots = sparkSpots(points, width, height);
  const last = points.at(-1);
  const end = spots.at(-1);
  const isPartial = last?.partial === true;
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${width} ${height}`}
      {...(fluid ? { style: { width: "100%", height } } : { width, height })}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line className={classes.sparkGround} x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      <path d={path(isPartial ? spots.slice(0, -1) : spots) ?? ""} />
      {isPartial ? <path data-dashed="" d={path(spots.slice(-2)) ?? ""} /> : null}
      {end === undefined || end.y === null ? null : (
        <>
          <path className={classes.sparkDot} d={`M${end.x} ${end.y}h0`} />
          {isPartial ? <path className={classes.sparkHole} d={`M${end.x} ${end.y}h0`} /> : null}
        </>
      )}
    </svg>
  );
}
