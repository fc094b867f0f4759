import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import { isolated } from "@/lib/i18n/isolate";
import { comma } from "@/lib/i18n/locale";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";

/** The reader of a booking's page. */
export type OwnReader = {
  readonly zone: TimeZone;
  readonly locale: string;
  readonly hourCycle: 12 | 24;
  /** The cities of the guest's zone and of the host's, as the reader's language calls them. */
  readonly cities: { readonly own: string; readonly host: string };
};

/** "Mon 16 Nov, 11:30 (JST)". */
export const momentText = (moment: Instant, reader: OwnReader): string =>
  `${formatDateShort(moment, reader)}${comma(reader.locale)}${formatTime(moment, reader)} (${zoneAbbreviation(moment, reader.zone, reader.locale)})`;

/** Everybody who was invited, the guest first. */
export const invitedNames = (booking: GuestBooking, locale: string): string =>
  [booking.guestName, ...booking.otherGuests]
    .map((name) => isolated(name, locale))
    .join(comma(locale));

/** "Zoom, Level 5": where the meeting is. */
export const placeText = (booking: GuestBooking, locale: string): string =>
  [booking.place.label, booking.place.detail]
    .filter((part) => part !== null && part !== "")
    .map((part) => isolated(part ?? "", locale))
    .join(comma(locale));
