"use client";

import { scaleLinear } from "d3-scale";
import type { Area } from "./axes";
import { ValueAxis } from "./axes";
import { axisOf, axisRoom } from "./axis";
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

function valueText(bar: FallBar, format: Format, slim: boolean): string {
  const text = shortText(bar.value, { ...format, signed: bar.kind === "change" });
  // "+S$5.15 M" is "+5.15 M" where it is narrow.
  return slim ? text.replace(/^([+−]?)[^\d]+/, "$1") : text;
}

/** A name in two lines where one is too long for its bar. */
function Name({ name, x, y, room }: { name: string; x: number; y: number; room: number }) {
  const most = Math.max(3, Math.floor(room / 6));
  const words = name.split(" ");
  const isLong = name.length > most && words.length > 1;
  const lines = isLong ? [words[0] ?? "", words.slice(1).join(" ")] : [name];
  return (
    <text x={x} y={y} textAnchor="middle">
      {lines.map((line, at) => (
        <tspan key={line} x={x} dy={at === 0 ? 0 : 12}>
          {line.length > most ? `${line.slice(0, most)}…` : line}
        </tspan>
      ))}
    </text>
  );
}

function Bars({
  bars,
  area,
  y,
  format,
}: {
  bars: readonly FallBar[];
  area: Area;
  y: (value: number) => number;
  format: Format;
}) {
  const step = (area.right - area.left) / Math.max(1, bars.length);
  const wide = Math.min(54, step * 0.64);
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
          className={`${classes.direct} ${classes.halo}`}
          x={x(at)}
          y={top - 7}
          textAnchor="middle"
        >
          {valueText(bar, format, step < SLIM_PX)}
        </text>
        <Name name={bar.name} x={x(at)} y={area.bottom + 18} room={step} />
      </g>
    );
  });
}

function drawFall(bars: readonly FallBar[], format: Format, { width, height }: Size): Drawing {
  const axis = axisOf(
    bars.flatMap(({ from, to }) => [from, to]),
    format,
  );
  const slim = width / Math.max(1, bars.length) < SLIM_PX;
  const area: Area = {
    left: axisRoom(axis),
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
        <Bars bars={bars} area={area} y={y} format={format} />
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
