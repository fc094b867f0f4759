"use client";

import { useActionState, useEffect, useMemo, useState } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import slots from "@/components/guest/slots.module.css";
import type { GuestTexts, Words } from "@/components/guest/words";
import { wordsOf } from "@/components/guest/words";
import { decodeStarts } from "@/lib/booking/core/starts-codec";
import { comma } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import {
  formatDateShort,
  formatDayAndMonth,
  formatTimeRange,
  formatWeekday,
} from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addMinutes } from "@/lib/time/instant";
import { addDays, dayOfWeek } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import type { DayOffers } from "./day-plan";
import { middleOf, nextFreeDay, offersByDay } from "./day-plan";
import { ManageRefusal } from "./manage-refusal";
import styles from "./own.module.css";
import { SlotChoice } from "./slot-choice";
import type { Clocks } from "./slot-text";
import { slotText } from "./slot-text";
import type { ManageAction } from "./undo-bar";

export type RescheduleFormProps = {
  readonly action: ManageAction;
  readonly texts: GuestTexts;
  readonly locator: string;
  readonly version: number;
  /** The starts the meeting could have, as `encodeStarts` writes them. */
  readonly starts: string;
  readonly now: { readonly start: Instant; readonly durationMinutes: number };
  readonly clocks: Clocks;
  readonly hostName: string;
  readonly until: string;
  readonly others: number;
  /** True when other guests keep the meeting: only this one's seat is moved. */
  readonly shared: boolean;
  /** The day the address asked for. */
  readonly day: CalendarDate | undefined;
};

const DAYS_SHOWN = 5;

/** The days in a row: those with free starts, and the weekdays between them, where there is nothing. */
function daysInRow(offers: DayOffers): readonly CalendarDate[] {
  const free = [...offers.keys()];
  const [first, last] = [free[0], free.at(-1)];
  if (first === undefined || last === undefined) return [];
  const days: CalendarDate[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const isWeekday = dayOfWeek(day) !== 0 && dayOfWeek(day) !== 6;
    if (isWeekday || offers.has(day)) days.push(day);
  }
  return days;
}

function DayRow({
  days,
  offers,
  day,
  locale,
  locator,
  words,
  onChoose,
}: {
  readonly days: readonly CalendarDate[];
  readonly offers: DayOffers;
  readonly day: CalendarDate;
  readonly locale: string;
  readonly locator: string;
  readonly words: Words;
  readonly onChoose: (day: CalendarDate) => void;
}) {
  const [from, setFrom] = useState(() =>
    Math.max(0, Math.min(days.indexOf(day) - 1, days.length - DAYS_SHOWN)),
  );
  const shown = days.slice(from, from + DAYS_SHOWN);
  const reader = { zone: UTC, locale };
  const page = (by: 1 | -1, enabled: boolean) => {
    const target = days[Math.max(0, Math.min(from + by * DAYS_SHOWN, days.length - 1))];
    return (
      <a
        className={controls.iconButton}
        href={`/m/${locator}?manage=1&day=${target ?? day}`}
        aria-disabled={enabled ? undefined : true}
        tabIndex={enabled ? undefined : -1}
        aria-label={words(by === 1 ? "own.laterDays" : "own.earlierDays")}
        onClick={(event) => {
          event.preventDefault();
          if (enabled)
            setFrom(Math.max(0, Math.min(from + by * DAYS_SHOWN, days.length - DAYS_SHOWN)));
        }}
      >
        <Icon name={by === 1 ? "right" : "left"} />
      </a>
    );
  };
  return (
    <nav className={styles.days} aria-label={words("own.newDay")}>
      {page(-1, from > 0)}
      {shown.map((each) => {
        const middle = middleOf(each, UTC);
        // The month gives way on a phone; where a language writes it first, the day stands alone.
        const month = formatDateShort(middle, reader).match(/\d+(\.? \p{L}+\.?)$/u)?.[1];
        const content = (
          <>
            {formatWeekday(middle, reader, "short")}
            <b>
              {Number(each.slice(8))}
              {month === undefined ? null : <span>{month}</span>}
            </b>
          </>
        );
        const label = formatDayAndMonth(middle, reader);
        return offers.has(each) ? (
          <a
            key={each}
            href={`/m/${locator}?manage=1&day=${each}`}
            aria-current={each === day ? "date" : undefined}
            onClick={(event) => {
              event.preventDefault();
              onChoose(each);
            }}
          >
            <span aria-hidden="true">{content}</span>
            <span className="sr-only">{words("book.dayFree", { day: label })}</span>
          </a>
        ) : (
          <span key={each}>
            <span aria-hidden="true">{content}</span>
            <span className="sr-only">{words("book.dayFull", { day: label })}</span>
          </span>
        );
      })}
      {page(1, from + DAYS_SHOWN < days.length)}
    </nav>
  );
}

