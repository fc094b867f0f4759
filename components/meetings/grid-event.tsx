import { IconDoor, IconLock, IconRepeat, IconVideo } from "@tabler/icons-react";
import Link from "next/link";
import type { CSSProperties } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { CalendarBlock } from "@/lib/meetings/core/calendar";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { calendarDateAt, minuteOfDayAt, wallToInstants } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { t } from "./calendar-text";
import classes from "./grid-event.module.css";
import type { GridHours, Placed } from "./grid-layout";

/** Names the sentence that tells how a meeting is moved by keys; it stands once in the grid. */
export const MOVE_HINT_ID = "calendar-move-hint";

/** Size decides what is said: half an hour a title, an hour also its start and place. */
const sizeOf = (minutes: number): "xs" | "sm" | "md" => {
  if (minutes < 45) return "xs";
  return minutes < 60 ? "sm" : "md";
};

/** A time of day; of an hour that comes twice, as clocks go back, with the zone that says which. */
function clockAt(moment: Instant, reader: ScreenReader): string {
  const { zone } = reader;
  const date = calendarDateAt(zone, moment);
  const twice = wallToInstants(date, minuteOfDayAt(zone, moment), zone).length > 1;
  const time = formatTime(moment, reader);
  return twice ? `${time} ${zoneAbbreviation(moment, zone, reader.locale)}` : time;
}

/** What its shape says, in words. */
function stateWords(block: CalendarBlock): string {
  return [
    block.status === "pending" ? `${t("legend.pending")}.` : "",
    block.status === "draft" ? t("grid.draft") : "",
    block.answer === "declined" ? t("grid.declined") : "",
    block.required ? "" : t("grid.optional"),
    block.roomReleased ? t("grid.released") : "",
    block.repeats ? t("grid.repeats") : "",
  ]
    .filter(Boolean)
    .join(" ");
}

export const subjectOf = (block: CalendarBlock): string =>
  block.id === null ? t("grid.busy") : block.subject;

function Place({ block }: { block: CalendarBlock }) {
  if (block.place === null && !block.online) return null;
  const Icon = block.online ? IconVideo : IconDoor;
  return (
    <span data-released={block.roomReleased || undefined}>
      <Icon size={12} stroke={1.6} aria-hidden="true" />
      {block.place}
    </span>
  );
}

function Words({ block, reader }: { block: CalendarBlock; reader: ScreenReader }) {
  const { start, end } = block;
  return (
    <>
      <span className="sr-only">
        {formatTime(start, reader)} {t("grid.until")} {formatTime(end, reader)}. {stateWords(
          block,
        )}{" "}
      </span>
      <b>
        {block.kind === "private" ? <IconLock size={12} stroke={1.6} aria-hidden="true" /> : null}
        {subjectOf(block)}
        {block.repeats ? <IconRepeat size={11} stroke={1.6} aria-hidden="true" /> : null}
      </b>
      <i>
        <span aria-hidden="true">{clockAt(start, reader)}</span>
        <Place block={block} />
      </i>
    </>
  );
}

/** The attributes that give a block its colour and shape: colour says the kind, shape the state. */
export const looksOf = (block: CalendarBlock, now: Instant) => ({
  "data-kind": block.kind,
  "data-pending": block.status === "pending" || undefined,
  "data-draft": block.status === "draft" || undefined,
  "data-optional": !block.required || undefined,
  "data-declined": block.answer === "declined" || undefined,
  "data-past": block.end <= now || undefined,
});

export type EventProps = {
  readonly placed: Placed<CalendarBlock>;
  readonly hours: GridHours;
  readonly reader: ScreenReader;
  readonly now: Instant;
  readonly href: string;
  readonly current: boolean;
  /** lifted: this is where it came from. held: this is where it would go. saving: the server has not answered. */
  readonly state?: "lifted" | "held" | "saving" | undefined;
};

const styleOf = ({ fromMinute, toMinute, lane, lanes }: EventProps["placed"], hours: GridHours) => {
  const until = Math.min(toMinute, hours.last * 60);
  return {
    minutes: until - fromMinute,
    style: {
      "--from": fromMinute - hours.first * 60,
      "--minutes": until - fromMinute,
      "--lane": lane,
      "--lanes": lanes,
    } as CSSProperties,
  };
};

/** A meeting in its day: a block as long as it takes, which opens it. What is only busy opens nothing. */
export function GridEvent({ placed, hours, reader, now, href, current, state }: EventProps) {
  const { item: block, lanes } = placed;
  const { minutes, style } = styleOf(placed, hours);
  const shared = {
    className: classes.event,
    style,
    ...looksOf(block, now),
    "data-size": sizeOf(minutes),
    "data-crowded": lanes > 1 || undefined,
    "data-state": state,
    title: `${clockAt(block.start, reader)}–${clockAt(block.end, reader)} ${subjectOf(block)}`,
  };
  if (block.id === null || state === "held") {
    return (
      <div {...shared} aria-hidden={state === "held" || undefined}>
        <Words block={block} reader={reader} />
      </div>
    );
  }
  return (
    <Link
      {...shared}
      href={href}
      scroll={false}
      draggable={false}
      data-row
      data-block={block.key}
      data-movable={block.movable || undefined}
      aria-describedby={block.movable ? MOVE_HINT_ID : undefined}
      aria-current={current ? "true" : undefined}
    >
      {block.movable ? <span className={classes.edge} data-edge="start" /> : null}
      <Words block={block} reader={reader} />
      {block.movable ? <span className={classes.edge} data-edge="end" /> : null}
    </Link>
  );
}
