import type { FigureLook } from "@/lib/dashboards/core/figure-text";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { MetricUnit } from "@/lib/metrics/core/metric";

/** In what a value is, and how it is written. Money is minor units of `currency`, ratios are 0…1. */
export type Format = { readonly unit: MetricUnit } & FigureLook;

/** A place on the horizontal axis: a day, a month. */
export type Bucket = {
  readonly key: string;
  /** Below the axis: "Nov". */
  readonly label: string;
  /** In full: "November 2026". */
  readonly name: string;
  /** Not over yet: hatched, dashed, and said to be so far. */
  readonly partial?: boolean;
  /** The records behind it. */
  readonly href?: string;
};

/** Values in the order of the buckets; null where there is no figure, which is a gap and never 0. */
export type Series = {
  readonly name: string;
  readonly values: readonly (number | null)[];
  readonly format: Format;
  /** Above the axis: "S$ won". */
  readonly caption?: string;
  /** Behind the value where it is written beside its point: "leads". */
  readonly word?: string;
};

/** A value as small as it can be said: "S$1.65 M". */
export const shortText = (value: number | null, format: Format): string =>
  figureText(value, format.unit, { ...format, short: true });

/** A value in full: "S$1,651,663". */
export const fullText = (value: number | null, format: Format): string =>
  figureText(value, format.unit, format);

/** What a point says: its name, and each series with its value. */
export type PointWords = {
  readonly name: string;
  readonly lines: readonly { readonly name: string; readonly value: string }[];
};

export const spoken = ({ name, lines }: PointWords): string =>
  `${name}: ${lines.map((line) => `${line.name} ${line.value}`).join(", ")}`;
