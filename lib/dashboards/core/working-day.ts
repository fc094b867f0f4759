import type { Period } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays, dayOfWeek } from "@/lib/time/offset";
import type { WorkingDay } from "./executive";

const isWorking = (day: CalendarDate): boolean => dayOfWeek(day) % 6 !== 0;

function workingDays(from: CalendarDate, to: CalendarDate): number {
  let count = 0;
  for (let day = from; day < to; day = addDays(day, 1)) if (isWorking(day)) count += 1;
  return count;
}

/** Which working day of the range today is, Monday to Friday; before it 0, behind it the last. */
export const workingDayOf = ({ from, to }: Period, today: CalendarDate): WorkingDay => ({
  day: workingDays(from, [addDays(today, 1), to].sort()[0] ?? to),
  of: workingDays(from, to),
});
