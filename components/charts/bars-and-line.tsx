"use client";

import { scaleBand, scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { useId } from "react";
import type { Area } from "./axes";
import { BucketAxis, Hatch, ValueAxis } from "./axes";
import { axisOf, axisRoom, closeAxisOf } from "./axis";
import classes from "./chart.module.css";
import { t } from "./chart-text";
import type { Drawing, PlotPoint, PlotSize } from "./plot";
import { Plot } from "./plot";
import type { Bucket, Series } from "./series";
import { fullText, shortText } from "./series";
import type { Size } from "./use-size";

export type TrendData = {
  readonly buckets: readonly Bucket[];
  readonly bars: Series;
  /** On an axis of its own, to the right. */
  readonly line?: Series;
  /** The same a year before, on the axis of the bars: a thin grey line. */
  readonly former?: Series;
  /** What was to be reached in each bucket, on the axis of the bars. */
  readonly target?: Series;
};

/** The position of the largest value among the buckets that are over. */
function peakOf({ values }: Series, buckets: readonly Bucket[]): number | undefined {
  let best: number | undefined;
  for (const [at, value] of values.entries()) {
    if (value === null || value <= 0 || buckets[at]?.partial === true) continue;
    if (best === undefined || value > (values[best] ?? 0)) best = at;
  }
  return best;
}

/** A low chart has room for three lines, and for nothing above them. */
const LOW_PX = 160;

/** Some more than there is: the highest point has its words above it. */
const withHeadroom = (values: Series["values"]): Series["values"] =>
  values.map((value) => (value === null ? null : value * 1.1));

/** Everything the marks are placed by. */
function layOut(
  { buckets, bars, line: other, former, target }: TrendData,
  { width, height }: Size,
) {
  const low = height < LOW_PX;
  const onLeft = [...bars.values, ...(former?.values ?? []), ...(target?.values ?? [])];
  const alone = other === undefined && !low;
  const axis = alone ? closeAxisOf(onLeft, bars.format) : axisOf(onLeft, bars.format, low ? 2 : 4);
  // As many steps on both sides: their lines are the same.
  const right =
    other === undefined
      ? undefined
      : axisOf(withHeadroom(other.values), other.format, axis.ticks.length - 1 || 1);
  const area: Area = {
    left: axisRoom(axis),
    right: width - (right === undefined ? 4 : axisRoom(right)),
    top: low ? 8 : 22,
    bottom: height - 24,
  };
  const band = scaleBand<number>(
    buckets.map((_, at) => at),
    [area.left, area.right],
  );
  const step = band.step();
  const y = scaleLinear([axis.bottom, axis.top], [area.bottom, area.top]);
  const y2 = scaleLinear([right?.bottom ?? 0, right?.top ?? 1], [area.bottom, area.top]);
  const x = (at: number) => (band(at) ?? 0) + step / 2;
  return { axis, right, area, step, x, y, y2 };
}

type Layout = ReturnType<typeof layOut>;
type Labelled = { data: TrendData; layout: Layout };

function Bars({ data, layout, hatch }: { data: TrendData; layout: Layout; hatch: string }) {
  const { x, y, step } = layout;
  const wide = Math.min(26, step * 0.62);
  const round = Math.min(2, wide / 3);
  return data.buckets.map((bucket, at) => {
    const value = data.bars.values[at];
    if (value === null || value === undefined || value === 0) return null;
    const top = Math.min(y(value), y(0));
    return (
      <rect
        key={bucket.key}
        className={bucket.partial === true ? classes.hatched : classes.bar}
        {...(bucket.partial === true ? { fill: `url(#${hatch})` } : {})}
        x={x(at) - wide / 2}
        y={top}
        width={wide}
        height={Math.max(1, Math.abs(y(value) - y(0)))}
        rx={round}
      />
    );
  });
}

/** A line that is dashed where it comes to a bucket that is not over, and has gaps where there is nothing. */
function Line({
  series,
  layout,
  buckets,
  y,
  kind,
}: {
  series: Series;
  layout: Layout;
  buckets: readonly Bucket[];
  y: (value: number) => number;
  kind: "other" | "former";
}) {
  const path = line<number>()
    .defined((at) => typeof series.values[at] === "number")
    .x(layout.x)
    .y((at) => y(series.values[at] ?? 0));
  const all = buckets.map((_, at) => at);
  // A year that is over has no unfinished end.
  const cut = kind === "former" ? -1 : buckets.findIndex(({ partial }) => partial === true);
  const whole = path(cut === -1 ? all : all.slice(0, cut)) ?? "";
  const rest = cut === -1 ? "" : (path(all.slice(Math.max(0, cut - 1))) ?? "");
  return (
    <g>
      <path className={classes.under} d={whole} />
      <path className={classes.line} data-kind={kind} d={whole} />
      {rest === "" ? null : <path className={classes.line} data-dashed="" d={rest} />}
      {kind === "former"
        ? null
        : all.map((at) => {
            const value = series.values[at];
            if (value === null || value === undefined) return null;
            const r = layout.step < 26 ? 2 : 3;
            return (
              <circle key={at} className={classes.dot} cx={layout.x(at)} cy={y(value)} r={r} />
            );
          })}
    </g>
  );
}

function Targets({ target, layout }: { target: Series; layout: Layout }) {
  const half = Math.min(32, layout.step * 0.78) / 2;
  return target.values.map((value, at) => {
    if (value === null) return null;
    const y = layout.y(value);
    const span = (more: number) => ({
      x1: layout.x(at) - half - more,
      x2: layout.x(at) + half + more,
      y1: y,
      y2: y,
    });
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the place in the row is what it is.
      <g key={at}>
        <line className={classes.targetUnder} {...span(1)} />
        <line className={classes.target} {...span(0)} />
      </g>
    );
  });
}

