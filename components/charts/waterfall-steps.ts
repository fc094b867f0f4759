import { t } from "./chart-text";
import type { Format } from "./series";
import type { Sheet } from "./sheet";

/**
 * One bar: an end stands on the ground and is the sum so far, a change hangs where the one before it ended. `tone` of a
 * change that is neither gain nor loss of the pipeline's own making is left out: it takes that of its sign.
 */
export type FallStep = {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly kind: "end" | "change";
  readonly tone?: "gain" | "loss";
  readonly href?: string;
};

export type FallBar = FallStep & {
  readonly from: number;
  readonly to: number;
  /** What is open after it. */
  readonly after: number;
};

/** Where each bar begins and ends. An end is drawn as what it says; that the changes lead to it is the caller's to prove. */
export function fallBars(steps: readonly FallStep[]): readonly FallBar[] {
  let level = 0;
  return steps.map((step) => {
    const from = step.kind === "end" ? 0 : level;
    level = from + step.value;
    return { ...step, from, to: level, after: level };
  });
}

/** The rows behind the bars. */
export function fallSheet(steps: readonly FallStep[], format: Format): Sheet {
  return {
    columns: [
      { name: t("fall.step") },
      { name: t("fall.change"), format: { ...format, signed: true } },
      { name: t("fall.open"), format },
    ],
    rows: fallBars(steps).map(({ key, name, kind, value, after, href }) => ({
      key,
      cells: [name, kind === "end" ? null : value, after],
      ...(href === undefined ? {} : { href }),
    })),
  };
}
