import controls from "@/components/guest/controls.module.css";
import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import type { Translate } from "@/lib/i18n/catalogue";

export const hasCalendarLinks = (booking: GuestBooking): boolean =>
  booking.googleUrl !== null || booking.outlookUrl !== null || booking.calendarFileUrl !== null;

/** The ways to put the meeting into a calendar. */
export function CalendarLinks({
  booking,
  words,
}: {
  readonly booking: GuestBooking;
  readonly words: Translate;
}) {
  const away = { className: controls.button, target: "_blank", rel: "noreferrer" } as const;
  return (
    <div className={controls.row}>
      {booking.googleUrl === null ? null : (
        <a {...away} href={booking.googleUrl}>
          {words("own.google")}
        </a>
      )}
      {booking.outlookUrl === null ? null : (
        <a {...away} href={booking.outlookUrl}>
          {words("own.outlook")}
        </a>
      )}
      {booking.calendarFileUrl === null ? null : (
        <a className={controls.button} href={booking.calendarFileUrl} download>
          {words("own.ics")}
        </a>
      )}
    </div>
  );
}