/** The largest bar says so inside, where it is wide enough and the line does not pass there. */
function HighestBar({ data: { buckets, bars, line: other }, layout }: Labelled) {
  const { x, y, y2, step } = layout;
  const at = peakOf(bars, buckets);
  if (at === undefined || step * 0.62 < 26) return null;
  const top = y(bars.values[at] ?? 0);
  const beside = other?.values[at];
  if (typeof beside === "number" && Math.abs(y2(beside) - top - 10) < 14) return null;
  return (
    <text className={classes.inside} x={x(at)} y={top + 14} textAnchor="middle">
      {shortText(bars.values[at] ?? null, bars.format).replace(/^[^\d]+|[^\d]+$/g, "")}
    </text>
  );
}

/** The highest point of the line, with its word. */
function HighestPoint({ data: { buckets, line: other }, layout }: Labelled) {
  const { x, y2, area } = layout;
  const at = other === undefined ? undefined : peakOf(other, buckets);
  if (at === undefined || other === undefined) return null;
  const isRight = area.right - x(at) < 36;
  const anchor = isRight ? "end" : "middle";
  return (
    <text
      className={`${classes.direct} ${classes.halo}`}
      x={x(at)}
      y={Math.max(area.top - 4, y2(other.values[at] ?? 0) - 9)}
      textAnchor={x(at) - area.left < 36 ? "start" : anchor}
    >
      {`${shortText(other.values[at] ?? null, other.format)}${other.word === undefined ? "" : ` ${other.word}`}`}
    </text>
  );
}

/** The extremes, written beside their marks; with a target, the target instead, which is the question then. */
function DirectLabels({ data, layout }: Labelled) {
  const { target } = data;
  const goal = target?.values.at(-1);
  if (target === undefined || typeof goal !== "number") {
    return (
      <g>
        <HighestBar data={data} layout={layout} />
        <HighestPoint data={data} layout={layout} />
      </g>
    );
  }
  return (
    <text
      className={`${classes.direct} ${classes.halo}`}
      x={layout.area.right}
      y={layout.y(goal) - 7}
      textAnchor="end"
    >
      {`${target.name.toLocaleLowerCase("en")} ${shortText(goal, target.format)}`}
    </text>
  );
}

function pointsOf({ buckets, ...series }: TrendData, { x, step }: Layout): PlotPoint[] {
  const drawn = [series.bars, series.line, series.former, series.target].filter(
    (one) => one !== undefined,
  );
  return buckets.map((bucket, at) => ({
    key: bucket.key,
    x: x(at),
    width: step,
    words: {
      name: bucket.partial === true ? `${bucket.name}, ${t("points.soFar")}` : bucket.name,
      lines: drawn.map(({ name, values, format }) => ({
        name,
        value: fullText(values[at] ?? null, format),
      })),
    },
    ...(bucket.href === undefined ? {} : { href: bucket.href }),
  }));
}

function drawTrend(data: TrendData, size: Size, hatch: string): Drawing {
  const layout = layOut(data, size);
  const { axis, right, area, x, y, y2 } = layout;
  const { buckets, bars, line: other, former, target } = data;
  return {
    points: pointsOf(data, layout),
    marks: (
      <>
        <Hatch id={hatch} />
        <ValueAxis axis={axis} other={right} area={area} y={y} />
        <BucketAxis buckets={buckets} x={x} y={size.height - 6} />
        <Bars data={data} layout={layout} hatch={hatch} />
        {former === undefined ? null : (
          <Line series={former} layout={layout} buckets={buckets} y={y} kind="former" />
        )}
        {target === undefined ? null : <Targets target={target} layout={layout} />}
        {other === undefined ? null : (
          <Line series={other} layout={layout} buckets={buckets} y={y2} kind="other" />
        )}
        {bars.caption === undefined ? null : (
          <text x={0} y={10}>
            {bars.caption}
          </text>
        )}
        {other?.caption === undefined ? null : (
          <text x={size.width} y={10} textAnchor="end">
            {other.caption}
          </text>
        )}
        <DirectLabels data={data} layout={layout} />
      </>
    ),
  };
}

/**
 * Bars over time, and beside them what belongs to the question: a line on an axis of its own, the year before, a target.
 * A bucket that is not over is hatched, and the line to it dashed. `label` is the chart in one sentence.
 */
export function BarsAndLine({
  label,
  size = "tall",
  ...data
}: TrendData & { label: string; size?: PlotSize }) {
  const hatch = useId();
  return <Plot label={label} size={size} draw={(room) => drawTrend(data, room, hatch)} />;
}
