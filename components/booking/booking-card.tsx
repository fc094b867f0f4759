"use client";

import type { ReactNode } from "react";
import { useMemo } from "react";
import controls from "@/components/guest/controls.module.css";
import type { GuestTexts } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import type { BookingPage } from "@/lib/booking/core/booking-page";
import { decodeStarts } from "@/lib/booking/core/starts-codec";
import type { Cities } from "@/lib/i18n/cities";
import type { Locale } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import styles from "./booking.module.css";
import { Carried } from "./carried";
import { DayTimes } from "./day-times";
import { LengthChips } from "./length-chips";
import { MonthGrid } from "./month-grid";
import { useBookingState } from "./use-booking-state";
import { ZonePanel } from "./zone-panel";

export type BookingCardProps = {
  readonly locale: Locale;
  readonly texts: GuestTexts;
  readonly token: string;
  /** Where this page and the form after it stand: `/book/<token>`, or `/embed/<token>` within another site. */
  readonly base: string;
  readonly durationMinutes: number;
  readonly noticeMinutes: number;
  readonly hostZone: TimeZone;
  /** How the page calls the host; undefined when it is whoever is free. */
  readonly hostName: string | undefined;
  /** The free starts, as `encodeStarts` writes them. */
  readonly starts: string;
  /** What is offered in other lengths. */
  readonly otherOffers?: readonly { readonly durationMinutes: number; readonly starts: string }[];
  /** True: times are shown in the host's zone only. */
  readonly zoneLocked?: boolean;
  /** Seats left of the meetings that have begun to fill; null where they are not shown. */
  readonly seatsLeft?: BookingPage["seatsLeft"];
  /** Cities as the page's language calls them. */
  readonly cities: Cities;
  /** Where a guest asks to be told when a time comes free; undefined where nobody may. */
  readonly waiting?: string | undefined;
  /** True within a page of another site. */
  readonly framed?: boolean;
  readonly asOf: Instant;
  readonly zone: TimeZone;
  readonly zoneChosen: boolean;
  readonly day: CalendarDate | undefined;
  /** What is booked, and with whom: the first column. */
  readonly children: ReactNode;
};

/**
 * Choosing a time: one form, so that it works without a script. The server renders the times of one day on one
 * clock; in the browser the reader's own clock takes over.
 */
export function BookingCard(props: BookingCardProps) {
  const { locale, texts, base, hostZone, hostName, zoneChosen, asOf } = props;
  const words = useMemo(() => wordsOf(locale, texts), [locale, texts]);
  const starts = useMemo(() => decodeStarts(props.starts), [props.starts]);
  const otherOffers = useMemo(
    () =>
      (props.otherOffers ?? []).map((offer) => ({ ...offer, starts: decodeStarts(offer.starts) })),
    [props.otherOffers],
  );
  // A locked zone is a chosen one: nothing is detected, and nothing remembered is asked.
  const zoneLocked = props.zoneLocked ?? false;
  const state = useBookingState({
    ...props,
    starts,
    otherOffers,
    zoneChosen: zoneChosen || zoneLocked,
  });
  const { zone, hourCycle } = state;
  const clocks = useMemo(
    () => ({ zone, hostZone, locale, hourCycle }),
    [zone, hostZone, locale, hourCycle],
  );
  const address = (choice: { day?: CalendarDate | undefined; duration?: number }) => {
    const query = new URLSearchParams({ locale });
    const duration = choice.duration ?? state.durationMinutes;
    if (choice.day !== undefined) query.set("day", choice.day);
    if (zoneChosen) query.set("zone", props.zone);
    if (state.lengths.length > 1) query.set("duration", String(duration));
    return `${base}?${query}`;
  };
  const dayAddress = (day: CalendarDate) => address({ day });
  return (
    <form className={`${controls.card} ${styles.book}`} action={`${base}/details`} method="get">
      <input type="hidden" name="locale" value={locale} />
      {state.lengths.length < 2 ? null : (
        <input type="hidden" name="duration" value={state.durationMinutes} />
      )}
      <Carried />
      {props.children}
      <section className={`${styles.column} ${styles.month}`} aria-labelledby="month">
        <LengthChips
          state={state}
          words={words}
          address={(duration) => address({ day: props.day, duration })}
        />
        <MonthGrid state={state} words={words} locale={locale} dayAddress={dayAddress} />
        <ZonePanel
          state={state}
          words={words}
          locale={locale}
          hostZone={hostZone}
          hostName={hostName}
          zoneChosen={zoneChosen}
          locked={zoneLocked}
          cities={props.cities}
          asOf={asOf}
        />
      </section>
      <DayTimes
        state={state}
        words={words}
        clocks={clocks}
        hostName={hostName}
        waiting={props.waiting}
        framed={props.framed ?? false}
        dayAddress={dayAddress}
      />
    </form>
  );
}
