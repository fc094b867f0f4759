"use client";

import { scaleLinear } from "d3-scale";
import { area as areaPath, line } from "d3-shape";
import type { Area } from "./axes";
import { ValueAxis } from "./axes";
import { axisOf, axisRoom } from "./axis";
import classes from "./chart.module.css";
import { t } from "./chart-text";
import type { FanDay } from "./fan-days";
import { apart } from "./fan-days";
import type { Drawing, PlotPoint } from "./plot";
import { Plot } from "./plot";
import type { Format } from "./series";
import { fullText, shortText } from "./series";
import type { Size } from "./use-size";

type FanData = {
  readonly days: readonly FanDay[];
  /** What stands below the axis: which days (by position), and how they are called there. */
  readonly marks: readonly { readonly at: number; readonly label: string }[];
  readonly target: number | null;
  readonly format: Format;
};

/** Room for "P50 S$5.02 M" to the right. */
const ENDS_PX = 92;

function layOut({ days, target, format }: FanData, { width, height }: Size) {
  const axis = axisOf(
    [...days.flatMap(({ actual, ahead }) => [actual, ahead?.p90]), target],
    format,
    3,
  );
  const ahead = days.some((day) => day.ahead !== null);
  const area: Area = {
    left: axisRoom(axis),
    right: width - (ahead ? ENDS_PX : 8),
    top: 14,
    bottom: height - 24,
  };
  const y = scaleLinear([axis.bottom, axis.top], [area.bottom, area.top]);
  const x = scaleLinear([0, Math.max(1, days.length - 1)], [area.left, area.right]);
  // The last day that is known: where the fan opens.
  const now = days.findLastIndex(({ actual }) => actual !== null);
  return { axis, area, x, y, now };
}

type Layout = ReturnType<typeof layOut>;

function Paths({ days, layout }: { days: readonly FanDay[]; layout: Layout }) {
  const { x, y, now } = layout;
  const known = days[now]?.actual;
  // The fan begins where the known line ends.
  const fan = days.flatMap((day, at) => {
    if (at === now && typeof known === "number")
      return [{ at, p10: known, p50: known, p90: known }];
    return day.ahead === null || at < now ? [] : [{ at, ...day.ahead }];
  });
  const actual = days.flatMap((day, at) =>
    day.actual === null ? [] : [{ at, value: day.actual }],
  );
  const band = areaPath<(typeof fan)[number]>()
    .x((point) => x(point.at))
    .y0((point) => y(point.p10))
    .y1((point) => y(point.p90));
  const middle = line<(typeof fan)[number]>()
    .x((point) => x(point.at))
    .y((point) => y(point.p50));
  const past = line<(typeof actual)[number]>()
    .x((point) => x(point.at))
    .y((point) => y(point.value));
  return (
    <g>
      <path className={classes.band} d={band(fan) ?? ""} />
      <path className={classes.line} data-kind="actual" data-dashed="" d={middle(fan) ?? ""} />
      <path className={classes.line} data-kind="actual" d={past(actual) ?? ""} />
    </g>
  );
}

function Ends({
  days,
  layout,
  format,
}: {
  days: readonly FanDay[];
  layout: Layout;
  format: Format;
}) {
  const end = days.at(-1)?.ahead;
  if (end === null || end === undefined) return null;
  const ends = ["p90", "p50", "p10"] as const;
  const heights = apart(
    ends.map((which) => layout.y(end[which]) + 4),
    15,
  );
  return (
    <g>
      {ends.map((which, at) => (
        <text
          key={which}
          className={which === "p50" ? classes.direct : classes.side}
          x={layout.area.right + 8}
          y={heights[at]}
        >
          {t("fan.end", { which: t(`fan.${which}`), value: shortText(end[which], format) })}
        </text>
      ))}
    </g>
  );
}

function Target({ target, layout, format }: { target: number; layout: Layout; format: Format }) {
  const { area, y } = layout;
  return (
    <g>
      <line
        className={classes.target}
        data-dashed=""
        x1={area.left}
        x2={area.right}
        y1={y(target)}
        y2={y(target)}
      />
      <text className={`${classes.side} ${classes.halo}`} x={area.left + 4} y={y(target) - 6}>
        {t("fan.targetValue", { value: shortText(target, format) })}
      </text>
    </g>
  );
}

function Now({
  days,
  layout,
  format,
}: {
  days: readonly FanDay[];
  layout: Layout;
  format: Format;
}) {
  const { x, y, area, now } = layout;
  const value = days[now]?.actual;
  if (typeof value !== "number") return null;
  const isEarly = x(now) - area.left < 70;
  return (
    <g>
      <line className={classes.join} x1={x(now)} x2={x(now)} y1={area.top} y2={area.bottom} />
      <circle className={classes.dot} data-kind="actual" cx={x(now)} cy={y(value)} r={3.5} />
      <text
        className={`${classes.direct} ${classes.halo}`}
        x={x(now) + (isEarly ? 8 : -8)}
        y={y(value) - 9}
        textAnchor={isEarly ? "start" : "end"}
      >
        {shortText(value, format)}
      </text>
    </g>
  );
}

function wordsOf({ name, actual, ahead }: FanDay, format: Format): PlotPoint["words"] {
  const values = actual === null && ahead !== null ? ahead : { actual };
  return {
    name,
    lines: Object.entries(values).map(([key, value]) => ({
      name: t(`fan.${key as "actual" | "p10" | "p50" | "p90"}`),
      value: fullText(value, format),
    })),
  };
}

function anchorOf(at: number, last: number): "start" | "middle" | "end" {
  if (at === 0) return "start";
  return at === last ? "end" : "middle";
}

function drawFan(data: FanData, size: Size): Drawing {
  const layout = layOut(data, size);
  const { axis, area, x, y } = layout;
  const { days, marks, target, format } = data;
  const step = (area.right - area.left) / Math.max(1, days.length - 1);
  return {
    points: days.map((day, at) => ({
      key: day.key,
      x: x(at),
      width: Math.max(3, step),
      words: wordsOf(day, format),
      ...(day.href === undefined ? {} : { href: day.href }),
    })),
    marks: (
      <>
        <ValueAxis axis={axis} area={area} y={y} />
        {marks.map(({ at, label }) => (
          <text
            key={label}
            x={x(at)}
            y={size.height - 6}
            textAnchor={anchorOf(at, days.length - 1)}
          >
            {label}
          </text>
        ))}
        <Paths days={days} layout={layout} />
        {target === null ? null : <Target target={target} layout={layout} format={format} />}
        <Now days={days} layout={layout} format={format} />
        <Ends days={days} layout={layout} format={format} />
      </>
    ),
  };
}

/**
 * What has been won since the period began, and where it may end: a line of what is known, from there the middle of the
 * forecast dashed, the band from P10 to P90, and the target across.
 */
export function Fan({ label, ...data }: FanData & { label: string }) {
  return <Plot label={label} size="fan" draw={(room) => drawFan(data, room)} />;
}
