import type { Words } from "@/components/guest/words";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDayAndMonth, formatTime, formatWeekday } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";

/** Whose clock the times of a page are told on, and whose stands beside it. */
export type Clocks = {
  readonly zone: TimeZone;
  readonly hostZone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
};

/** The words of one slot: the guest's time, the host's under it, and the marks. */
export type SlotText = {
  readonly time: string;
  /** "09:30 SGT", or "23:00 SGT, Tue" when it is another day there. */
  readonly host: string;
  /** The day for the guest, when it is not the one the slot is listed under. */
  readonly otherDay: string | undefined;
};

/** The texts of a start that is listed under `listedUnder`, a day of the guest's. */
export function slotText(start: Instant, clocks: Clocks, listedUnder: CalendarDate): SlotText {
  const { zone, hostZone, locale, hourCycle } = clocks;
  const own = calendarDateAt(zone, start);
  const hostReader = { zone: hostZone, locale, hourCycle };
  const hostTime = `${formatTime(start, hostReader)} ${zoneAbbreviation(start, hostZone, locale)}`;
  const elsewhere = calendarDateAt(hostZone, start) !== own;
  return {
    time: formatTime(start, { zone, locale, hourCycle }),
    host: elsewhere ? `${hostTime}, ${formatWeekday(start, hostReader, "short")}` : hostTime,
    otherDay: own === listedUnder ? undefined : formatDayAndMonth(start, { zone, locale }),
  };
}

/** "1 hour", "5 hours 30 minutes": how far two clocks are apart. */
export function distanceText(minutes: number, words: Words): string {
  const size = Math.abs(minutes);
  return words("book.distance", { hours: Math.floor(size / 60), minutes: size % 60 }).trim();
}
