import { CountVisit } from "@/components/booking/count-visit";
import { DetailsFacts, DetailsHeading } from "@/components/booking/details-facts";
import { DetailsForm } from "@/components/booking/details-form";
import { FramedDetails } from "@/components/booking/framed-details";
import { promisedHost, shortName } from "@/components/booking/host-names";
import { GuestFrame } from "@/components/guest/guest-frame";
import { guestTexts } from "@/components/guest/guest-texts";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { bookAction } from "@/lib/booking/actions";
import { arrivalState } from "@/lib/booking/core/arrival-state";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { translatorFor } from "@/lib/i18n/catalogue";
import type { Locale } from "@/lib/i18n/locale";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** How another site wants its calendar to look: what its address carries from page to page. */
export type FrameWish = {
  readonly theme?: string | undefined;
  readonly colour?: string | undefined;
};

/** The form for one chosen start. `frame`: within a page of another site, and how that wants it. */
export function DetailsView({
  page,
  locale,
  zone,
  hourCycle,
  start,
  idempotencyKey,
  frame,
}: {
  readonly page: BookingPage;
  readonly locale: Locale;
  readonly zone: TimeZone;
  readonly hourCycle: 12 | 24;
  readonly start: Instant | undefined;
  readonly idempotencyKey: string;
  readonly frame?: FrameWish;
}) {
  const words = translatorFor(locale, "guest");
  const host = promisedHost(page);
  const back = new URLSearchParams({ zone, locale });
  if (start !== undefined) back.set("day", calendarDateAt(zone, start));
  for (const [name, value] of Object.entries(frame ?? {})) if (value) back.set(name, value);
  const base = `/${frame ? "embed" : "book"}/${page.token}`;
  const allTimes = `${base}?${back}`;
  const form = {
    locale,
    texts: guestTexts(locale, ["book", "details", "error", "refused", ...(frame ? ["own"] : [])]),
    token: page.token,
    workspaceName: page.workspaceName,
    durationMinutes: page.durationMinutes,
    needsApproval: page.needsApproval,
    extraGuests: page.extraGuests,
    hostName: host && shortName(host),
    hostLabel: host ? shortName(host) : page.workspaceName,
    clocks: { zone, hostZone: page.hostZone, locale, hourCycle },
    start,
    initial: arrivalState(page, start),
    idempotencyKey,
    allTimes,
    heading: <DetailsHeading page={page} allTimes={allTimes} words={words} />,
    facts: <DetailsFacts page={page} words={words} />,
  };
  return (
    <GuestFrame
      locale={locale}
      organisation={page.workspaceName}
      logoId={page.logoId}
      colour={frame?.colour ?? page.colour}
      width="middle"
      path={base}
      framed={frame !== undefined}
    >
      <title>
        {words("details.title", { link: page.linkName, host: host?.name ?? page.workspaceName })}
      </title>
      <SameOriginReferrer />
      <CountVisit token={page.token} kind="start" />
      {frame ? <FramedDetails {...form} /> : <DetailsForm action={bookAction} {...form} />}
    </GuestFrame>
  );
}
