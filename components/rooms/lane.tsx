"use client";

import { IconTool, IconUserOff } from "@tabler/icons-react";
import Link from "next/link";
import type { CSSProperties, ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Stay } from "@/lib/occupancy/core/board";
import type { TimelineRoom } from "@/lib/occupancy/core/timeline";
import { closedSpans, placeOf, ticksOf } from "@/lib/occupancy/core/timeline";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { backAt, rangeHere, timeThere } from "./room-words";
import { t } from "./rooms-text";
import classes from "./timeline.module.css";

/** What every part of a day needs to know of it. */
export type Day = {
  readonly window: Interval;
  readonly reader: ScreenReader;
  readonly now: Instant;
};

type Place = { readonly left: number; readonly width: number };

export const styleOf = ({ left, width }: Place): CSSProperties => ({
  left: `${left.toFixed(3)}%`,
  width: `${width.toFixed(3)}%`,
});

/** Narrower than this, percent of the day, and words do not fit. */
const WORDS_FIT = 4.6;

const lookOf = ({ state, mine, start, end }: Stay, now: number): string => {
  if (state !== "settled") return "held";
  if (end <= now) return "past";
  if (mine) return "mine";
  return start <= now ? "live" : "other";
};

function stateWords({ state, start, end }: Stay, now: number): string {
  if (state === "asked") return t("rooms.stateAsked");
  if (state === "requested") return t("rooms.stateRequested");
  return start <= now && now < end ? t("rooms.stateNow") : "";
}

function subjectOf({ subject, through }: Stay): string {
  const words = subject ?? t("rooms.busy");
  return through === null ? words : t("rooms.through", { subject: words, room: through });
}

function Block({ stay, day }: { stay: Stay; day: Day }) {
  const { window, reader, now } = day;
  const place = placeOf(stay, window);
  if (place === undefined) return null;
  const subject = subjectOf(stay);
  const zone = zoneAbbreviation(instantOf(stay.start), reader.zone, reader.locale);
  const time = `${rangeHere({ from: stay.start, to: stay.end }, reader)} ${zone}`;
  const label = t("rooms.blockAria", { time, subject, state: stateWords(stay, now) });
  const shownMs = (place.width / 100) * (window.to - window.from);
  const share = (ms: number): string => `${Math.min(Math.max((ms / shownMs) * 100, 0), 100)}%`;
  const setUp = stay.start - Math.max(stay.from, window.from);
  const cleanUp = Math.min(stay.to, window.to) - stay.end;
  const inner: ReactNode = (
    <>
      {setUp > 0 ? (
        <i className={classes.buffer} data-side="start" style={{ width: share(setUp) }} />
      ) : null}
      <span className={place.width < WORDS_FIT ? "sr-only" : classes.words} aria-hidden="true">
        {subject}
      </span>
      <span className="sr-only">{label}</span>
      {cleanUp > 0 ? (
        <i className={classes.buffer} data-side="end" style={{ width: share(cleanUp) }} />
      ) : null}
    </>
  );
  const shared = {
    className: classes.block,
    "data-look": lookOf(stay, now),
    "data-now": stay.start <= now && now < stay.end ? true : undefined,
    "data-block": true,
    style: styleOf(place),
    title: `${time} ${subject}`,
  };
  return stay.subject === null ? (
    <span {...shared}>{inner}</span>
  ) : (
    <Link href={`/meetings/${stay.meetingId}`} prefetch={false} {...shared}>
      {inner}
    </Link>
  );
}

function Closed({ room, day }: { room: TimelineRoom; day: Day }) {
  const { window, reader } = day;
  return closedSpans(room.open, window).map((span) => {
    const place = placeOf(span, window);
    if (place === undefined) return null;
    const opens = span.to < window.to;
    const words = opens
      ? t("rooms.opens", { time: timeThere(span.to, room.zone, reader), zone: "" }).trim()
      : t("rooms.closed");
    return (
      <span key={span.from} className={classes.closed} style={styleOf(place)}>
        <span className={place.width < 9 ? "sr-only" : undefined}>{words}</span>
      </span>
    );
  });
}

function Broken({ room, day }: { room: TimelineRoom; day: Day }) {
  const { window, reader, now } = day;
  // Where the room is closed anyway, that is all there is to say.
  const spans = room.closures.flatMap(({ from, to, note }) =>
    room.open.map((open) => ({
      from: Math.max(from, open.from),
      to: Math.min(to, open.to),
      until: to,
      note,
    })),
  );
  return spans.map(({ from, to, until, note }) => {
    const place = placeOf({ from, to }, window);
    if (place === undefined) return null;
    const time = backAt(until, now, room.zone, reader);
    const words =
      note === null ? t("rooms.outUntilPlain", { time }) : t("rooms.outUntil", { note, time });
    return (
      <span key={from} className={classes.broken} data-block style={styleOf(place)} title={words}>
        <IconTool size={14} stroke={1.6} aria-hidden="true" />
        <span className={place.width < 12 ? "sr-only" : "clip"}>{words}</span>
      </span>
    );
  });
}

function Released({ room, day }: { room: TimelineRoom; day: Day }) {
  return room.released.map((span) => {
    const place = placeOf(span, day.window);
    if (place === undefined) return null;
    const words = t("rooms.releasedAria", { time: rangeHere(span, day.reader) });
    return (
      <span key={span.from} className={classes.released} style={styleOf(place)} title={words}>
        <IconUserOff size={12} stroke={1.6} aria-hidden="true" />
        <span className="sr-only">{words}</span>
      </span>
    );
  });
}

/** All that lies in one room's lane: hour lines of its place, closed hours, closures, meetings and what was given up. */
export function LaneContent({ room, day }: { room: TimelineRoom; day: Day }) {
  const nowAt = placeOf({ from: day.now, to: day.now + 1 }, day.window);
  return (
    <>
      {ticksOf(day.window, room.zone).map(({ at }) => (
        <i
          key={at}
          className={classes.line}
          style={{ left: `${placeOf({ from: at, to: at + 1 }, day.window)?.left ?? 0}%` }}
        />
      ))}
      <Closed room={room} day={day} />
      <Broken room={room} day={day} />
      <Released room={room} day={day} />
      {room.stays.map((stay) => (
        <Block key={stay.meetingId} stay={stay} day={day} />
      ))}
      {nowAt === undefined ? null : (
        <i className={classes.laneNow} style={{ left: `${nowAt.left}%` }} />
      )}
    </>
  );
}
