import type { Axis } from "./axis";
import { withRoom } from "./axis";
import classes from "./chart.module.css";
import type { Bucket } from "./series";

/** Where values are drawn: between `left` and `right`, `top` and `bottom`, in pixels. */
export type Area = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** Lines across, with their values on the left, and those of a second axis on the right. */
export function ValueAxis({
  axis,
  other,
  area,
  y,
}: {
  axis: Axis;
  other?: Axis | undefined;
  area: Area;
  y: (value: number) => number;
}) {
  return (
    <g>
      {axis.ticks.map(({ value, text }, at) => (
        <g key={value}>
          <line
            className={value === 0 ? classes.zero : classes.grid}
            x1={area.left}
            x2={area.right}
            y1={y(value)}
            y2={y(value)}
          />
          <text x={area.left - 6} y={y(value) + 4} textAnchor="end">
            {text}
          </text>
          {other?.ticks[at] === undefined ? null : (
            <text x={area.right + 6} y={y(value) + 4}>
              {other.ticks[at].text}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}

/** Names below the buckets: the last, and from there to the left each that has room. */
export function BucketAxis({
  buckets,
  x,
  y,
}: {
  buckets: readonly Bucket[];
  x: (at: number) => number;
  y: number;
}) {
  const shown = withRoom(
    buckets.map(({ label }) => label),
    x,
  );
  return (
    <g>
      {buckets.map((bucket, at) =>
        shown.has(at) ? (
          <text key={bucket.key} x={x(at)} y={y} textAnchor="middle">
            {bucket.label}
          </text>
        ) : null,
      )}
    </g>
  );
}

/** Lines aslant on a pale ground: what is not over yet, told apart without colour. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width={5}
        height={5}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect className={classes.hatchGround} width={5} height={5} />
        <rect className={classes.hatchLine} width={1.5} height={5} />
      </pattern>
    </defs>
  );
}
