import { instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import type { BusyEvent } from "./expand";

/**
 * What is kept of somebody else's calendar: when, and nothing else. Ascending, disjoint, cut to the window; what stands
 * there because we wrote it, or invited to it, is known already and left out.
 */
export function busyTimes(
  events: readonly BusyEvent[],
  { window, ours }: { readonly window: Interval; readonly ours: ReadonlySet<string> },
): Interval[] {
  const spans = events
    .filter(({ uid }) => !ours.has(uid))
    .flatMap((event) => event.spans)
    .filter(({ from, to }) => from < window.to && to > window.from)
    .sort((a, b) => a.from - b.from);
  const merged: { from: Interval["from"]; to: Interval["to"] }[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    const from = instantOf(Math.max(span.from, window.from));
    const to = instantOf(Math.min(span.to, window.to));
    if (last === undefined || from > last.to) merged.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return merged;
}
