"use client";

import { scaleLinear } from "d3-scale";
import type { Area } from "./axes";
import { ValueAxis } from "./axes";
import type { Axis } from "./axis";
import { axisRoom, closeAxisOf, inScaleOf } from "./axis";
import classes from "./chart.module.css";
import type { Drawing } from "./plot";
import { Plot } from "./plot";
import type { Format } from "./series";
import { fullText, shortText } from "./series";
import type { Size } from "./use-size";
import type { FallBar, FallStep } from "./waterfall-steps";
import { fallBars } from "./waterfall-steps";

/** Below this a label has no room for the sign of the currency. */
const SLIM_PX = 64;

const toneOf = ({ kind, tone, value }: FallBar): string | undefined => {
  if (kind === "end") return "end";
  return tone ?? (value < 0 ? "loss" : undefined);
};

const valueText = (bar: FallBar, axis: Axis, format: Format, slim: boolean): string => {
  const signed = { ...format, signed: bar.kind === "change" };
  return slim ? inScaleOf(axis, bar.value, signed) : shortText(bar.value, signed);
};

function Bars({
  bars,
  area,
  axis,
  y,
  format,
}: {
  bars: readonly FallBar[];
  area: Area;
  axis: Axis;
  y: (value: number) => number;
  format: Format;
}) {
  const step = (area.right - area.left) / Math.max(1, bars.length);
  const wide = Math.min(54, step * 0.64);
  const slim = step < SLIM_PX;
  const x = (at: number) => area.left + step * (at + 0.5);
  return bars.map((bar, at) => {
    const top = y(Math.max(bar.from, bar.to));
    const isLast = at === bars.length - 1;
    return (
      <g key={bar.key}>
        <rect
          className={classes.bar}
          data-tone={toneOf(bar)}
          x={x(at) - wide / 2}
          y={top}
          width={wide}
          height={Math.max(1.5, y(Math.min(bar.from, bar.to)) - top)}
          rx={1.5}
        />
        {isLast ? null : (
          <line
            className={classes.join}
            x1={x(at) + wide / 2}
            x2={x(at + 1) - wide / 2}
            y1={y(bar.after)}
            y2={y(bar.after)}
          />
        )}
        <text
          className={`${slim ? classes.narrow : classes.direct} ${classes.halo}`}
          x={x(at)}
          y={top - 7}
          textAnchor="middle"
        >
          {valueText(bar, axis, format, slim)}
        </text>
        {/* Two lines in turn, where there is no room for one. */}
        <text
          x={slim && isLast ? area.right : x(at)}
          y={area.bottom + (slim && at % 2 === 1 ? 30 : 18)}
          textAnchor={slim && isLast ? "end" : "middle"}
        >
          {bar.name}
        </text>
      </g>
    );
  });
}

function drawFall(bars: readonly FallBar[], format: Format, { width, height }: Size): Drawing {
  const axis = closeAxisOf(
    bars.flatMap(({ from, to }) => [from, to]),
    format,
  );
  const left = axisRoom(axis);
  const slim = (width - left) / Math.max(1, bars.length) < SLIM_PX;
  const area: Area = {
    left,
    right: width,
    top: 22,
    bottom: height - (slim ? 38 : 26),
  };
  const y = scaleLinear([axis.bottom, axis.top], [area.bottom, area.top]);
  const step = (area.right - area.left) / Math.max(1, bars.length);
  return {
    points: bars.map((bar, at) => ({
      key: bar.key,
      x: area.left + step * (at + 0.5),
      width: step,
      words: {
        name: bar.name,
        lines: [
          { name: "", value: fullText(bar.value, { ...format, signed: bar.kind === "change" }) },
        ],
      },
      ...(bar.href === undefined ? {} : { href: bar.href }),
    })),
    marks: (
      <>
        <ValueAxis axis={axis} area={area} y={y} />
        <Bars bars={bars} area={area} axis={axis} y={y} format={format} />
      </>
    ),
  };
}

/**
 * How one sum became another: grey ends, and between them what came (up) and went (down), each beginning where the one
 * before it ended.
 */
export function Waterfall({
  label,
  steps,
  format,
}: {
  label: string;
  steps: readonly FallStep[];
  format: Format;
}) {
  const bars = fallBars(steps);
  return <Plot label={label} size="fall" draw={(room) => drawFall(bars, format, room)} />;
}
