import type { ReactNode } from "react";
import classes from "./chart.module.css";
import { t } from "./chart-text";

/** Hundredths of a whole, kept inside the cell. */
const part = (value: number, of: number): number =>
  of > 0 ? Math.min(100, Math.max(0, (value / of) * 100)) : 0;

function CellPicture({ label, children }: { label: string; children: ReactNode }) {
  return (
    <svg
      className={classes.cell}
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {children}
    </svg>
  );
}

const across = (x: number) => ({ x1: x, x2: x, y1: 0, y2: 16 });

/** A value of the largest of its column. Quiet: of what is not known, such as "no reason given". */
export function HBar({
  value,
  most,
  label,
  quiet = false,
  slim = false,
}: {
  value: number;
  most: number;
  label: string;
  quiet?: boolean;
  slim?: boolean;
}) {
  return (
    <CellPicture label={label}>
      <rect
        className={classes.cellPart}
        data-quiet={quiet ? "" : undefined}
        x={0}
        y={slim ? 4 : 3}
        width={part(value, most)}
        height={slim ? 8 : 10}
      />
    </CellPicture>
  );
}

/** A value pale, and its weighted part solid. */
export function StageBar({
  value,
  weighted,
  most,
  label,
}: {
  value: number;
  weighted: number;
  most: number;
  label: string;
}) {
  return (
    <CellPicture label={label}>
      <rect className={classes.cellWhole} x={0} y={0} width={part(value, most)} height={16} />
      <rect className={classes.cellPart} x={0} y={0} width={part(weighted, most)} height={16} />
    </CellPicture>
  );
}

/** What was reached, with a tick at the target and a dashed one where it would be on pace. Without a target, a bar. */
export function BulletBar({
  value,
  target,
  pace,
  most,
  label,
}: {
  value: number;
  target: number | null;
  pace: number | null;
  /** The largest value or target of the column. */
  most: number;
  label: string;
}) {
  return (
    <CellPicture label={label}>
      <rect className={classes.cellPart} x={0} y={3} width={part(value, most)} height={10} />
      {target === null ? null : (
        <>
          <line className={classes.cellUnder} {...across(part(target, most))} />
          {pace === null ? null : (
            <>
              <line className={classes.cellUnder} {...across(part(pace, most))} />
              <line className={classes.cellPace} {...across(part(pace, most))} />
            </>
          )}
          <line className={classes.target} {...across(part(target, most))} />
        </>
      )}
    </CellPicture>
  );
}

/** A rate with its 95 % interval, on an axis from `from` to `to`; dotted, where everybody is. All 0…1. */
export function IntervalDot({
  rate,
  low,
  high,
  overall,
  from = 0,
  to = 1,
  label,
}: {
  rate: number | null;
  low: number;
  high: number;
  overall: number | null;
  from?: number;
  to?: number;
  label: string;
}) {
  const at = (ratio: number) => part(ratio - from, to - from);
  return (
    <CellPicture label={label}>
      <line className={classes.cellAxis} x1={0} x2={100} y1={8} y2={8} />
      {overall === null ? null : <line className={classes.cellRef} {...across(at(overall))} />}
      {rate === null ? null : (
        <>
          <line className={classes.cellRange} x1={at(low)} x2={at(high)} y1={8} y2={8} />
          <line className={classes.cellPoint} x1={at(rate)} x2={at(rate)} y1={2} y2={14} />
        </>
      )}
    </CellPicture>
  );
}

/** An axis of tens of percent around some intervals, so that small differences are seen; its ends are said below it. */
export function intervalAxis(rates: readonly { readonly low: number; readonly high: number }[]): {
  readonly from: number;
  readonly to: number;
} {
  const low = Math.min(1, ...rates.map((rate) => rate.low));
  const high = Math.max(0, ...rates.map((rate) => rate.high));
  if (low > high) return { from: 0, to: 1 };
  return {
    from: Math.max(0, Math.floor(low * 10 + 1e-9) / 10),
    to: Math.min(1, Math.ceil(high * 10 - 1e-9) / 10),
  };
}

/** The sentences of the bars in cells, for their labels. Values are written by the caller. */
export const barWords = {
  bar: (name: string, value: string) => t("bar.label", { name, value }),
  stage: (name: string, value: string, weighted: string) =>
    t("stage.label", { name, value, weighted }),
  bullet: (name: string, value: string, target: string | null, pace: string | null) => {
    if (target === null) return t("bullet.bare", { name, value });
    return pace === null
      ? t("bullet.target", { name, value, target })
      : t("bullet.pace", { name, value, target, pace });
  },
  rate: (name: string, rate: string, of: { low: string; high: string; n: number } | null) =>
    of === null ? t("rate.labelNone", { name }) : t("rate.label", { name, rate, ...of }),
} as const;
