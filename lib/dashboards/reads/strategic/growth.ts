import { monthStart } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, daysBetween } from "@/lib/time/offset";
import { byKey, NOTHING } from "../../core/rows";
import type { GrowthBlock } from "../../core/strategic";
import { ask } from "../executive/ask";
import type { BlockContext } from "../run-blocks";

/** Longer ranges are told by 24 months, everything else by 12: a chart of one bar says nothing of growth. */
const LONG_RANGE_DAYS = 366;

/** Won revenue by month up to the range's last, what it was in the same month a year before, and what was promised. */
export async function readGrowth(context: BlockContext): Promise<GrowthBlock> {
  const { period, reader } = context;
  const last = period.to > period.from ? addDays(period.to, -1) : period.from;
  const count = daysBetween(period.from, period.to) > LONG_RANGE_DAYS ? 24 : 12;
  const from = monthStart(last, 1 - count);
  const to = monthStart(last, 1);
  const [answers, targets] = await Promise.all([
    ask(context, ["won_revenue"], { days: { from: monthStart(from, -12), to }, by: "month" }),
    // What is promised of a month is promised of all of it, whatever the range cuts.
    ask(context, ["target_gap"], { days: { from, to }, by: "month" }),
  ]);
  const won = byKey(answers.won_revenue.groups);
  const gap = byKey(targets.target_gap.groups);
  const months = Array.from({ length: count }, (_, index) => monthStart(from, index));
  return {
    months: months.map((month) => {
      const cell = won(month) ?? NOTHING;
      const missing = gap(month)?.value ?? null;
      return {
        month,
        won: cell,
        lastYear: won(monthStart(month as CalendarDate, -12)) ?? NOTHING,
        targetMinor: missing === null ? null : missing + (cell.value ?? 0),
        partial: monthStart(month, 1) > reader.place.today,
      };
    }),
  };
}
