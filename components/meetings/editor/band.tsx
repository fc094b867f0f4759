"use client";

import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { useRef, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { formatDateShort, formatTimeRange } from "@/lib/time/format";
import { MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { endedAt, movedTo, placeOn, stepOf, stepped } from "./axis";
import classes from "./busy-grid.module.css";
import { words } from "./words";

type Drag = { readonly edge: "move" | "end"; readonly grip: number; readonly span: Interval };

/** The meeting as a bar on its own line: dragged whole, stretched at its end, moved by keys. */
export function Band({
  axis,
  wanted,
  onMove,
  hintId,
  reader,
  children,
}: {
  axis: Interval;
  wanted: Interval;
  onMove: (wanted: Interval) => void;
  hintId: string;
  reader: ScreenReader;
  /** The name of the line. */
  children: ReactNode;
}) {
  const lane = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag>();

  const momentAt = (clientX: number): number => {
    const box = lane.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return axis.from;
    return axis.from + ((clientX - box.left) / box.width) * (axis.to - axis.from);
  };
  const follow = ({ edge, grip }: Drag, clientX: number): Interval =>
    edge === "end"
      ? endedAt(wanted, momentAt(clientX))
      : movedTo(axis, wanted, momentAt(clientX) - grip);

  const begin = (event: PointerEvent<HTMLElement>, edge: Drag["edge"]) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    lane.current?.setPointerCapture(event.pointerId);
    setDrag({ edge, grip: momentAt(event.clientX) - wanted.from, span: wanted });
  };
  const put = (event: PointerEvent<HTMLElement>) => {
    // Pressed beside the bar: it comes to where it was pressed, and can be dragged on.
    const span = movedTo(axis, wanted, momentAt(event.clientX));
    lane.current?.setPointerCapture(event.pointerId);
    setDrag({ edge: "move", grip: 0, span });
    onMove(span);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    onMove(stepped(axis, wanted, step));
  };

  const shown = drag?.span ?? wanted;
  const place = placeOn(axis, shown);
  const said = `${formatDateShort(shown.from, reader)}, ${formatTimeRange(shown, reader)} ${zoneAbbreviation(shown.from, reader.zone, reader.locale)}`;
  return (
    <div className={classes.row}>
      {children}
      <div
        ref={lane}
        className={`${classes.track} ${classes.lane}`}
        onPointerDown={(event) => {
          if (event.target === event.currentTarget && event.button === 0) put(event);
        }}
        onPointerMove={(event) => {
          if (drag === undefined) return;
          const span = follow(drag, event.clientX);
          if (span.from === drag.span.from && span.to === drag.span.to) return;
          setDrag({ ...drag, span });
          onMove(span);
        }}
        onPointerUp={() => setDrag(undefined)}
        onPointerCancel={() => setDrag(undefined)}
      >
        {place === undefined ? null : (
          <div
            role="slider"
            tabIndex={0}
            className={classes.band}
            data-held={drag?.edge}
            aria-label={words("who.band")}
            aria-describedby={hintId}
            aria-valuemin={0}
            aria-valuemax={(axis.to - axis.from) / MINUTE_MS}
            aria-valuenow={(shown.from - axis.from) / MINUTE_MS}
            aria-valuetext={said}
            style={{ left: `${place.left}%`, width: `${place.width}%` }}
            onPointerDown={(event) => begin(event, "move")}
            onKeyDown={onKey}
          >
            <span className={classes.edge} onPointerDown={(event) => begin(event, "end")} />
          </div>
        )}
      </div>
    </div>
  );
}
