import { GuestFrame } from "@/components/guest/guest-frame";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import { promisedHost } from "./host-names";
import { LinkCard } from "./link-card";

/** The page of a link that takes bookings. `zone`, `day`, `duration`: what its address asked for. */
export function BookingPageView({
  page,
  locale,
  zone,
  day,
  duration,
}: {
  readonly page: BookingPage;
  readonly locale: Locale;
  readonly zone: TimeZone | undefined;
  readonly day: CalendarDate | undefined;
  readonly duration: number | undefined;
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
      logoId={page.logoId}
      colour={page.colour}
      width="wide"
      path={`/book/${page.token}`}
      barBelow
    >
      <title>{title}</title>
      <meta name="description" content={page.description ?? title} />
      <LinkCard
        page={page}
        locale={locale}
        choice={{ zone, day, duration }}
        base={`/book/${page.token}`}
      />
    </GuestFrame>
  );
}
