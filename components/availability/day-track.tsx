"use client";

import type { KeyboardEvent, PointerEvent } from "react";
import { useRef, useState } from "react";
import { durationText } from "@/components/ui/duration";
import { rangeOf } from "@/lib/availability/core/day-hours";
import type { DayRange } from "@/lib/availability/core/query";
import { rangeText } from "@/lib/availability/core/typed-hours";
import type { Bar, Drag } from "./hour-drag";
import { barOf, dayWith, dragged, nudged, placeOf } from "./hour-drag";
import classes from "./weekly-hours.module.css";
import { words } from "./words";

type Dragging = Drag & { readonly index: number; readonly bar: Bar; readonly moved: boolean };

const EDGE_PX = { mouse: 8, touch: 14 } as const;
// A finger that rests is no drag.
const STILL_PX = 3;

const signed = (minutes: number): string =>
  `${minutes < 0 ? "−" : "+"}${durationText(Math.abs(minutes))}`;

const percent = (minute: number, axis: Axis): number =>
  ((minute / 60 - axis.from) / (axis.to - axis.from)) * 100;

export type Axis = { readonly from: number; readonly to: number };

type Props = {
  readonly dayLabel: string;
  readonly ranges: readonly DayRange[];
  readonly axis: Axis;
  readonly hourCycle: 12 | 24;
  readonly hintId: string;
  /** New hours of the day, and what to read out. */
  readonly onChange: (ranges: readonly DayRange[], said: string) => void;
  readonly onRefuse: () => void;
  readonly onType: () => void;
};

/**
 * The line of one day. Dragging on it opens time, dragging a bar moves it, dragging an end stretches it, all in
 * quarters of an hour; the keyboard does the same from a bar that has the focus.
 */
export function DayTrack(props: Props) {
  const { dayLabel, ranges, axis, hourCycle, hintId, onChange, onRefuse, onType } = props;
  const track = useRef<HTMLDivElement>(null);
  const pressedAt = useRef(0);
  const [drag, setDrag] = useState<Dragging>();

  const minuteAt = (clientX: number): number => {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return (axis.from + ((clientX - box.left) / box.width) * (axis.to - axis.from)) * 60;
  };

  const begin = (event: PointerEvent<HTMLElement>, index: number) => {
    if (event.button !== 0) return;
    const pressed = minuteAt(event.clientX);
    const range = ranges[index];
    pressedAt.current = event.clientX;
    track.current?.setPointerCapture(event.pointerId);
    if (range === undefined) {
      const bar = { from: pressed, to: pressed };
      setDrag({ mode: "create", before: bar, pressed, index, bar, moved: false });
      return;
    }
    const box = event.currentTarget.getBoundingClientRect();
    // At most a third of a bar is its end, so that short ones can still be moved.
    const edge = Math.min(
      EDGE_PX[event.pointerType === "touch" ? "touch" : "mouse"],
      box.width / 3,
    );
    const atStart = event.clientX - box.left < edge;
    const atEnd = box.right - event.clientX < edge;
    const before = barOf(range);
    const inner = atStart ? "start" : "move";
    setDrag({ mode: atEnd ? "end" : inner, before, pressed, index, bar: before, moved: false });
  };

  const follow = (event: PointerEvent<HTMLElement>) => {
    if (drag === undefined) return;
    if (!drag.moved && Math.abs(event.clientX - pressedAt.current) < STILL_PX) return;
    setDrag({ ...drag, bar: dragged(drag, minuteAt(event.clientX)), moved: true });
  };

  const put = (index: number, bar: Bar): readonly DayRange[] | undefined => {
    const next = dayWith(ranges, index, bar);
    if (next === undefined) {
      onRefuse();
      return undefined;
    }
    onChange(next, rangeText(rangeOf(bar.from, bar.to), hourCycle));
    return next;
  };

  const finish = () => {
    setDrag(undefined);
    if (drag === undefined) return;
    if (drag.moved) put(drag.index, drag.bar);
    else onType();
  };

  const focusBar = (index: number) =>
    // After the change is drawn: a joined bar is another element.
    requestAnimationFrame(() => {
      const bars = track.current?.querySelectorAll<HTMLElement>("[data-bar]");
      bars?.[Math.max(0, Math.min(index, (bars.length ?? 1) - 1))]?.focus();
    });

  const onKey = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const range = ranges[index];
    if (range === undefined || event.metaKey || event.ctrlKey) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      const rest = ranges.filter((_, place) => place !== index);
      onChange(rest, words("hours.removed", { hours: rangeText(range, hourCycle), day: dayLabel }));
      focusBar(index);
      return;
    }
    const direction = { ArrowLeft: -1, ArrowRight: 1 } as const;
    const step = direction[event.key as keyof typeof direction];
    if (step === undefined) return;
    event.preventDefault();
    const edge = event.altKey ? "start" : "move";
    const bar = nudged(event.shiftKey ? "end" : edge, barOf(range), step);
    const next = put(index, bar);
    if (next !== undefined) focusBar(placeOf(next, bar));
  };

  const shown: readonly Bar[] = ranges.map((range, index) =>
    drag?.index === index ? drag.bar : barOf(range),
  );
  const drawn = drag?.mode === "create" && drag.moved ? drag.bar : undefined;
  const style = (bar: Bar) => {
    const left = percent(bar.from, axis);
    return { left: `${left}%`, width: `${percent(Math.min(bar.to, axis.to * 60), axis) - left}%` };
  };
  const tip = (bar: Bar, before: Bar | undefined) => (
    <span className={classes.tip} data-side={percent(bar.to, axis) > 70 ? "left" : "right"}>
      {rangeText(rangeOf(bar.from, bar.to), hourCycle)}
      {before === undefined || bar.to - bar.from === before.to - before.from
        ? ""
        : ` ${signed(bar.to - bar.from - (before.to - before.from))}`}
    </span>
  );

  return (
    // The line itself answers only to pointers; what it does by keyboard is on the bars and on the day's name.
    <div
      ref={track}
      className={classes.track}
      data-closed={ranges.length === 0 && drawn === undefined ? true : undefined}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) begin(event, -1);
      }}
      onPointerMove={follow}
      onPointerUp={finish}
      onPointerCancel={() => setDrag(undefined)}
    >
      {ranges.length === 0 && drawn === undefined ? (
        <span className={classes.off}>
          <span>{words("hours.closedDrag")}</span>
        </span>
      ) : null}
      {shown.map((bar, index) => {
        const range = rangeOf(bar.from, bar.to);
        const held = drag?.index === index && drag.moved;
        return (
          <button
            // Bars have no other name than their place in the day.
            // biome-ignore lint/suspicious/noArrayIndexKey: moving a bar must keep the element that has the focus.
            key={index}
            type="button"
            data-bar
            className={classes.bar}
            data-held={held ? drag.mode : undefined}
            style={style(bar)}
            aria-label={words("hours.bar", { day: dayLabel, hours: rangeText(range, hourCycle) })}
            aria-describedby={hintId}
            onPointerDown={(event) => begin(event, index)}
            onKeyDown={(event) => onKey(event, index)}
            onClick={(event) => {
              // The keyboard's Enter; a pointer's click was answered when it was let go.
              if (event.detail === 0) onType();
            }}
          >
            <span className={classes.barText}>{rangeText(range, hourCycle)}</span>
            {held ? tip(bar, drag.before) : null}
          </button>
        );
      })}
      {drawn === undefined ? null : (
        <span className={classes.bar} data-held="create" style={style(drawn)}>
          {tip(drawn, undefined)}
        </span>
      )}
    </div>
  );
}
