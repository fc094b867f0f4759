import { formatWeekday } from "@/lib/time/format";
import { DAY_MS, instantOf } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";

// A Sunday, so that the day's number is the distance to it.
const SUNDAY = Date.UTC(2026, 10, 22);

/** "Monday", "Mon". */
export const dayName = (day: DayOfWeek, width: "long" | "short" = "long"): string =>
  formatWeekday(instantOf(SUNDAY + day * DAY_MS), { zone: UTC, locale: "en" }, width);

/** The seven days as this reader's weeks begin. */
export const daysFrom = (weekStart: DayOfWeek): readonly DayOfWeek[] =>
  [0, 1, 2, 3, 4, 5, 6].map((step) => ((weekStart + step) % 7) as DayOfWeek);
