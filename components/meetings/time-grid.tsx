"use client";

import { useRouter } from "next/navigation";
import type { CSSProperties, RefObject } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { CalendarBlock } from "@/lib/meetings/core/calendar";
import { calendarDateAt } from "@/lib/time/offset";
import { AllDay, allDayBars } from "./all-day";
import { calendarAddress } from "./calendar-address";
import { t } from "./calendar-text";
import { DayStrip } from "./day-strip";
import type { Axis } from "./grid-axis";
import type { CalendarProps, GridColumn } from "./grid-columns";
import { columnsOf } from "./grid-columns";
import type { Gesture } from "./grid-drag";
import { GridEvent, MOVE_HINT_ID } from "./grid-event";
import type { GridHours } from "./grid-layout";
import { placeDay } from "./grid-layout";
import type { Span } from "./grid-move";
import { columnLabel, Heads, Hours, Later, Shades } from "./grid-parts";
import { MakePopover, NewBlock } from "./make-popover";
import { MoveTrouble } from "./move-trouble";
import { NowLine } from "./now-line";
import classes from "./time-grid.module.css";
import { useBlockChanges, whenText } from "./use-block-changes";
import { useGridDrag } from "./use-grid-drag";
import type { Nudge } from "./use-grid-keys";
import { useGridKeys } from "./use-grid-keys";

/** A meeting that is being drawn: not there yet. */
type Making = { readonly column: GridColumn; readonly span: Span };

const isIn = ({ axis }: GridColumn, span: Span): boolean =>
  span.start < axis.end && span.end > axis.start;

/** The block as it would be, drawn over the others. */
function Held({
  block,
  span,
  column,
  hours,
  props,
}: {
  block: CalendarBlock;
  span: Span;
  column: GridColumn;
  hours: GridHours;
  props: CalendarProps;
}) {
  const [placed] = placeDay([{ ...block, ...span }], column.axis);
  if (placed === undefined) return null;
  const { reader, now } = props;
  return (
    <GridEvent
      placed={placed}
      hours={hours}
      reader={reader}
      now={now}
      href=""
      current={false}
      state="held"
    />
  );
}

/** What a pointer or keys hold right now, whichever it is. */
const heldBy = (gesture: Gesture | undefined, nudge: Nudge | undefined) =>
  gesture?.kind === "drag" ? gesture : nudge;

/** One day of one person, with everything in it. */
function Column({
  column,
  index,
  hours,
  props,
  held,
  saving,
  making,
  drawing,
  nowAxis,
  onMade,
}: {
  column: GridColumn;
  index: number;
  hours: GridHours;
  props: CalendarProps;
  held: { readonly block: CalendarBlock; readonly span: Span } | undefined;
  saving: ReadonlySet<string>;
  /** Drawn and let go: what it is about can be typed. */
  making: Span | undefined;
  /** Being drawn. */
  drawing: Span | undefined;
  /** Of today, where it is among what is shown. */
  nowAxis: Axis | undefined;
  onMade: () => void;
}) {
  const { asked, reader, now } = props;
  const stateOf = ({ key, id }: CalendarBlock) => {
    if (held?.block.key === key) return "lifted" as const;
    return id !== null && saving.has(id) ? ("saving" as const) : undefined;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; this is a column of a calendar.
    <div
      className={classes.day}
      role="group"
      aria-label={columnLabel(column, reader)}
      data-column={index}
      data-today={column.today || undefined}
      data-weekend={column.weekend || undefined}
      data-selected={column.selected || undefined}
    >
      <Shades column={column} hours={hours} />
      {column.placed.map((placed) => (
        <GridEvent
          key={placed.item.key}
          placed={placed}
          hours={hours}
          reader={reader}
          now={now}
          href={calendarAddress(asked, { open: placed.item.id ?? undefined })}
          current={placed.item.id !== null && placed.item.id === asked.open}
          state={stateOf(placed.item)}
        />
      ))}
      {held !== undefined && held.block.personId === column.personId && isIn(column, held.span) ? (
        <Held block={held.block} span={held.span} column={column} hours={hours} props={props} />
      ) : null}
      {drawing === undefined ? null : (
        <NewBlock span={drawing} axis={column.axis} hours={hours} reader={reader} />
      )}
      {making === undefined ? null : (
        <MakePopover column={column} span={making} hours={hours} props={props} onClose={onMade} />
      )}
      {nowAxis === undefined ? null : (
        <NowLine axis={nowAxis} now={now} reader={reader} hours={hours} today={column.today} />
      )}
    </div>
  );
}

/** Where nights are shown, the day is still what one came for. */
const FIRST_SEEN_HOUR = 7;

function useMorning(body: RefObject<HTMLElement | null>, allHours: boolean, hours: number) {
  useEffect(() => {
    if (!allHours || body.current === null) return;
    const { scrollHeight } = body.current;
    body.current.scrollTo({ top: (scrollHeight * FIRST_SEEN_HOUR) / hours });
  }, [body, allHours, hours]);
}

