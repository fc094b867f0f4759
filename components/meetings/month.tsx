"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { CSSProperties } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { CalendarBlock } from "@/lib/meetings/core/calendar";
import { daysShown } from "@/lib/meetings/core/calendar";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateLong, formatDayOfMonth, formatTime, formatWeekday } from "@/lib/time/format";
import { calendarDateAt, dayOfWeek, daysBetween } from "@/lib/time/offset";
import { calendarAddress } from "./calendar-address";
import { t } from "./calendar-text";
import type { Axis } from "./grid-axis";
import { axisOf } from "./grid-axis";
import type { CalendarProps } from "./grid-columns";
import { looksOf, MOVE_HINT_ID, subjectOf } from "./grid-event";
import { shiftedDays } from "./grid-move";
import classes from "./month.module.css";
import type { Carried, MonthGrid } from "./month-drag";
import { listenToMonth } from "./month-drag";
import { MoveTrouble } from "./move-trouble";
import { useBlockChanges, whenText } from "./use-block-changes";
import { useGridKeys } from "./use-grid-keys";

/** What a cell holds; more are counted and stand in the day's own view. */
const MOST_SHOWN = 4;

type Day = {
  readonly date: CalendarDate;
  readonly axis: Axis;
  readonly blocks: readonly CalendarBlock[];
  readonly notes: readonly string[];
};

function daysOf({
  asked,
  blocks,
  around,
  reader,
  viewerId,
  weekStart,
}: CalendarProps): readonly Day[] {
  return daysShown("month", asked.date, weekStart).map((date) => {
    const axis = axisOf(date, reader.zone, "wall");
    const away = around.away.filter(({ from, to }) => from < axis.end && to > axis.start);
    return {
      date,
      axis,
      blocks: blocks.filter(({ start, end }) => start < axis.end && end > axis.start),
      notes: [
        ...around.holidays.filter((day) => day.date === date).map(({ name }) => name),
        ...away.map(({ personId, name }) =>
          personId === viewerId ? t("grid.awayYou") : t("grid.away", { name }),
        ),
      ],
    };
  });
}

function Chip({
  block,
  props,
  state,
}: {
  block: CalendarBlock;
  props: CalendarProps;
  state: "saving" | "lifted" | undefined;
}) {
  const { asked, reader, now } = props;
  const words = (
    <>
      <span className="num">{formatTime(block.start, reader)}</span> {subjectOf(block)}
    </>
  );
  if (block.id === null) {
    return (
      <span className={classes.chip} data-kind="private">
        {words}
      </span>
    );
  }
  return (
    <Link
      href={calendarAddress(asked, { open: block.id })}
      scroll={false}
      draggable={false}
      className={classes.chip}
      data-row
      data-block={block.key}
      data-movable={block.movable || undefined}
      data-state={state}
      aria-describedby={block.movable ? MOVE_HINT_ID : undefined}
      aria-current={block.id === asked.open ? "true" : undefined}
      title={`${formatTime(block.start, reader)} ${block.subject}`}
      {...looksOf(block, now)}
    >
      {words}
    </Link>
  );
}

function Cell({
  day,
  props,
  today,
  carried,
  saving,
}: {
  day: Day;
  props: CalendarProps;
  today: CalendarDate;
  carried: Carried | undefined;
  saving: ReadonlySet<string>;
}) {
  const { asked, reader } = props;
  const { date, blocks, notes, axis } = day;
  const long = formatDateLong(axis.start, reader);
  const room = blocks.length > MOST_SHOWN ? MOST_SHOWN - 1 : MOST_SHOWN;
  const over = blocks.length - room;
  const stateOf = ({ key, id }: CalendarBlock) => {
    if (carried?.block.key === key) return "lifted" as const;
    return id !== null && saving.has(id) ? ("saving" as const) : undefined;
  };
  const label = t("grid.dayLabel", { date: long, count: blocks.length });
  return (
    <li
      className={classes.cell}
      data-date={date}
      data-over={carried?.over === date || undefined}
      data-other={date.slice(0, 7) !== asked.date.slice(0, 7) || undefined}
      data-today={date === today || undefined}
      data-weekend={[0, 6].includes(dayOfWeek(date)) || undefined}
    >
      {/* On a wide screen a day opens; on a phone it is chosen, and stands below the month. */}
      <Link
        className={classes.number}
        href={calendarAddress(asked, { view: "day", date, open: undefined })}
        aria-label={label}
      >
        {formatDayOfMonth(axis.start, reader)}
      </Link>
      <Link
        className={classes.choose}
        href={calendarAddress(asked, { date, open: undefined })}
        scroll={false}
        aria-label={label}
        aria-current={date === asked.date ? "date" : undefined}
      >
        <b>{formatDayOfMonth(axis.start, reader)}</b>
        <i style={{ "--count": Math.min(blocks.length, 4) } as CSSProperties} />
      </Link>
      {notes.length === 0 ? null : (
        <p className={classes.note} title={notes.join(", ")}>
          {notes.join(", ")}
        </p>
      )}
      <div className={classes.chips}>
        {blocks.slice(0, room).map((block) => (
          <Chip key={block.key} block={block} props={props} state={stateOf(block)} />
        ))}
        {over <= 0 ? null : (
          <Link
            className={classes.more}
            href={calendarAddress(asked, { view: "day", date, open: undefined })}
            aria-label={t("grid.moreOn", { count: over, date: long })}
          >
            {t("grid.more", { count: over })}
          </Link>
        )}
      </div>
    </li>
  );
}

