"use client";

import { ActionIcon } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconCircleDashed,
  IconDoor,
  IconMoon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useId } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { Avatar } from "@/components/ui/avatar";
import type { BusyBlock, Standing } from "@/lib/meetings/core/free-busy";
import { standingOf } from "@/lib/meetings/core/free-busy";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { isNight } from "@/lib/time/night";
import { addDays, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import { dayAxis, hourMarks, placeOn } from "./axis";
import { Band } from "./band";
import classes from "./busy-grid.module.css";
import { standingText } from "./standing-text";
import { words } from "./words";

/** One line of the grid: somebody of ours, a guest, or a room. */
export type GridRow = {
  readonly key: string;
  readonly kind: "person" | "guest" | "room";
  readonly name: string;
  readonly zone: TimeZone;
  /** Host, required, a room's seats. */
  readonly role: string;
  /** What is in the way of a row that is not required is worth knowing, and no more. */
  readonly required: boolean;
  readonly photoId: string | null;
  /** Undefined until it was read. */
  readonly days:
    | { readonly busy: readonly BusyBlock[]; readonly working?: readonly Interval[] }
    | undefined;
  readonly menu?: ReactNode | undefined;
};

const CLASHES: ReadonlySet<Standing> = new Set(["busy", "away", "elsewhere", "closed"]);

function StandingIcon({ standing }: { standing: Standing | undefined }) {
  const icon = { size: 16, stroke: 1.8, "aria-hidden": true } as const;
  if (standing === undefined) return <IconCircleDashed {...icon} />;
  if (standing === "free") return <IconCheck {...icon} />;
  if (standing === "night") return <IconMoon {...icon} />;
  return CLASHES.has(standing) ? <IconAlertTriangle {...icon} /> : <IconCircleDashed {...icon} />;
}

type LineProps = {
  readonly row: GridRow;
  readonly wanted: Interval;
  readonly axis: Interval;
  readonly marks: readonly Instant[];
  readonly reader: ScreenReader;
};

const left = (axis: Interval, moment: Instant) =>
  `${((moment - axis.from) / (axis.to - axis.from)) * 100}%`;

function style(axis: Interval, span: Interval) {
  const place = placeOn(axis, span);
  return place === undefined ? undefined : { left: `${place.left}%`, width: `${place.width}%` };
}

function Track({ row, wanted, axis, marks, reader }: LineProps) {
  const { days } = row;
  const busy = days?.busy.filter((block) => placeOn(axis, block) !== undefined) ?? [];
  const said = busy.map(
    (block) =>
      `${block.subject ?? words(`blocks.${block.kind}`)} ${formatTimeRange(block, reader)}`,
  );
  return (
    <div className={classes.track} data-track data-loading={days === undefined || undefined}>
      {(days?.working ?? [axis]).map((span) => (
        <i
          key={span.from}
          className={classes.open}
          style={style(axis, span)}
          hidden={style(axis, span) === undefined}
        />
      ))}
      {marks.map((mark) => (
        <i key={mark} className={classes.hour} style={{ left: left(axis, mark) }} />
      ))}
      {busy.map((block) => (
        <span
          key={`${block.kind} ${block.from} ${block.to}`}
          className={classes.busy}
          data-kind={block.kind}
          style={style(axis, block)}
          title={`${block.subject ?? words(`blocks.${block.kind}`)}, ${formatTimeRange(block, reader)}`}
          aria-hidden="true"
        >
          {block.subject}
        </span>
      ))}
      {style(axis, wanted) === undefined ? null : (
        <i className={classes.wanted} style={style(axis, wanted)} />
      )}
      {days === undefined ? null : (
        <span className="sr-only">
          {words("blocks.list", {
            name: row.name,
            list: said.length === 0 ? words("blocks.none") : said.join(", "),
          })}
        </span>
      )}
    </div>
  );
}

function Line(props: LineProps) {
  const { row, wanted, reader } = props;
  const stands = row.days && standingOf({ ...row.days, zone: row.zone }, wanted);
  const standing = stands?.standing;
  const clash = standing !== undefined && CLASHES.has(standing) && row.required;
  const night = isNight(row.zone, wanted.from);
  const text =
    stands === undefined ? words("fit.checking") : standingText(stands, row.kind, reader);
  return (
    <div className={classes.row} data-clash={clash || undefined} data-row={row.key}>
      <div className={classes.who}>
        {row.kind === "room" ? (
          <span className={classes.roomIcon}>
            <IconDoor size={16} stroke={1.6} aria-hidden="true" />
          </span>
        ) : (
          <Avatar name={row.name} size={24} photoId={row.photoId} />
        )}
        <span>
          <b title={row.name}>{row.name}</b>
          <small>
            {night && row.kind !== "room" ? (
              <>
                <IconMoon size={12} stroke={1.6} aria-hidden="true" />
                <span className="sr-only">{words("who.night")} </span>
              </>
            ) : null}
            {formatTime(wanted.from, { ...reader, zone: row.zone })} {zoneCity(row.zone)}
            {row.role === "" ? "" : `, ${row.role}`}
          </small>
        </span>
        <span
          className={classes.state}
          data-standing={standing}
          data-clash={clash || undefined}
          title={text}
        >
          <StandingIcon standing={standing} />
          <span className="sr-only">{text}</span>
          {row.menu}
        </span>
      </div>
      <Track {...props} />
    </div>
  );
}

/**
 * Who is free when, on one day of the reader's: a line for each person and room, all on one axis, and across them the
 * meeting, which is dragged or moved by keys.
 */
export function BusyGrid({
  rows,
  day,
  wanted,
  reader,
  failed,
  onMove,
  onDay,
}: {
  rows: readonly GridRow[];
  day: CalendarDate;
  wanted: Interval;
  reader: ScreenReader;
  /** The calendars could not be read. */
  failed: boolean;
  onMove: (wanted: Interval) => void;
  onDay: (day: CalendarDate) => void;
}) {
  const hint = useId();
  const axis = dayAxis(day, reader.zone);
  const marks = hourMarks(day, reader.zone);
  const date = formatDateShort(startOfDay(day, reader.zone), reader);
  const line = { wanted, axis, marks, reader };
  return (
    <section className={classes.grid} aria-label={words("who.grid", { date })}>
      <div className={classes.head}>
        <div className={classes.day}>
          <ActionIcon aria-label={words("who.previous")} onClick={() => onDay(addDays(day, -1))}>
            <IconChevronLeft size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
          <span aria-live="polite">{date}</span>
          <ActionIcon aria-label={words("who.next")} onClick={() => onDay(addDays(day, 1))}>
            <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
          </ActionIcon>
        </div>
        <div className={classes.marks} aria-hidden="true">
          {marks.map((mark) => (
            <span key={mark} style={{ left: left(axis, mark) }}>
              {formatTime(mark, reader).replace(":00", "")}
            </span>
          ))}
        </div>
      </div>
      <Band axis={axis} wanted={wanted} onMove={onMove} hintId={hint} reader={reader}>
        <p className={classes.laneName}>
          <b>{words("who.meeting")}</b>
          {formatTimeRange(wanted, reader)}{" "}
          {zoneAbbreviation(wanted.from, reader.zone, reader.locale)}
        </p>
      </Band>
      <p id={hint} className="sr-only">
        {words("who.bandHint")}
      </p>
      {rows.map((row) => (
        <Line key={row.key} row={row} {...line} />
      ))}
      {failed ? (
        <p className={classes.failed} role="alert">
          {words("who.failed")}
        </p>
      ) : null}
      <div className={classes.legend} aria-hidden="true">
        <span>
          <i className={classes.busy} data-kind="meeting" />
          {words("who.legendBusy")}
        </span>
        <span>
          <i className={classes.busy} data-kind="optional" />
          {words("who.legendOptional")}
        </span>
        <span>
          <i className={classes.busy} data-kind="closed" />
          {words("who.legendOutside")}
        </span>
      </div>
    </section>
  );
}