/** After a move by keys the meeting may stand in another column; the focus goes along. */
function useFocusKept(nudge: Nudge | undefined, blocks: readonly CalendarBlock[]) {
  const kept = useRef<string>(undefined);
  useEffect(() => {
    if (nudge !== undefined) kept.current = nudge.block.key;
  }, [nudge]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the drawing after each change that may lose it.
  useEffect(() => {
    if (kept.current === undefined || document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>(`[data-block="${CSS.escape(kept.current)}"]`)?.focus();
  }, [blocks]);
}

/** Days or people in columns over the reader's hours; on a phone one day at a time. */
export function TimeGrid(props: CalendarProps) {
  const { asked, around, reader, viewerId } = props;
  const router = useRouter();
  const body = useRef<HTMLDivElement>(null);
  const changes = useBlockChanges(props.blocks, reader);
  const [making, setMaking] = useState<Making>();
  const shown = { ...props, blocks: changes.blocks };
  const { columns, hours } = useMemo(
    () => columnsOf({ ...props, blocks: changes.blocks }),
    [props, changes.blocks],
  );
  const besides = asked.view === "people";
  const { bars, hidden } = allDayBars(columns, around, { reader, viewerId, besides });

  const onFixed = ({ subject }: CalendarBlock) => changes.say(t("move.notYours", { subject }));
  const onDone = ({ block, span, grip }: Nudge) => {
    changes.change(block, span, grip);
    // By keys a meeting can leave what is shown; whoever moves it goes along.
    const date = calendarDateAt(reader.zone, span.start);
    if (!columns.some((column) => column.date === date)) {
      router.push(calendarAddress(asked, { date }), { scroll: false });
    }
  };
  const gesture = useGridDrag(body, {
    columns,
    hours,
    onDrop: changes.change,
    onDrawn: (column, span) => setMaking({ column, span }),
    onFixed,
  });
  const { nudge, onKeyDown } = useGridKeys({
    blocks: changes.blocks,
    zone: reader.zone,
    ground: besides ? "people" : "days",
    onNudge: ({ span }) => changes.say(whenText(span, reader)),
    onDone,
    onCancelled: () => changes.say(t("move.cancelled")),
    onFixed,
  });
  useFocusKept(nudge, changes.blocks);

  useMorning(body, asked.allHours, hours.last - hours.first);
  const held = heldBy(gesture, nudge);
  const drawing = gesture?.kind === "draw" ? gesture : undefined;
  const empty = columns.every(({ placed, later }) => placed.length + later.length === 0);
  const nowAxis = columns.find(({ today }) => today)?.axis;
  const axis = columns.find(({ selected }) => selected)?.axis ?? columns[0]?.axis;
  return (
    <div
      className={classes.grid}
      data-view={asked.view}
      data-beside={asked.zone2 === undefined ? undefined : true}
      style={
        {
          "--days": columns.map(({ narrow }) => (narrow ? "36px" : "var(--day)")).join(" "),
          "--hours": hours.last - hours.first,
          "--people": columns.length,
        } as CSSProperties
      }
    >
      <DayStrip props={shown} />
      {changes.trouble === undefined ? null : (
        <MoveTrouble
          message={changes.trouble.answer.message}
          stays={t("move.stays", { subject: changes.trouble.block.subject })}
          conflicts={changes.trouble.answer.conflicts}
          nextStarts={changes.trouble.answer.nextStarts}
          near={changes.trouble.block.start}
          minutes={changes.trouble.minutes}
          reader={reader}
          onChoose={(span) => {
            if (changes.trouble) changes.change(changes.trouble.block, span, "whole");
          }}
          onClose={changes.dismiss}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the meetings in it. */}
      <div className={classes.scroll} onKeyDown={onKeyDown}>
        <Heads columns={columns} props={shown} />
        <AllDay columns={columns} bars={bars} hidden={hidden} />
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are the hours. */}
        <div
          className={classes.body}
          ref={body}
          role="group"
          aria-label={t("grid.hours")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keys, also where it is empty.
          tabIndex={0}
        >
          {axis === undefined ? null : <Hours hours={hours} props={{ ...shown, axis, nowAxis }} />}
          {columns.map((column, index) => (
            <Column
              key={column.key}
              column={column}
              index={index}
              hours={hours}
              props={shown}
              held={held}
              saving={changes.saving}
              nowAxis={nowAxis}
              drawing={drawing?.column.key === column.key ? drawing.span : undefined}
              making={
                drawing === undefined && making?.column.key === column.key ? making.span : undefined
              }
              onMade={() => setMaking(undefined)}
            />
          ))}
          {empty && drawing === undefined && making === undefined ? (
            <p className={classes.empty}>{t("grid.empty", { view: asked.view })}</p>
          ) : null}
        </div>
        <Later columns={columns} props={shown} />
      </div>
      <p id={MOVE_HINT_ID} hidden>
        {t("grid.moveHint")}
      </p>
      <p role="status" className="sr-only">
        {changes.said}
      </p>
    </div>
  );
}
