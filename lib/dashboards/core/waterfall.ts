/**
 * What moved the open pipeline between two moments. Each deal's own path is added up, so that what is at the end is
 * what was at the start and everything between: nothing is left over, whatever happened to a deal and how often.
 */
export const FLOWS = [
  "created",
  "reopened",
  "returned",
  "increased",
  "decreased",
  "rates",
  "won",
  "lost",
  "removed",
] as const;
export type Flow = (typeof FLOWS)[number];

/** Signed minor units of the workspace's currency, and how many deals it is about. */
export type FlowSum = { readonly minor: number; readonly deals: number };

export type PipelineSums = {
  readonly start: FlowSum;
  readonly end: FlowSum;
  readonly flows: Readonly<Record<Flow, FlowSum>>;
};

export type Bar = FlowSum & {
  readonly bar: "start" | Flow | "end";
  /** From where to where it is drawn; for both ends from 0. */
  readonly from: number;
  readonly to: number;
};

export type Waterfall = {
  readonly bars: readonly Bar[];
  /** End without start and everything between: 0, or the figures do not agree. */
  readonly residual: number;
};

/** Flows that are told only where there is one; the others are a bar even when nothing happened. */
const RARE: ReadonlySet<Flow> = new Set(["reopened", "returned", "rates", "removed"]);

/** The bars in their order, each standing on where the one before it ended. */
export function waterfallOf({ start, end, flows }: PipelineSums): Waterfall {
  const bars: Bar[] = [{ bar: "start", ...start, from: 0, to: start.minor }];
  let at = start.minor;
  for (const flow of FLOWS) {
    const { minor, deals } = flows[flow];
    const to = at + minor;
    if (deals > 0 || !RARE.has(flow)) bars.push({ bar: flow, minor, deals, from: at, to });
    at = to;
  }
  bars.push({ bar: "end", ...end, from: 0, to: end.minor });
  return { bars, residual: end.minor - at };
}
