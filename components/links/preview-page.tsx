"use client";

import { useMemo, useState } from "react";
import { AboutLink } from "@/components/booking/about-link";
import booking from "@/components/booking/booking.module.css";
import {
  addMonths,
  monthOf,
  nextFreeDay,
  offersByDay,
  startsListed,
} from "@/components/booking/day-plan";
import { DayTimes } from "@/components/booking/day-times";
import { promisedHost, shortName } from "@/components/booking/host-names";
import { LengthChips } from "@/components/booking/length-chips";
import { MonthGrid } from "@/components/booking/month-grid";
import type { BookingState } from "@/components/booking/use-booking-state";
import controls from "@/components/guest/controls.module.css";
import type { GuestTexts } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import { decodeStarts } from "@/lib/booking/core/starts-codec";
import type { PreviewAnswer } from "@/lib/links/core/action-answers";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

const NOBODY_TOOK: ReadonlySet<Instant> = new Set();
const LOCALE = "en";

type Seen = Extract<PreviewAnswer, { status: "seen" }>;

/** What changes while somebody tries the preview: as on the guest's page, without its memory, address and news. */
function usePreviewState(seen: Seen, zone: TimeZone, cycle: 12 | 24): BookingState {
  const { page } = seen;
  const [hourCycle, setHourCycle] = useState(cycle);
  const [wantedDay, setWantedDay] = useState<CalendarDate>();
  const [wantedMonth, setWantedMonth] = useState<CalendarDate>();
  const [chosen, setChosen] = useState<Instant>();
  const [wanted, setWanted] = useState(page.durationMinutes);
  const lengths = useMemo(
    () =>
      seen.offers
        .map((offer) => ({ ...offer, starts: decodeStarts(offer.starts) }))
        .sort((a, b) => a.durationMinutes - b.durationMinutes),
    [seen],
  );
  const usual = { durationMinutes: page.durationMinutes, starts: [] };
  const { durationMinutes, starts } =
    lengths.find((offer) => offer.durationMinutes === wanted) ??
    lengths.find((offer) => offer.durationMinutes === page.durationMinutes) ??
    usual;
  const free = useMemo(() => offersByDay(starts, zone), [starts, zone]);
  const today = calendarDateAt(zone, page.asOf);
  const day = wantedDay ?? nextFreeDay(free, today) ?? today;
  const days = [...free.keys()];
  return {
    zone,
    detected: false,
    hourCycle,
    chooseZone: () => undefined,
    chooseHourCycle: setHourCycle,
    durationMinutes,
    lengths,
    chooseDuration: setWanted,
    now: page.asOf,
    today,
    day,
    month: wantedMonth ?? monthOf(day),
    months: { first: monthOf(days[0] ?? day), last: monthOf(days.at(-1) ?? day) },
    offers: free,
    free,
    listed: startsListed(free, day, zone, page.hostZone),
    taken: NOBODY_TOOK,
    seatsLeft: new Map(page.seatsLeft ?? []),
    chosen: chosen !== undefined && starts.includes(chosen) ? chosen : undefined,
    choose: setChosen,
    chooseDay: (date) => {
      setWantedDay(date);
      setWantedMonth(undefined);
    },
    showMonth: (by) => setWantedMonth((shown) => addMonths(shown ?? monthOf(day), by)),
  };
}

/** The guest's own page with its times, to be tried; booking leads nowhere. */
export function PreviewPage({
  seen,
  texts,
  zone,
  hourCycle,
  onContinue,
}: {
  seen: Seen;
  texts: GuestTexts;
  zone: TimeZone;
  hourCycle: 12 | 24;
  onContinue: () => void;
}) {
  const { page } = seen;
  const words = useMemo(() => wordsOf(LOCALE, texts), [texts]);
  const state = usePreviewState(seen, page.zoneLocked ? page.hostZone : zone, hourCycle);
  // Only whether there are several lengths is said of them here.
  const otherOffers = seen.offers
    .filter((offer) => offer.durationMinutes !== page.durationMinutes)
    .map((offer) => ({ durationMinutes: offer.durationMinutes, starts: [] }));
  const host = promisedHost(page);
  const clocks = {
    zone: state.zone,
    hostZone: page.hostZone,
    locale: LOCALE,
    hourCycle: state.hourCycle,
  };
  const stay = () => "#";
  return (
    <form
      className={`${controls.card} ${booking.book}`}
      onSubmit={(event) => {
        event.preventDefault();
        onContinue();
      }}
    >
      <AboutLink page={{ ...page, starts: [], otherOffers }} words={words} locale={LOCALE} />
      <section className={`${booking.column} ${booking.month}`} aria-labelledby="month">
        <LengthChips state={state} words={words} address={stay} />
        <MonthGrid state={state} words={words} locale={LOCALE} dayAddress={stay} />
      </section>
      <DayTimes
        state={state}
        words={words}
        clocks={clocks}
        hostName={host && shortName(host)}
        waiting={page.waitingList ? "#" : undefined}
        dayAddress={stay}
      />
    </form>
  );
}
