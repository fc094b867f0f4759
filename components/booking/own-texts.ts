import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";

/** The reader of a booking's page. */
export type OwnReader = {
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
};

/** "Mon 16 Nov, 11:30 (JST)". */
export const momentText = (moment: Instant, reader: OwnReader): string =>
  `${formatDateShort(moment, reader)}, ${formatTime(moment, reader)} (${zoneAbbreviation(moment, reader.zone, reader.locale)})`;

/** Everybody who was invited, the guest first. */
export const invitedNames = (booking: GuestBooking): string =>
  [booking.guestName, ...booking.otherGuests].join(", ");

/** "Zoom, Level 5": where the meeting is. */
export const placeText = (booking: GuestBooking): string =>
  [booking.place.label, booking.place.detail].filter((part) => part).join(", ");
