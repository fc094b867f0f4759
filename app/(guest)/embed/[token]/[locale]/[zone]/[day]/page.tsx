import { notFound } from "next/navigation";
import { ClosedView } from "@/components/booking/closed-view";
import { CountVisit } from "@/components/booking/count-visit";
import { LinkCard } from "@/components/booking/link-card";
import { GuestFrame } from "@/components/guest/guest-frame";
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

/** One version of a link's calendar for other sites. Its address is an inner one: see lib/cache/page-address.ts. */
export default async function EmbedPage({ params }: { readonly params: Promise<Params> }) {
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
  const marker = <PageMarkerTag render={render} {...bookingPageLife(answer)} framed />;
  if (answer.kind !== "open") {
    return (
      <>
        {marker}
        <ClosedView answer={answer} token={token} locale={locale} framed />
      </>
    );
  }
  const { page } = answer;
  const wanted = dayAndLength(decodeURIComponent(day));
  const wantedZone =
    zone === HOST_CLOCK ? undefined : parseTimeZone(zoneOfSegment(decodeURIComponent(zone)));
  return (
    <>
      {marker}
      <CountVisit token={token} kind="view" />
      <GuestFrame
        locale={locale}
        organisation={page.workspaceName}
        colour={page.colour}
        width="wide"
        path={`/embed/${page.token}`}
        barBelow
        framed
      >
        <title>{page.linkName}</title>

        <LinkCard
          page={page}
          locale={locale}
          choice={{
            zone: wantedZone && modernZone(wantedZone),
            day: parseCalendarDate(wanted.day),
            duration: wanted.length,
          }}
          base={`/embed/${page.token}`}
        />
      </GuestFrame>
    </>
  );
}
