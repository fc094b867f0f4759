"use client";

import { useCallback, useEffect, useMemo, useState } from "react";
import { rememberChoice, rememberedChoice } from "@/components/guest/remember-choice";
import type { BookingOffer, BookingPage } from "@/lib/booking/core/booking-page";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import { addMinutes, instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import { modernZone } from "@/lib/time/zone-names";
import type { DayOffers } from "./day-plan";
import { addMonths, monthOf, nextFreeDay, offersByDay, startsListed } from "./day-plan";
import { useLiveSlots } from "./use-live-slots";

/** What the server said and the address asked for. */
export type BookingStart = {
  readonly token: string;
  readonly durationMinutes: number;
  readonly starts: readonly Instant[];
  readonly asOf: Instant;
  readonly noticeMinutes: number;
  readonly hostZone: TimeZone;
  /** The zone of the page as the server rendered it, and whether somebody chose it. */
  readonly zone: TimeZone;
  readonly zoneChosen: boolean;
  /** The day the address asked for. */
  readonly day: CalendarDate | undefined;
  /** What is offered in other lengths. */
  readonly otherOffers?: readonly BookingOffer[];
  /** Seats left of the meetings that have begun to fill; null where they are not shown. */
  readonly seatsLeft?: BookingPage["seatsLeft"];
};

const CLOCK_MS = 15_000;

function browserHourCycle(): 12 | 24 {
  const remembered = rememberedChoice("clock");
  if (remembered === "12" || remembered === "24") return remembered === "12" ? 12 : 24;
  const { hourCycle } = new Intl.DateTimeFormat(navigator.language, {
    hour: "numeric",
  }).resolvedOptions();
  return hourCycle === "h12" || hourCycle === "h11" ? 12 : 24;
}

function browserZone(): TimeZone | undefined {
  const named = parseTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  return named && modernZone(named);
}

/** The reader's now, undefined until the page runs in a browser: a cached page must not tell the time. */
function useBrowserNow(): Instant | undefined {
  const [now, setNow] = useState<Instant>();
  useEffect(() => {
    const tick = () => setNow(instantOf(Date.now()));
    tick();
    const timer = setInterval(tick, CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Zone and clock: as the server rendered them first, then the browser's own, then what the reader chooses. */
function useReaderClock(start: BookingStart) {
  const [zone, setZone] = useState(start.zone);
  const [detected, setDetected] = useState(false);
  const [hourCycle, setHourCycle] = useState<12 | 24>(24);
  useEffect(() => {
    setHourCycle(browserHourCycle());
    if (start.zoneChosen) return;
    const own = browserZone();
    if (!own) return;
    setZone(own);
    setDetected(true);
  }, [start.zoneChosen]);
  const chooseZone = useCallback((chosen: TimeZone) => {
    setZone(chosen);
    setDetected(false);
    rememberChoice("zone", chosen.replaceAll("/", "~"));
  }, []);
  const chooseHourCycle = useCallback((chosen: 12 | 24) => {
    setHourCycle(chosen);
    rememberChoice("clock", String(chosen));
  }, []);
  return { zone, detected, hourCycle, chooseZone, chooseHourCycle };
}

/** Keeps a choice in the address, so that the page can be shared and reloaded, without a history entry. */
function showInAddress(name: "day" | "duration", value: string): void {
  const address = new URL(window.location.href);
  address.searchParams.set(name, value);
  window.history.replaceState(window.history.state, "", address);
}

function firstAndLastMonth(offers: DayOffers, shown: CalendarDate) {
  const days = [...offers.keys()];
  return { first: monthOf(days[0] ?? shown), last: monthOf(days.at(-1) ?? shown) };
}

/** The lengths a guest may choose, shortest first, and the one that is chosen. */
function useOffer({ durationMinutes, starts, otherOffers }: BookingStart) {
  const [wanted, setWanted] = useState(durationMinutes);
  const offers = useMemo(
    () =>
      [{ durationMinutes, starts }, ...(otherOffers ?? [])].sort(
        (a, b) => a.durationMinutes - b.durationMinutes,
      ),
    [durationMinutes, starts, otherOffers],
  );
  const chooseDuration = (minutes: number) => {
    setWanted(minutes);
    showInAddress("duration", String(minutes));
  };
  const usual = { durationMinutes, starts };
  const offer = offers.find((each) => each.durationMinutes === wanted) ?? usual;
  return { offer, offers, chooseDuration };
}

/** Everything that changes while a guest looks for a time. */
export function useBookingState(start: BookingStart) {
  const clock = useReaderClock(start);
  const { zone } = clock;
  const now = useBrowserNow();
  const [wantedDay, setWantedDay] = useState(start.day);
  const [wantedMonth, setWantedMonth] = useState<CalendarDate>();
  const [wanted, setWanted] = useState<Instant>();
  const { offer, offers: lengths, chooseDuration } = useOffer(start);

  const earliest = now === undefined ? undefined : addMinutes(now, start.noticeMinutes);
  const live = useLiveSlots({
    token: start.token,
    seatsLeft: start.seatsLeft ?? null,
    ...offer,
  });
  const starts = useMemo(
    () => live.starts.filter((each) => earliest === undefined || each >= earliest),
    [live.starts, earliest],
  );
  const offers = useMemo(() => offersByDay(starts, zone), [starts, zone]);
  const today = calendarDateAt(zone, now ?? start.asOf);
  const day = wantedDay ?? nextFreeDay(offers, today) ?? today;
  const listed = useMemo(
    () => startsListed(offers, day, zone, start.hostZone),
    [offers, day, zone, start.hostZone],
  );
  const { taken } = live;
  const free = useMemo(
    () =>
      offersByDay(
        starts.filter((each) => !taken.has(each)),
        zone,
      ),
    [starts, taken, zone],
  );
  const chosen =
    wanted !== undefined && !taken.has(wanted) && starts.includes(wanted) ? wanted : undefined;
  const months = firstAndLastMonth(offers, day);
  const month = wantedMonth ?? monthOf(day);

  const chooseDay = (chosenDay: CalendarDate) => {
    setWantedDay(chosenDay);
    setWantedMonth(undefined);
    showInAddress("day", chosenDay);
  };
  const chooseZone = (chosenZone: TimeZone) => {
    clock.chooseZone(chosenZone);
    setWantedMonth(undefined);
    // The chosen start stays in view; otherwise the page opens on the first free day of the new clock.
    setWantedDay(chosen === undefined ? undefined : calendarDateAt(chosenZone, chosen));
  };
  return {
    ...clock,
    chooseZone,
    durationMinutes: offer.durationMinutes,
    lengths,
    chooseDuration,
    now,
    today,
    day,
    month,
    months,
    offers,
    free,
    listed,
    taken,
    seatsLeft: live.seatsLeft,
    chosen,
    choose: setWanted,
    chooseDay,
    showMonth: (by: 1 | -1) => setWantedMonth(addMonths(month, by)),
  };
}

export type BookingState = ReturnType<typeof useBookingState>;
