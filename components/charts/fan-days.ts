import { t } from "./chart-text";
import type { Format } from "./series";
import type { Sheet } from "./sheet";

/** A day of the fan. `name` in full, "20 November 2026"; values are sums since the period's first day. */
export type FanDay = {
  readonly key: string;
  readonly name: string;
  readonly actual: number | null;
  readonly ahead: { readonly p10: number; readonly p50: number; readonly p90: number } | null;
  readonly href?: string;
};

/** The rows behind the fan. */
export function fanSheet(days: readonly FanDay[], target: number | null, format: Format): Sheet {
  return {
    columns: [
      { name: t("fan.day") },
      ...(["actual", "p10", "p50", "p90"] as const).map((key) => ({
        name: t(`fan.${key}`),
        format,
      })),
      ...(target === null ? [] : [{ name: t("fan.target"), format }]),
    ],
    rows: days.map(({ key, name, actual, ahead, href }) => ({
      key,
      cells: [
        name,
        actual,
        ahead?.p10 ?? null,
        ahead?.p50 ?? null,
        ahead?.p90 ?? null,
        ...(target === null ? [] : [target]),
      ],
      ...(href === undefined ? {} : { href }),
    })),
  };
}

/** Heights of texts that would stand on each other, moved apart by `room`; their order, from the top, stays. */
export function apart(heights: readonly number[], room: number): readonly number[] {
  const placed: number[] = [];
  for (const height of heights) {
    const above = placed.at(-1);
    placed.push(above === undefined ? height : Math.max(height, above + room));
  }
  // The stack as a whole keeps its middle.
  const shift = placed.reduce((sum, at, index) => sum + at - (heights[index] ?? 0), 0);
  return placed.map((at) => at - shift / Math.max(1, placed.length));
}
