import type { ThreadLimits } from "@/lib/jobs/thread";
import { runInThread } from "@/lib/jobs/thread";
import type { Calculation, CalculationResult } from "../core/calculation";
import type { DayNumber, Deals } from "../core/life";
import type { EndedLead } from "../core/score-fields";

/** Long enough for a million deals on a slow machine. */
const LIMIT_MS = 15 * 60_000;

const ENTRY = new URL("./calculation-entry.ts", import.meta.url);

/** How threads are started, where it is not as this process was: tests bring their own loader. */
export type ThreadStart = Pick<ThreadLimits, "execArgv">;

const run = (calculation: Calculation, start: ThreadStart): Promise<CalculationResult> =>
  runInThread<CalculationResult>(ENTRY, calculation, { limitMs: LIMIT_MS, ...start });

/** The forecast and the backtest as of the end of `until`; see `forecastAt`. */
export async function forecastInThread(
  asked: { readonly deals: Deals; readonly until: DayNumber; readonly seed: number },
  start: ThreadStart = {},
) {
  const result = await run({ kind: "forecast", ...asked }, start);
  if (result.kind !== "forecast") throw new Error("a thread answered something else");
  return result.made;
}

/** A trained score; see `trainScore`. */
export async function scoreInThread(
  asked: { readonly leads: readonly EndedLead[]; readonly now: DayNumber; readonly seed: number },
  start: ThreadStart = {},
) {
  const result = await run({ kind: "score", ...asked }, start);
  if (result.kind !== "score") throw new Error("a thread answered something else");
  return result.made;
}
