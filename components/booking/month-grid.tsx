"use client";

import type { KeyboardEvent } from "react";
import { useEffect, useRef } from "react";
import controls from "@/components/guest/controls.module.css";
import { Icon } from "@/components/guest/icon";
import type { Words } from "@/components/guest/words";
import { weekStart } from "@/lib/i18n/locale";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDayAndMonth, formatMonth, formatWeekday } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addDays } from "@/lib/time/offset";
import { UTC } from "@/lib/time/zone";
import styles from "./booking.module.css";
import { addMonths, middleOf, monthOf, weeksOf } from "./day-plan";
import type { BookingState } from "./use-booking-state";

/** A week beginning on `firstDay`, to name the days of all weeks; 1 November 2026 was a Sunday. */
const anyWeek = (firstDay: number): readonly Instant[] =>
  Array.from({ length: 7 }, (_, day) =>
    middleOf(addDays("2026-11-01" as CalendarDate, firstDay + day), UTC),
  );

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
  PageUp: -28,
  PageDown: 28,
};

/** The free day a key leads to: the wanted distance, or the next free day beyond it. */
function dayByKey(
  days: readonly CalendarDate[],
  from: CalendarDate,
  step: number,
): CalendarDate | undefined {
  const wanted = addDays(from, step);
  return step > 0 ? days.find((day) => day >= wanted) : days.findLast((day) => day <= wanted);
}

type GridProps = {
  readonly state: BookingState;
  readonly words: Words;
  readonly locale: string;
  /** The address of the page with that day open, for readers without a script. */
  readonly dayAddress: (day: CalendarDate) => string;
};

function Day({
  date,
  state,
  words,
  locale,
  dayAddress,
}: GridProps & { readonly date: CalendarDate }) {
  const name = formatDayAndMonth(middleOf(date, UTC), { zone: UTC, locale });
  const number = Number(date.slice(8));
  const isChosen = date === state.day;
  if (!state.free.has(date)) {
    const isToday = date === state.today && state.now !== undefined;
    const marks = `${isToday ? styles.today : ""} ${isChosen ? styles.emptyDay : ""}`;
    return (
      <span className={`${styles.day} ${marks}`}>
        <span aria-hidden="true">{number}</span>
        <span className="sr-only">
          {words(isToday ? "book.dayToday" : "book.dayFull", { day: name })}
        </span>
      </span>
    );
  }
  return (
    <a
      className={styles.day}
      id={`day-${date}`}
      href={dayAddress(date)}
      aria-current={isChosen ? "date" : undefined}
      aria-label={words(isChosen ? "book.dayChosen" : "book.dayFree", { day: name })}
      tabIndex={
        isChosen || !state.free.has(state.day) || monthOf(state.day) !== state.month ? 0 : -1
      }
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        state.chooseDay(date);
      }}
    >
      {number}
    </a>
  );
}

function MonthButton({
  to,
  label,
  by,
  enabled,
  href,
  onShow,
}: {
  readonly to: string;
  readonly label: string;
  readonly by: 1 | -1;
  readonly enabled: boolean;
  readonly href: string;
  readonly onShow: (by: 1 | -1) => void;
}) {
  const icon = <Icon name={by === 1 ? "right" : "left"} />;
  if (!enabled) {
    return (
      <span className={controls.iconButton} aria-disabled="true" aria-hidden="true">
        {icon}
      </span>
    );
  }
  return (
    <a
      className={controls.iconButton}
      href={href}
      aria-label={`${label}: ${to}`}
      onClick={(event) => {
        event.preventDefault();
        onShow(by);
      }}
    >
      {icon}
    </a>
  );
}

/** The month with its free days. Arrow keys move between free days; without a script every day is a link. */
export function MonthGrid(props: GridProps) {
  const { state, words, locale, dayAddress } = props;
  const { month, months } = state;
  const firstDay = weekStart(locale);
  const focusNext = useRef<CalendarDate>(undefined);
  useEffect(() => {
    if (focusNext.current === undefined) return;
    document.getElementById(`day-${focusNext.current}`)?.focus();
    focusNext.current = undefined;
  });
  const nameOf = (of: CalendarDate) => formatMonth(middleOf(of, UTC), { zone: UTC, locale });
  const days = [...state.free.keys()];

  const moveByKey = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEPS[event.key];
    const focused = (event.target as HTMLElement).id.replace(/^day-/, "") as CalendarDate;
    if (step === undefined || !state.free.has(focused)) return;
    event.preventDefault();
    const rightToLeft = document.dir === "rtl" && Math.abs(step) === 1;
    const target = dayByKey(days, focused, rightToLeft ? -step : step);
    if (target === undefined) return;
    focusNext.current = target;
    state.chooseDay(target);
  };
  const firstOf = (of: CalendarDate) => days.find((day) => monthOf(day) === of) ?? of;
  const [before, after] = [addMonths(month, -1), addMonths(month, 1)];
  return (
    <>
      <div className={styles.bar}>
        <h2 className={controls.h2} id="month" aria-live="polite">
          {nameOf(month)}
        </h2>
        <MonthButton
          by={-1}
          to={nameOf(before)}
          label={words("book.previousMonth")}
          enabled={month > months.first}
          href={dayAddress(firstOf(before))}
          onShow={state.showMonth}
        />
        <MonthButton
          by={1}
          to={nameOf(after)}
          label={words("book.nextMonth")}
          enabled={month < months.last}
          href={dayAddress(firstOf(after))}
          onShow={state.showMonth}
        />
      </div>
      <table className={styles.calendar} aria-labelledby="month" onKeyDown={moveByKey}>
        <thead>
          <tr>
            {anyWeek(firstDay).map((day) => (
              <th key={day} scope="col" abbr={formatWeekday(day, { zone: UTC, locale })}>
                {formatWeekday(day, { zone: UTC, locale }, "short")}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month, firstDay).map((week, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the weeks of a month have no other identity.
            <tr key={row}>
              {week.map((date, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a week have no other identity.
                <td key={column}>{date === undefined ? null : <Day {...props} date={date} />}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
