import { formatTag, formatWeekday } from "@/lib/time/format";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import type { RecurrenceRule } from "./recurrence";

/** Says a text of the catalogue by its key. */
type Say = (key: string, values?: Record<string, string | number>) => string;

// 1 November 2026 is a Sunday.
const A_SUNDAY = Date.UTC(2026, 10, 1, 12);

/** "Tuesday", "Tue". */
export const weekdayName = (
  day: DayOfWeek,
  locale: string,
  width: "long" | "short" = "long",
): string => formatWeekday(instantOf(A_SUNDAY + day * DAY_MS), { zone: UTC, locale }, width);

const listed = (words: readonly string[], locale: string): string =>
  new Intl.ListFormat(formatTag(locale), { type: "conjunction" }).format(words);

/** "every Tuesday", "every 2 weeks on Monday and Thursday", "on the last Friday of every month". Keys: `repeat.*`. */
export function ruleWords(rule: RecurrenceRule, say: Say, locale: string): string {
  const count = rule.interval;
  switch (rule.freq) {
    case "daily":
      return say("repeat.daily", { count });
    case "weekly":
      return say("repeat.weekly", {
        count,
        days: listed(
          rule.days.map((day) => weekdayName(day, locale)),
          locale,
        ),
      });
    case "monthly": {
      const { by } = rule;
      if (by.kind === "weekday") {
        const nth = say(by.nth === -1 ? "repeat.nthLast" : `repeat.nth${by.nth}`);
        return say("repeat.monthlyWeekday", { count, nth, day: weekdayName(by.day, locale) });
      }
      return by.day === -1
        ? say("repeat.monthlyLastDay", { count })
        : say("repeat.monthlyDate", { count, day: String(by.day) });
    }
  }
}
