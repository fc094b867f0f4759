"use client";

import { useEffect, useRef, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import slots from "@/components/guest/slots.module.css";
import type { Words } from "@/components/guest/words";
import { comma } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatDayAndMonth, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import styles from "./booking.module.css";
import { groupByPart, middleOf, monthOf, nextFreeDay } from "./day-plan";
import { SlotChoice } from "./slot-choice";
import type { Clocks } from "./slot-text";
import { slotText } from "./slot-text";
import type { BookingState } from "./use-booking-state";

type TimesProps = {
  readonly state: BookingState;
  readonly words: Words;
  readonly clocks: Clocks;
  readonly hostName: string | undefined;
  /** Where a guest asks to be told when a time comes free; undefined where nobody may. */
  readonly waiting: string | undefined;
  /** True within a page of another site: other pages of ours need a window of their own. */
  readonly framed?: boolean;
  readonly dayAddress: (day: CalendarDate) => string;
};

function ClockSwitch({ state, words }: TimesProps) {
  return (
    <fieldset className={styles.segments}>
      <legend className="sr-only">{words("book.clock")}</legend>
      {([12, 24] as const).map((cycle) => (
        <label key={cycle}>
          <input
            type="radio"
            name="clock"
            value={cycle}
            checked={state.hourCycle === cycle}
            onChange={() => state.chooseHourCycle(cycle)}
          />
          <span>{words(`book.clock${cycle}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Offered where the whole month shown is full: for one full day there is the next. */
function WaitLink({ state, words, waiting, framed = false }: TimesProps) {
  const monthIsFull = ![...state.free.keys()].some((day) => monthOf(day) === monthOf(state.day));
  if (waiting === undefined || !monthIsFull) return null;
  return (
    <a
      className={controls.button}
      href={waiting}
      {...(framed ? { target: "_blank", rel: "noopener" } : {})}
    >
      {words("book.waitOffer")}
    </a>
  );
}

function EmptyDay(props: TimesProps) {
  const { state, words, clocks, dayAddress } = props;
  const { locale, zone } = clocks;
  const nameOf = (day: CalendarDate) =>
    formatDayAndMonth(middleOf(day, UTC), { zone: UTC, locale });
  const next = nextFreeDay(state.free, state.day);
  const starts = next === undefined ? undefined : state.free.get(next);
  const first = starts?.[0];
  if (next === undefined || first === undefined) {
    return (
      <div className={styles.empty}>
        <p className={styles.emptyTitle}>{words("book.noneTitle")}</p>
        <p className={`${controls.small} ${controls.quiet}`}>{words("book.noneText")}</p>
        <WaitLink {...props} />
      </div>
    );
  }
  const facts = {
    day: nameOf(next),
    count: starts?.length ?? 0,
    time: formatTime(first, { zone, locale, hourCycle: clocks.hourCycle }),
  };
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{words("book.emptyTitle")}</p>
      <p className={`${controls.small} ${controls.quiet}`}>
        {words("book.emptyText", { day: nameOf(state.day) })}
      </p>
      <p className={`${controls.small} ${controls.quiet}`}>{words("book.emptyNext", facts)}</p>
      <a
        className={controls.button}
        href={dayAddress(next)}
        onClick={(event) => {
          event.preventDefault();
          state.chooseDay(next);
        }}
      >
        {words("book.emptyShow", { day: facts.day })}
      </a>
      <WaitLink {...props} />
    </div>
  );
}

/** Says once what was taken since it last spoke. */
function useTakenAnnouncement({ state, words, clocks }: TimesProps): string {
  const [said, setSaid] = useState("");
  const known = useRef<ReadonlySet<Instant>>(new Set());
  const { taken } = state;
  useEffect(() => {
    const fresh = [...taken].filter((start) => !known.current.has(start));
    known.current = taken;
    const [only] = fresh;
    if (only === undefined) return;
    setSaid(
      fresh.length === 1
        ? words("book.takenStatus", { time: formatTime(only, clocks) })
        : words("book.takenStatusMany", { count: fresh.length }),
    );
  }, [taken, words, clocks]);
  return said;
}

function Chosen({ state, words, clocks, hostName }: TimesProps) {
  const { chosen, durationMinutes } = state;
  if (chosen === undefined) {
    return <p className={`${controls.small} ${controls.quiet}`}>{words("book.choose")}</p>;
  }
  const span = { from: chosen, to: addMinutes(chosen, durationMinutes) };
  const { zone, hostZone, locale, hourCycle } = clocks;
  const isListedDay = calendarDateAt(zone, chosen) === state.day;
  const host = {
    range: formatTimeRange(span, { zone: hostZone, locale, hourCycle }),
    zone: zoneAbbreviation(chosen, hostZone, locale),
  };
  return (
    <p className={`${controls.tiny} ${controls.quiet} ${controls.number}`}>
      <b>
        <span className={isListedDay ? styles.onPhone : undefined}>
          {formatDateShort(chosen, { zone, locale })}
          {comma(locale)}
        </span>
        <bdi>{formatTimeRange(span, clocks)}</bdi> {zoneAbbreviation(chosen, zone, locale)}
      </b>
      {hostName === undefined ? (
        <span>
          <bdi>{host.range}</bdi> {host.zone}
        </span>
      ) : (
        <span>{words("book.hostTime", { host: hostName, ...host })}</span>
      )}
    </p>
  );
}

/** The times of the chosen day and the way on. */
export function DayTimes(props: TimesProps) {
  const { state, words, clocks, hostName } = props;
  const { locale } = clocks;
  const announcement = useTakenAnnouncement(props);
  const groups = groupByPart(state.listed, state.day, clocks.zone);
  const isEmpty = state.listed.length === 0;
  const seatsText = (start: Instant) => {
    const count = state.seatsLeft.get(start);
    return count === undefined ? undefined : words("book.seatsLeft", { count });
  };
  return (
    <section className={`${styles.column} ${styles.times}`} aria-labelledby="day">
      <div className={styles.bar}>
        <h2 className={controls.h2} id="day">
          {formatDayAndMonth(middleOf(state.day, UTC), { zone: UTC, locale })}
        </h2>
        {isEmpty ? null : <ClockSwitch {...props} />}
      </div>
      {isEmpty ? (
        <EmptyDay {...props} />
      ) : (
        <div className={styles.list}>
          {groups.map(({ part, starts }) => (
            <fieldset className={styles.group} key={part}>
              <legend className={controls.h3}>{words(`book.${part}`)}</legend>
              <ul className={slots.slots}>
                {starts.map((start) => (
                  <SlotChoice
                    key={start}
                    start={start}
                    text={slotText(start, clocks, state.day)}
                    words={words}
                    hostName={hostName}
                    taken={state.taken.has(start)}
                    seats={seatsText(start)}
                    chosen={state.chosen === start}
                    onChoose={state.choose}
                  />
                ))}
              </ul>
            </fieldset>
          ))}
        </div>
      )}
      <p className="sr-only" role="status">
        {announcement}
      </p>
      {isEmpty ? null : (
        <div className={styles.go}>
          <Chosen {...props} />
          <button className={`${controls.button} ${controls.primary}`} type="submit">
            {words("book.continue")}
            <Icon name="arrow" />
          </button>
        </div>
      )}
    </section>
  );
}
