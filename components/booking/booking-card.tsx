"use client";

import type { ReactNode } from "react";
import { useMemo } from "react";
import controls from "@/components/guest/controls.module.css";
import type { GuestTexts } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import { decodeStarts } from "@/lib/booking/core/starts-codec";
import type { Locale } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import styles from "./booking.module.css";
import { DayTimes } from "./day-times";
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
  const state = useBookingState({ ...props, starts });
  const { zone, hourCycle } = state;
  const clocks = useMemo(
    () => ({ zone, hostZone, locale, hourCycle }),
    [zone, hostZone, locale, hourCycle],
  );
  const dayAddress = (day: CalendarDate) => {
    const zoneWanted = zoneChosen ? `&zone=${encodeURIComponent(props.zone)}` : "";
    return `${base}?day=${day}&locale=${locale}${zoneWanted}`;
  };
  return (
    <form className={`${controls.card} ${styles.book}`} action={`${base}/details`} method="get">
      <input type="hidden" name="locale" value={locale} />
      {props.children}
      <section className={`${styles.column} ${styles.month}`} aria-labelledby="month">
        <MonthGrid state={state} words={words} locale={locale} dayAddress={dayAddress} />
        <ZonePanel
          state={state}
          words={words}
          locale={locale}
          hostZone={hostZone}
          hostName={hostName}
          zoneChosen={zoneChosen}
          asOf={asOf}
        />
      </section>
      <DayTimes
        state={state}
        words={words}
        clocks={clocks}
        hostName={hostName}
        durationMinutes={props.durationMinutes}
        dayAddress={dayAddress}
      />
    </form>
  );
}
