import { GuestFrame } from "@/components/guest/guest-frame";
import { guestTexts } from "@/components/guest/guest-texts";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { encodeStarts } from "@/lib/booking/core/starts-codec";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import { AboutLink } from "./about-link";
import { BookingCard } from "./booking-card";
import { promisedHost, shortName } from "./host-names";

/** The page of a link that takes bookings. `zone`, `day`: what its address asked for. */
export function BookingPageView({
  page,
  locale,
  zone,
  day,
}: {
  readonly page: BookingPage;
  readonly locale: Locale;
  readonly zone: TimeZone | undefined;
  readonly day: CalendarDate | undefined;
}) {
  const words = translatorFor(locale, "guest");
  const host = promisedHost(page);
  const title = words("book.title", {
    link: page.linkName,
    host: host?.name ?? page.workspaceName,
  });
  return (
    <GuestFrame
      locale={locale}
      organisation={page.workspaceName}
      width="wide"
      path={`/book/${page.token}`}
      barBelow
    >
      <title>{title}</title>
      <meta name="description" content={page.description ?? title} />
      <BookingCard
        locale={locale}
        texts={guestTexts(locale, ["book"])}
        token={page.token}
        base={`/book/${page.token}`}
        durationMinutes={page.durationMinutes}
        noticeMinutes={page.noticeMinutes}
        hostZone={page.hostZone}
        hostName={host && shortName(host)}
        starts={encodeStarts(page.starts)}
        asOf={page.asOf}
        zone={zone ?? page.hostZone}
        zoneChosen={zone !== undefined}
        day={day}
      >
        <AboutLink page={page} words={words} />
      </BookingCard>
    </GuestFrame>
  );
}
