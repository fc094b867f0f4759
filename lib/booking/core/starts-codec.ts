import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";

/**
 * Starts as a short text, so that a link with sixty days of quarter-hours adds a few hundred bytes to its page:
 * the first start in minutes, then the distances in minutes, each with how often it repeats, all in base 36.
 * Starts must ascend and lie on whole minutes; a start between two minutes is left out.
 */
export function encodeStarts(starts: readonly Instant[]): string {
  const minutes = starts.filter((start) => start % MINUTE_MS === 0).map((s) => s / MINUTE_MS);
  const [first, ...rest] = minutes;
  if (first === undefined) return "";
  const runs: { step: number; count: number }[] = [];
  let previous = first;
  for (const minute of rest) {
    const step = minute - previous;
    previous = minute;
    const last = runs.at(-1);
    if (last?.step === step) last.count += 1;
    else runs.push({ step, count: 1 });
  }
  const parts = runs.map(({ step, count }) =>
    count === 1 ? step.toString(36) : `${step.toString(36)}*${count.toString(36)}`,
  );
  return [first.toString(36), ...parts].join(".");
}

/** The starts of `encodeStarts`, ascending. */
export function decodeStarts(text: string): readonly Instant[] {
  if (text === "") return [];
  const [first = "", ...parts] = text.split(".");
  let minute = Number.parseInt(first, 36);
  const starts = [minute * MINUTE_MS];
  for (const part of parts) {
    const [step = "", count = "1"] = part.split("*");
    for (let left = Number.parseInt(count, 36); left > 0; left -= 1) {
      minute += Number.parseInt(step, 36);
      starts.push(minute * MINUTE_MS);
    }
  }
  return starts as Instant[];
}
