import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";

/** What a calendar looked like when it was read whole, and for whom and on which day that was. */
export type StateTag = {
  /** ETag of a feed; CTag or sync token of a CalDAV calendar. */
  readonly tag?: string;
  /** Last-Modified of a feed without an ETag. */
  readonly modified?: string;
  readonly zone: TimeZone;
  readonly day: CalendarDate;
};

export const writeStateTag = (state: StateTag): string => JSON.stringify(state);

/**
 * The state of the last reading, as far as it still tells anything: on another day the window has moved, and in another
 * zone days and floating times are others. Undefined then, so that the calendar is read whole.
 */
export function readStateTag(
  written: string | null,
  now: Pick<StateTag, "zone" | "day">,
): StateTag | undefined {
  if (written === null) return undefined;
  const state = JSON.parse(written) as StateTag;
  return state.zone === now.zone && state.day === now.day ? state : undefined;
}
