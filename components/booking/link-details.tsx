import { randomUUID } from "node:crypto";
import { guestTexts } from "@/components/guest/guest-texts";
import { requestHourCycle, requestZone, single } from "@/components/guest/request-choices";
import { arrivalState } from "@/lib/booking/core/arrival-state";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import type { BookingFormState } from "@/lib/booking/core/form-state";
import { citiesOf, translatorFor } from "@/lib/i18n/catalogue";
import { cityIn } from "@/lib/i18n/cities";
import type { Locale } from "@/lib/i18n/locale";
import type { Instant } from "@/lib/time/instant";
import { parseInstant, toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { DetailsFacts, DetailsHeading } from "./details-facts";
import type { BookAction, DetailsFormProps } from "./details-form";
import { DetailsForm } from "./details-form";
import { FramedDetails } from "./framed-details";
import { promisedHost, shortName } from "./host-names";
import type { Prefill, Query } from "./prefill";
import { carriedQuery, prefillFrom } from "./prefill";

type DetailsProps = {
  readonly page: BookingPage;
  readonly locale: Locale;
  /** What the address says: the chosen start, zone, clock and length, and what it fills in. */
  readonly query: Query;
  /** Where the link's page stands: `/book/<token>`, or `/embed/<token>` within another site. */
  readonly base: string;
  readonly action: BookAction;
  /** True within a page of another site. */
  readonly framed?: boolean;
};

/** The link as offered in the length the address asks for, or in its usual one. */
function inLength(page: BookingPage, asked: string | undefined): BookingPage {
  const offer = page.otherOffers.find(({ durationMinutes }) => `${durationMinutes}` === asked);
  return offer === undefined ? page : { ...page, ...offer };
}

/** What the form says on arrival, with what the address filled in. */
function stateOnArrival(
  page: BookingPage,
  start: Instant | undefined,
  { values }: Prefill,
): BookingFormState {
  const state = arrivalState(page, start);
  if (state.status === "idle") return state;
  return { ...state, values: { ...values, start: start === undefined ? "" : toIso(start) } };
}

type Chosen = { readonly zone: TimeZone; readonly start: Instant | undefined };

/** The address of the times again, with everything that was chosen and brought along. */
function addressOfTimes(
  { locale, query, base }: DetailsProps,
  page: BookingPage,
  { zone, start }: Chosen,
): string {
  const back = new URLSearchParams({ ...carriedQuery(query), zone, locale });
  if (page.otherOffers.length > 0) back.set("duration", `${page.durationMinutes}`);
  if (start !== undefined) back.set("day", calendarDateAt(zone, start));
  return `${base}?${back}`;
}

async function formOf(props: DetailsProps): Promise<DetailsFormProps> {
  const { action, locale, query, framed } = props;
  const page = inLength(props.page, single(query.duration));
  const words = translatorFor(locale, "guest");
  const asked = page.zoneLocked ? undefined : await requestZone(single(query.zone));
  const chosen = { zone: asked ?? page.hostZone, start: parseInstant(single(query.start) ?? "") };
  const { zone, start } = chosen;
  const hourCycle = await requestHourCycle(single(query.clock));
  const host = promisedHost(page);
  const prefill = prefillFrom(query, page);
  const cities = citiesOf(locale);
  const allTimes = addressOfTimes(props, page, chosen);
  return {
    action,
    locale,
    texts: guestTexts(locale, ["book", "details", "error", "refused", ...(framed ? ["own"] : [])]),
    token: page.token,
    workspaceName: page.workspaceName,
    durationMinutes: page.durationMinutes,
    lengthChosen: page.otherOffers.length > 0,
    needsApproval: page.needsApproval,
    page: { questions: page.questions, places: page.places, extraGuests: page.extraGuests },
    prefilled: prefill.values,
    source: prefill.source,
    hostName: host && shortName(host),
    hostLabel: host ? shortName(host) : page.workspaceName,
    clocks: { zone, hostZone: page.hostZone, locale, hourCycle },
    cities: { own: cityIn(cities, zone), host: cityIn(cities, page.hostZone) },
    start,
    initial: stateOnArrival(page, start, prefill),
    idempotencyKey: randomUUID(),
    allTimes,
    heading: <DetailsHeading page={page} allTimes={allTimes} words={words} />,
    facts: <DetailsFacts page={page} start={start} words={words} locale={locale} />,
  };
}

/** The form for one chosen start. */
export async function LinkDetails(props: DetailsProps) {
  const form = await formOf(props);
  return props.framed ? <FramedDetails {...form} /> : <DetailsForm {...form} />;
}
