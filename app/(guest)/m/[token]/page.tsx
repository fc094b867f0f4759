import { cookies } from "next/headers";
import { CancelForm } from "@/components/booking/cancel-form";
import { DoneView } from "@/components/booking/done-view";
import { shortName } from "@/components/booking/host-names";
import { ManageView } from "@/components/booking/manage-view";
import { isOver, OverView } from "@/components/booking/over-view";
import { momentText } from "@/components/booking/own-texts";
import { RescheduleForm } from "@/components/booking/reschedule-form";
import { GuestFrame } from "@/components/guest/guest-frame";
import { guestTexts } from "@/components/guest/guest-texts";
import { PlainCard } from "@/components/guest/plain-card";
import { requestHourCycle, requestLocale, single } from "@/components/guest/request-choices";
import { SameOriginReferrer } from "@/components/guest/same-origin-referrer";
import { cancelBookingAction, rescheduleAction, undoCancelAction } from "@/lib/booking/actions";
import type { GuestBooking } from "@/lib/booking/core/guest-booking";
import { BOOKING_LOCATOR, guestCookieName } from "@/lib/booking/core/guest-cookie";
import { encodeStarts } from "@/lib/booking/core/starts-codec";
import { appAddress, loadGuestBooking, loadRescheduleStarts } from "@/lib/booking/loaders";
import { citiesOf, translatorFor } from "@/lib/i18n/catalogue";
import { cityIn } from "@/lib/i18n/cities";
import type { Locale } from "@/lib/i18n/locale";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { MINUTE_MS } from "@/lib/time/instant";

type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The capability this browser keeps under a locator. */
async function keptCapability(locator: string): Promise<string | undefined> {
  if (!BOOKING_LOCATOR.test(locator)) return undefined;
  return (await cookies()).get(guestCookieName(locator, appAddress()))?.value;
}

function Door({ locale, path, kept }: { locale: Locale; path: string; kept: boolean }) {
  const words = translatorFor(locale, "guest");
  const title = words(kept ? "door.unknownTitle" : "door.title");
  return (
    <GuestFrame locale={locale} width="narrow" path={path}>
      <title>{title}</title>
      <PlainCard icon="shield" title={title}>
        <p>{words(kept ? "door.unknownText" : "door.text")}</p>
      </PlainCard>
    </GuestFrame>
  );
}

/** How long after booking the page still leads on to the host's own; later it is only read again. */
const JUST_BOOKED_MS = 60_000;

type OwnProps = {
  readonly booking: GuestBooking;
  readonly capability: string;
  readonly locator: string;
  readonly locale: Locale;
  readonly query: Query;
};

async function Own({ booking, capability, locator, locale, query }: OwnProps) {
  const words = translatorFor(locale, "guest");
  const hourCycle = await requestHourCycle(single(query.clock));
  const known = citiesOf(locale);
  const cities = {
    own: cityIn(known, booking.guestZone),
    host: cityIn(known, booking.hostZone),
  };
  const reader = { zone: booking.guestZone, locale, hourCycle, cities };
  if (isOver(booking.status)) {
    return (
      <OverView
        booking={booking}
        status={booking.status}
        reader={reader}
        words={words}
        locator={locator}
        undoAction={undoCancelAction}
      />
    );
  }
  if (single(query.manage) === undefined) {
    const privateLink = `${appAddress()}/m/${capability}`;
    const justBooked = Date.now() - booking.bookedAt < JUST_BOOKED_MS;
    return <DoneView {...{ booking, reader, words, locator, privateLink, justBooked }} />;
  }
  const hostName = shortName(booking.host);
  const others = booking.otherGuests.length;
  const clocks = { zone: booking.guestZone, hostZone: booking.hostZone, locale, hourCycle };
  const starts = booking.changeableUntil === null ? [] : await loadRescheduleStarts(capability);
  const { version, shared: isShared } = booking;
  const shared = { locator, version, hostName, others, clocks, shared: isShared };
  return (
    <ManageView booking={booking} reader={reader} words={words}>
      <RescheduleForm
        {...shared}
        action={rescheduleAction}
        texts={guestTexts(locale, ["book", "own", "refused", "details"])}
        starts={encodeStarts(starts)}
        now={{
          start: booking.start,
          durationMinutes: (booking.end - booking.start) / MINUTE_MS,
        }}
        until={booking.changeableUntil === null ? "" : momentText(booking.changeableUntil, reader)}
        day={parseCalendarDate(single(query.day) ?? "")}
      />
      <CancelForm
        {...shared}
        action={cancelBookingAction}
        texts={guestTexts(locale, ["own", "refused", "details"])}
        linkName={booking.linkName}
      />
    </ManageView>
  );
}

function titleOf(booking: GuestBooking, isManaged: boolean, locale: Locale): string {
  const words = translatorFor(locale, "guest");
  const facts = { link: booking.linkName, host: booking.host.name };
  if (isManaged || isOver(booking.status)) return words("own.titleManage", facts);
  return words(booking.status === "pending" ? "own.titlePending" : "own.titleConfirmed", facts);
}

/** A guest's own booking, for the browser that keeps its capability. */
export default async function ManagePage({
  params,
  searchParams,
}: {
  readonly params: Promise<{ token: string }>;
  readonly searchParams: Promise<Query>;
}) {
  const [{ token: locator }, query, locale] = await Promise.all([
    params,
    searchParams,
    requestLocale(),
  ]);
  const capability = await keptCapability(locator);
  const booking = capability === undefined ? undefined : await loadGuestBooking(capability);
  const path = `/m/${locator}`;
  if (capability === undefined || booking === undefined)
    return <Door locale={locale} path={path} kept={capability !== undefined} />;
  const isManaged = single(query.manage) !== undefined && !isOver(booking.status);
  return (
    <GuestFrame
      locale={locale}
      organisation={booking.workspaceName}
      logoId={booking.logoId}
      colour={booking.colour}
      width={isManaged ? "middle" : "narrow"}
      path={path}
    >
      <SameOriginReferrer />
      <title>{titleOf(booking, isManaged, locale)}</title>
      <Own
        booking={booking}
        capability={capability}
        locator={locator}
        locale={locale}
        query={query}
      />
    </GuestFrame>
  );
}
