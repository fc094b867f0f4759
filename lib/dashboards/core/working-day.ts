import type { Period } from "@/lib/metrics/core/range";
import { workingDays } from "@/lib/metrics/core/target-share";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import type { WorkingDay } from "./executive";

/** Which working day of the range today is, Monday to Friday; before it 0, behind it the last. */
export const workingDayOf = ({ from, to }: Period, today: CalendarDate): WorkingDay => ({
  day: workingDays(from, [addDays(today, 1), to].sort()[0] ?? to),
  of: workingDays(from, to),
});
