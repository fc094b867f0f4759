import type { Answer } from "@/lib/metrics/core/answer";
import type { Split } from "@/lib/metrics/core/fact";
import type { PerformerRow, Promised, WorkingDay } from "../../core/executive";
import { byKey } from "../../core/rows";
import { workingDayOf } from "../../core/working-day";
import type { BlockContext } from "../run-blocks";
import { ask } from "./ask";

const IDS = [
  "won_revenue",
  "closed_win_rate",
  "target_gap",
  "target_attainment",
  "target_pace",
] as const;

export type TowardsTarget = {
  readonly rows: readonly Omit<PerformerRow, "name">[];
  readonly total: Answer["total"];
  readonly workingDay: WorkingDay;
};

/**
 * What was won in the range and what was promised for the whole of it, by team or by person: those who won or closed
 * anything, and those who promised.
 */
export async function askTowardsTarget(
  context: BlockContext,
  by: Extract<Split, "team" | "owner">,
): Promise<TowardsTarget> {
  const { whole, reader } = context;
  const answers = await ask(context, IDS, { days: whole, by });
  const gap = byKey(answers.target_gap.groups);
  const attainment = byKey(answers.target_attainment.groups);
  const pace = byKey(answers.target_pace.groups);
  const winRate = byKey(answers.closed_win_rate.groups);
  const workingDay = workingDayOf(whole, reader.place.today);
  const promisedOf = (key: string | null, wonMinor: number): Promised => {
    const missing = gap(key)?.value ?? null;
    if (missing === null) return { targetMinor: null, paceMinor: null, attained: null };
    const targetMinor = missing + wonMinor;
    const ahead = pace(key)?.value ?? 0;
    return {
      targetMinor,
      // Of nothing won no pace can be told back into money; its days can.
      paceMinor: Math.round(
        ahead > 0 ? wonMinor / ahead : (targetMinor * workingDay.day) / Math.max(workingDay.of, 1),
      ),
      attained: attainment(key)?.value ?? null,
    };
  };
  return {
    rows: (answers.won_revenue.groups ?? []).map(({ key, ...won }) => ({
      key,
      won,
      winRate: winRate(key) ?? { value: null, reason: "nothing-counted", n: 0, hits: 0 },
      ...promisedOf(key, won.value ?? 0),
    })),
    total: answers.won_revenue.total,
    workingDay,
  };
}