/** The chosen day of a month in words, below it on a phone. */
function Agenda({ day, props }: { day: Day; props: CalendarProps }) {
  return (
    <section className={classes.agenda} aria-label={formatDateLong(day.axis.start, props.reader)}>
      <h2>{formatDateLong(day.axis.start, props.reader)}</h2>
      {day.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {day.blocks.length === 0 ? <p>{t("grid.empty", { view: "day" })}</p> : null}
      {day.blocks.map((block) => (
        <Chip key={block.key} block={block} props={props} state={undefined} />
      ))}
    </section>
  );
}

/** What is carried over the month, by pointer. */
function useMonthDrag(grid: MonthGrid) {
  const body = useRef<HTMLOListElement>(null);
  const [carried, setCarried] = useState<Carried>();
  const latest = useRef(grid);
  useEffect(() => {
    latest.current = grid;
  });
  useEffect(() => {
    if (body.current === null) return;
    const ending = new AbortController();
    listenToMonth(body.current, () => latest.current, setCarried, ending.signal);
    return () => ending.abort();
  }, []);
  return { body, carried };
}

/** Six weeks, so that any month is as high as any other. */
export function Month(props: CalendarProps) {
  const { asked, reader, now } = props;
  const router = useRouter();
  const changes = useBlockChanges(props.blocks, reader);
  const days = useMemo(() => daysOf({ ...props, blocks: changes.blocks }), [props, changes.blocks]);
  const today = calendarDateAt(reader.zone, now);
  const onFixed = ({ subject }: CalendarBlock) => changes.say(t("move.notYours", { subject }));
  const { body, carried } = useMonthDrag({
    blockOf: (key) => changes.blocks.find((block) => block.key === key),
    onFixed,
    onDrop: ({ block, over }) => {
      const by = daysBetween(calendarDateAt(reader.zone, block.start), over);
      if (by !== 0) changes.change(block, shiftedDays(block, by, reader.zone), "whole");
    },
  });
  const { nudge, onKeyDown } = useGridKeys({
    blocks: changes.blocks,
    zone: reader.zone,
    ground: "month",
    onNudge: ({ span }) => changes.say(whenText(span, reader)),
    onDone: ({ block, span, grip }) => {
      changes.change(block, span, grip);
      const date = calendarDateAt(reader.zone, span.start);
      if (!days.some((day) => day.date === date)) router.push(calendarAddress(asked, { date }));
    },
    onCancelled: () => changes.say(t("move.cancelled")),
    onFixed,
  });
  const over = nudge && {
    block: nudge.block,
    over: calendarDateAt(reader.zone, nudge.span.start),
  };
  const chosen = days.find(({ date }) => date === asked.date);
  const { trouble } = changes;
  return (
    <div className={classes.month}>
      {trouble === undefined ? null : (
        <MoveTrouble
          message={trouble.answer.message}
          stays={t("move.stays", { subject: trouble.block.subject })}
          conflicts={trouble.answer.conflicts}
          nextStarts={trouble.answer.nextStarts}
          near={trouble.block.start}
          minutes={trouble.minutes}
          reader={reader}
          onChoose={(span) => changes.change(trouble.block, span, "whole")}
          onClose={changes.dismiss}
        />
      )}
      <div className={classes.heads} aria-hidden="true">
        {days.slice(0, 7).map(({ date, axis }) => (
          <span key={date}>{formatWeekday(axis.start, reader, "short")}</span>
        ))}
      </div>
      <ol
        className={classes.cells}
        ref={body}
        onKeyDown={onKeyDown}
        aria-label={t("grid.label", { view: "month" })}
      >
        {days.map((day) => (
          <Cell
            key={day.date}
            day={day}
            props={props}
            today={today}
            carried={carried ?? over}
            saving={changes.saving}
          />
        ))}
      </ol>
      {chosen === undefined ? null : <Agenda day={chosen} props={props} />}
      <p id={MOVE_HINT_ID} hidden>
        {t("grid.moveHint")}
      </p>
      <p role="status" className="sr-only">
        {changes.said}
      </p>
    </div>
  );
}
