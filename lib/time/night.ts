import type { Instant } from "./instant";
import { minuteOfDayAt } from "./offset";
import type { TimeZone } from "./zone";

/** People are awake from seven to eight in the evening, as far as a stranger may assume. */
export function isNight(zone: TimeZone, moment: Instant): boolean {
  const minute = minuteOfDayAt(zone, moment);
  return minute < 7 * 60 || minute >= 20 * 60;
}
