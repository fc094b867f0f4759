import { notFound } from "next/navigation";
import { BookingPageView } from "@/components/booking/booking-page-view";
import { ClosedView } from "@/components/booking/closed-view";
import { CountVisit } from "@/components/booking/count-visit";
import { PageMarkerTag } from "@/components/guest/page-marker-tag";
import { bookingPageLife } from "@/lib/booking/core/page-life";
import { loadBookingPage } from "@/lib/booking/loaders";
import { dayAndLength, HOST_CLOCK, zoneOfSegment } from "@/lib/cache/page-address";
import { pageCacheState } from "@/lib/cache/page-cache-state";
import { parseLocale } from "@/lib/i18n/locale";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { instantOf } from "@/lib/time/instant";
import { parseTimeZone } from "@/lib/time/zone";
import { modernZone } from "@/lib/time/zone-names";

// Made on the first visit and kept whole; lib/cache alone decides for how long.
export const dynamic = "force-static";
export const revalidate = false;
export const generateStaticParams = () => [];

type Params = {
  readonly token: string;
  readonly locale: string;
  readonly zone: string;
  readonly day: string;
};

/** One version of a link's page. Its address is an inner one: see lib/cache/page-address.ts. */
export default async function BookPage({ params }: { readonly params: Promise<Params> }) {
  const { token, locale: wantedLocale, zone, day } = await params;
  const locale = parseLocale(wantedLocale);
  if (locale === undefined) notFound();
  const { pages } = pageCacheState();
  const render = pages.begin(token);
  const now = instantOf(Date.now());
  const answer = await loadBookingPage(token, now).catch((cause: unknown) => {
    pages.finish(render);
    throw cause;
  });
  const wanted = dayAndLength(decodeURIComponent(day));
  const wantedZone =
    zone === HOST_CLOCK ? undefined : parseTimeZone(zoneOfSegment(decodeURIComponent(zone)));
  return (
    <>
      <PageMarkerTag render={render} {...bookingPageLife(answer)} />
      {answer.kind === "open" ? <CountVisit token={token} kind="view" /> : null}
      {answer.kind === "open" ? (
        <BookingPageView
          page={answer.page}
          locale={locale}
          zone={wantedZone && modernZone(wantedZone)}
          day={parseCalendarDate(wanted.day)}
          duration={wanted.length}
        />
      ) : (
        <ClosedView answer={answer} token={token} locale={locale} />
      )}
    </>
  );
}
