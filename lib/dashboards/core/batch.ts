import type { Cell } from "@/lib/metrics/core/answer";
import type { Period } from "@/lib/metrics/core/range";
import type { MetricId } from "@/lib/metrics/core/registry";

/**
 * One part of a dashboard. What fails is said with a reference, and the others stand. `asOf`: of an earlier time than
 * the rest ("09:41", in the workspace's zone), because making it takes long; it is said beside it.
 */
export type Block<Data> =
  | { readonly status: "ready"; readonly data: Data; readonly asOf?: string }
  | { readonly status: "failed"; readonly reference: string; readonly cause: "slow" | "defect" };

/**
 * A dashboard's one answer. Money is minor units of `currency`. Two answers with one `version` were computed from the
 * same data, for the same day.
 */
export type Batch<Blocks extends Readonly<Record<string, unknown>>> = {
  readonly version: string;
  /** ISO 8601. */
  readonly asOf: string;
  readonly computedMs: number;
  /** In words: "all teams". */
  readonly scope: string;
  readonly zone: string;
  readonly currency: string;
  /** The workspace's day. */
  readonly today: string;
  /** The elapsed part of the range, its whole, and what it is compared with; `to` is the day after the last. */
  readonly period: Period;
  readonly whole: Period;
  readonly comparedWith: Period | null;
  readonly blocks: { readonly [Name in keyof Blocks]: Block<Blocks[Name]> };
};

/** What a card shows: its figure, the one it is compared with, and how it went (buckets in order, the last unfinished). */
export type Card = {
  readonly metric: MetricId;
  readonly now: Cell;
  readonly before: Cell | null;
  /** In words what `before` is: "1–20 Oct", "20 Oct", "leads of Jun". */
  readonly beforeWords: string | null;
  readonly spark: readonly {
    readonly key: string;
    readonly value: number | null;
    readonly partial: boolean;
  }[];
  /** A second line where the metric wants one: "median S$19.9k", "P90 94 d · n 149". */
  readonly note?: string;
};
