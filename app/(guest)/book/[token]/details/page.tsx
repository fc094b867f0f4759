import { randomUUID } from "node:crypto";
import { notFound } from "next/navigation";
import { ClosedView } from "@/components/booking/closed-view";
import { CountVisit } from "@/components/booking/count-visit";
import { DetailsFacts, DetailsHeading } from "@/components/booking/details-facts";
import { DetailsForm } from "@/components/booking/details-form";
import { promisedHost, shortName } from "@/components/booking/host-names";
import { GuestFrame } from "@/components/guest/guest-frame";
import { guestTexts } from "@/components/guest/guest-texts";
import {
  requestHourCycle,
  requestLocale,
  requestZone,
  single,
} from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { bookAction } from "@/lib/booking/actions";
import { arrivalState } from "@/lib/booking/core/arrival-state";
import { loadBookingPage } from "@/lib/booking/loaders";
import { translatorFor } from "@/lib/i18n/catalogue";
import { instantOf, parseInstant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The form for one chosen start. */
export default async function DetailsPage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<Query>;
}) {
  const [{ token }, query, locale] = await Promise.all([params, searchParams, requestLocale()]);
  const answer = await loadBookingPage(token, instantOf(Date.now()));
  if (answer.kind === "absent") notFound();
  if (answer.kind === "closed") return <ClosedView answer={answer} token={token} locale={locale} />;

  const { page } = answer;
  const words = translatorFor(locale, "guest");
  const zone = (await requestZone(single(query.zone))) ?? page.hostZone;
  const hourCycle = await requestHourCycle(single(query.clock));
  const start = parseInstant(single(query.start) ?? "");
  const host = promisedHost(page);
  const day = start === undefined ? "" : `&day=${calendarDateAt(zone, start)}`;
  const allTimes = `/book/${page.token}?zone=${encodeURIComponent(zone)}&locale=${locale}${day}`;
  const title = words("details.title", {
    link: page.linkName,
    host: host?.name ?? page.workspaceName,
  });
  return (
    <GuestFrame
      locale={locale}
      organisation={page.workspaceName}
      width="middle"
      path={`/book/${page.token}`}
    >
      <title>{title}</title>
      <SameOriginReferrer />
      <CountVisit token={page.token} kind="start" />
      <DetailsForm
        action={bookAction}
        locale={locale}
        texts={guestTexts(locale, ["book", "details", "error", "refused"])}
        token={page.token}
        workspaceName={page.workspaceName}
        durationMinutes={page.durationMinutes}
        needsApproval={page.needsApproval}
        extraGuests={page.extraGuests}
        hostName={host && shortName(host)}
        hostLabel={host ? shortName(host) : page.workspaceName}
        clocks={{ zone, hostZone: page.hostZone, locale, hourCycle }}
        start={start}
        initial={arrivalState(page, start)}
        idempotencyKey={randomUUID()}
        allTimes={allTimes}
        heading={<DetailsHeading page={page} allTimes={allTimes} words={words} />}
        facts={<DetailsFacts page={page} words={words} />}
      />
    </GuestFrame>
  );
}
