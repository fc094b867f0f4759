import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";

export type WeekAsked = {
  /** A day of the week shown; on a phone the one day shown. */
  readonly date: CalendarDate;
  /** A second column of hours. */
  readonly beside: TimeZone | undefined;
  readonly open: string | undefined;
};

export function weekAddress(asked: WeekAsked, change: Partial<WeekAsked> = {}): string {
  const { date, beside, open } = { ...asked, ...change };
  const params = new URLSearchParams({ view: "week", date });
  if (beside !== undefined) params.set("beside", beside);
  if (open !== undefined) params.set("open", open);
  return `/meetings?${params.toString()}`;
}
