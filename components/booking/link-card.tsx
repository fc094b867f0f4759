import { guestTexts } from "@/components/guest/guest-texts";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { encodeStarts } from "@/lib/booking/core/starts-codec";
import { citiesOf, translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { TimeZone } from "@/lib/time/zone";
import { AboutLink } from "./about-link";
import { BookingCard } from "./booking-card";
import { promisedHost, shortName } from "./host-names";

/** What the address of a link's page asked for. */
export type PageChoice = {
  readonly zone: TimeZone | undefined;
  readonly day: CalendarDate | undefined;
  /** Length in minutes; the link's usual one where it offers no such length. */
  readonly duration: number | undefined;
};

/** Everything a link offers, to choose from. `base`: where this page and the form after it stand. */
export function LinkCard({
  page,
  locale,
  choice,
  base,
}: {
  readonly page: BookingPage;
  readonly locale: Locale;
  readonly choice: PageChoice;
  readonly base: string;
}) {
  const words = translatorFor(locale, "guest");
  // Another site's frame shows the calendar and the form; everything else of ours refuses to stand in one.
  const framed = base.startsWith("/embed/");
  const host = promisedHost(page);
  const zone = page.zoneLocked ? undefined : choice.zone;
  const usual = { durationMinutes: page.durationMinutes, starts: page.starts };
  const offers = [usual, ...page.otherOffers];
  const offer = offers.find(({ durationMinutes }) => durationMinutes === choice.duration) ?? usual;
  return (
    <BookingCard
      locale={locale}
      texts={guestTexts(locale, ["book"])}
      token={page.token}
      base={base}
      durationMinutes={offer.durationMinutes}
      noticeMinutes={page.noticeMinutes}
      hostZone={page.hostZone}
      hostName={host && shortName(host)}
      starts={encodeStarts(offer.starts)}
      otherOffers={offers
        .filter((other) => other !== offer)
        .map(({ durationMinutes, starts }) => ({ durationMinutes, starts: encodeStarts(starts) }))}
      asOf={page.asOf}
      zone={zone ?? page.hostZone}
      zoneChosen={zone !== undefined}
      zoneLocked={page.zoneLocked}
      seatsLeft={page.seatsLeft}
      cities={citiesOf(locale)}
      waiting={page.waitingList ? `/book/${page.token}/wait?locale=${locale}` : undefined}
      framed={framed}
      day={choice.day}
    >
      <AboutLink page={page} words={words} locale={locale} framed={framed} />
    </BookingCard>
  );
}