function Change({
  props,
  chosen,
  words,
}: {
  readonly props: RescheduleFormProps;
  readonly chosen: Instant | undefined;
  readonly words: Words;
}) {
  const { clocks, now } = props;
  const { zone, hostZone, locale, hourCycle } = clocks;
  const spanOf = (from: Instant) => ({ from, to: addMinutes(from, now.durationMinutes) });
  const text = (start: Instant) => (
    <>
      {formatDateShort(start, clocks)}
      {comma(locale)}
      <bdi>{formatTimeRange(spanOf(start), clocks)}</bdi>
    </>
  );
  if (chosen === undefined) {
    return <p className={`${controls.small} ${controls.quiet}`}>{words("own.moveChoose")}</p>;
  }
  const hostRange = formatTimeRange(spanOf(chosen), { zone: hostZone, locale, hourCycle });
  return (
    <p className={`${controls.small} ${controls.number}`}>
      <s>{text(now.start)}</s>
      <br />
      <b>{text(chosen)}</b> {zoneAbbreviation(chosen, zone, locale)}{" "}
      <span className={controls.faint}>
        (<bdi>{hostRange}</bdi> {zoneAbbreviation(chosen, hostZone, locale)})
      </span>
    </p>
  );
}

/** Moves the meeting: a row of days, the times of one, and the old time struck above the new. */
export function RescheduleForm(props: RescheduleFormProps) {
  const { clocks, locator, hostName } = props;
  const words = useMemo(() => wordsOf(clocks.locale, props.texts), [clocks, props.texts]);
  const offers = useMemo(
    () => offersByDay(decodeStarts(props.starts), clocks.zone),
    [props.starts, clocks.zone],
  );
  const [state, action, pending] = useActionState(props.action, { status: "idle" });
  const label = props.shared ? "own.moveSeat" : "own.move";
  const days = daysInRow(offers);
  const first = props.day ?? days[0];
  const [day, setDay] = useState(first === undefined ? undefined : nextFreeDay(offers, first));
  const [chosen, setChosen] = useState<Instant>();
  useEffect(() => {
    if (state.status === "done") setChosen(undefined);
  }, [state]);
  const starts = day === undefined ? [] : (offers.get(day) ?? []);
  return (
    <form className={styles.act} action={action} aria-labelledby="reschedule">
      <input type="hidden" name="locator" value={locator} />
      <input type="hidden" name="version" value={props.version} />
      <div>
        <h2 className={controls.h2} id="reschedule">
          {words("own.reschedule")}
        </h2>
        <p className={`${controls.small} ${controls.quiet}`}>
          {words("own.rescheduleUntil", {
            time: props.until,
            host: hostName,
            others: props.others,
          })}
        </p>
      </div>
      <ManageRefusal state={state} clocks={clocks} wanted={chosen} words={words} />
      {state.status === "done" ? (
        <p className={styles.said} role="status">
          {words("own.moved")}
        </p>
      ) : null}
      {day === undefined ? (
        <p className={controls.small}>{words("own.rescheduleNone")}</p>
      ) : (
        <>
          <DayRow
            days={days}
            offers={offers}
            day={day}
            locale={clocks.locale}
            locator={locator}
            words={words}
            onChoose={setDay}
          />
          <fieldset>
            <legend className="sr-only">
              {words("own.newTime", {
                day: formatDayAndMonth(middleOf(day, UTC), { zone: UTC, locale: clocks.locale }),
              })}
            </legend>
            <ul className={slots.slots}>
              {starts.map((start) => (
                <SlotChoice
                  key={start}
                  start={start}
                  text={slotText(start, clocks, day)}
                  words={words}
                  hostName={hostName}
                  chosen={chosen === start}
                  onChoose={setChosen}
                />
              ))}
            </ul>
          </fieldset>
          <div className={styles.move}>
            <Change props={props} chosen={chosen} words={words} />
            <button
              className={`${controls.button} ${controls.primary}`}
              type="submit"
              aria-disabled={pending || undefined}
            >
              {words(pending ? "own.working" : label)}
            </button>
          </div>
        </>
      )}
    </form>
  );
}
