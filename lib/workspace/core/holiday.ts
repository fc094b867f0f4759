import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Place, PublicHoliday } from "./public-holidays";

/** A day on which nobody can be booked whose schedule observes holidays. */
export type Holiday = { readonly id: string; readonly date: CalendarDate; readonly name: string };

/** What an import of a country's public holidays would offer. */
export type HolidayPreview = {
  readonly countries: readonly Place[];
  readonly regions: readonly Place[];
  readonly country: string | undefined;
  readonly region: string | undefined;
  readonly years: readonly number[];
  /** `known` are in the calendar already. */
  readonly found: readonly (PublicHoliday & { readonly known: boolean })[];
};
