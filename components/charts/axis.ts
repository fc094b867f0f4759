import { minorDigits } from "@/lib/crm/core/money";
import { formatTag } from "@/lib/time/format";
import type { Format } from "./series";

/** A vertical axis: from `bottom`, which is 0 where nothing lies below, to `top`, at even steps. */
export type Axis = {
  readonly bottom: number;
  readonly top: number;
  /** What one of the written numbers is worth in stored units: a million's worth of cents on an axis in "M". */
  readonly scale: number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
};

const NICE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;
const SCALES = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
] as const;
const THIN = "\u202f";
// What a floating point division may be short by.
const SLACK = 1e-9;

/** The smallest round step of which `steps` reach over the span. Counts have whole steps. */
function stepOver(span: number, steps: number, whole: boolean): number {
  const raw = span / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const fits = NICE.map((nice) => nice * power).filter(
    (step) => step >= raw * (1 - SLACK) && (!whole || Number.isInteger(step)),
  );
  return fits[0] ?? (whole ? Math.max(1, Math.ceil(raw)) : 10 * power);
}

/** The size a tick is written in: units of a figure, not what is stored. */
function unitsOf(format: Format): number {
  if (format.unit === "money" || format.unit === "money_per_day")
    return 10 ** minorDigits(format.currency);
  return format.unit === "ratio" ? 0.01 : 1;
}

type Scale = readonly [size: number, letter: string];

const scaleOf = (reach: number, format: Format): Scale => {
  const units = unitsOf(format);
  if (format.unit === "ratio") return [units, "%"];
  const [size, letter] = SCALES.find(([each]) => reach / units >= each * (1 - SLACK)) ?? [1, ""];
  return [size * units, letter];
};

const writtenIn = (value: number, digits: number, { locale = "en" }: Format): string =>
  new Intl.NumberFormat(formatTag(locale), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .format(value)
    .replace("-", "−");

/** "1.8 M", "600", "40 %": one scale and as many digits for the whole axis. */
function tickText(value: number, step: number, [size, letter]: Scale, format: Format): string {
  if (value === 0) return "0";
  const scaled = step / size;
  const digits = [0, 1, 2].find(
    (places) => Math.abs(scaled * 10 ** places - Math.round(scaled * 10 ** places)) < 1e-6,
  );
  const text = writtenIn(value / size, digits ?? 3, format);
  return letter === "" ? text : `${text}${THIN}${letter}`;
}

/** A value in the numbers of an axis, "+5.15" beside "12 M": where there is no room for more. */
export function inScaleOf({ scale }: Axis, value: number, format: Format): string {
  const text = writtenIn(value / scale, scale === 1 ? 0 : 2, format);
  return format.signed === true && value > 0 ? `+${text}` : text;
}

/**
 * The axis of some values. It begins at 0, unless some lie below; without any value above or below, only 0 is on it.
 * Two axes of as many steps share their lines.
 */
export function axisOf(
  values: readonly (number | null | undefined)[],
  format: Format,
  steps = 4,
): Axis {
  const known = values.filter((value) => typeof value === "number");
  const high = Math.max(0, ...known);
  const low = Math.min(0, ...known);
  if (high === low)
    return { bottom: 0, top: 1, scale: unitsOf(format), ticks: [{ value: 0, text: "0" }] };
  const whole = format.unit === "count";
  let step = stepOver(high - low, steps, whole);
  // With both signs the halves are rounded apart, and may need one step more than there are.
  while (Math.ceil(high / step - SLACK) + Math.ceil(-low / step - SLACK) > steps) {
    step = stepOver(step * steps * 1.01, steps, whole);
  }
  const below = Math.ceil(-low / step - SLACK);
  const above = low < 0 ? Math.ceil(high / step - SLACK) : steps;
  const scale = scaleOf(Math.max(above, below) * step, format);
  const ticks = Array.from({ length: above + below + 1 }, (_, at) => {
    const value = (at - below) * step;
    return { value, text: tickText(value, step, scale, format) };
  });
  return { bottom: -below * step, top: above * step, scale: scale[0], ticks };
}

/** The axis that wastes least height, of three to five steps. */
export const closeAxisOf = (values: readonly (number | null | undefined)[], format: Format): Axis =>
  [4, 3, 5]
    .map((steps) => axisOf(values, format, steps))
    .reduce((best, axis) =>
      axis.top - axis.bottom < (best.top - best.bottom) * (1 - SLACK) ? axis : best,
    );

/** Room for the longest text beside an axis, in pixels: figures are 6.3 wide at 11 pixels. */
export const axisRoom = ({ ticks }: Axis): number =>
  Math.ceil(Math.max(...ticks.map(({ text }) => text.length)) * 6.3) + 8;

// What a letter of 11 pixels takes, and what has to be between two texts and between their middles to be read apart.
const LETTER_PX = 5.3;
const BETWEEN_PX = 5;
const APART_PX = 28;

/**
 * Which of the texts below an axis are written: the last, and from there to the left each that has room beside the one
 * after it. `x` is the middle of each, in pixels.
 */
export function withRoom(texts: readonly string[], x: (at: number) => number): ReadonlySet<number> {
  const shown = new Set<number>();
  let last: { readonly middle: number; readonly left: number } | undefined;
  for (let at = texts.length - 1; at >= 0; at -= 1) {
    const middle = x(at);
    const half = ((texts[at]?.length ?? 0) * LETTER_PX) / 2;
    const fits =
      last === undefined ||
      (middle + half + BETWEEN_PX <= last.left && last.middle - middle >= APART_PX);
    if (!fits) continue;
    shown.add(at);
    last = { middle, left: middle - half };
  }
  return shown;
}
