declare const calendarDate: unique symbol;
declare const minuteOfDay: unique symbol;

/** A day on the calendar without time or zone, `YYYY-MM-DD`. */
export type CalendarDate = string & { readonly [calendarDate]: true };

/** Minutes since local midnight, 0…1440. 1440 is legal only as an end: "until midnight". */
export type MinuteOfDay = number & { readonly [minuteOfDay]: true };

/** The day of that name, or undefined when the calendar has no such day (2026-02-30). */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const epochMs = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(epochMs)) return undefined;
  return new Date(epochMs).toISOString().startsWith(text) ? (text as CalendarDate) : undefined;
}

export function minuteOfDayOf(minute: number): MinuteOfDay {
  if (!Number.isInteger(minute) || minute < 0 || minute > 1440)
    throw new RangeError(`not a minute of the day: ${minute}`);
  return minute as MinuteOfDay;
}
