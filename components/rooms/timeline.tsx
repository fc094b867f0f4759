"use client";

import { IconCheck, IconUsers } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import type { CSSProperties, KeyboardEvent, PointerEvent } from "react";
import { useRef, useState } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { Tag } from "@/components/ui/tag";
import { useNow } from "@/components/ui/use-now";
import type { TimelineRoom } from "@/lib/occupancy/core/timeline";
import { isClear, placeOf, snapped, standingAt, ticksOf } from "@/lib/occupancy/core/timeline";
import { formatTime } from "@/lib/time/format";
import { instantOf, MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { AboutRoom } from "./about-room";
import type { Day } from "./lane";
import { LaneContent, styleOf } from "./lane";
import { rangeHere, standingWords } from "./room-words";
import { bookAddress, clockOf } from "./rooms-address";
import { t } from "./rooms-text";
import classes from "./timeline.module.css";

const STEP_MINUTES = 15;
const STEP_MS = STEP_MINUTES * MINUTE_MS;
/** A tap without a drag means this long. */
const TAP_MS = 60 * MINUTE_MS;
const EQUIPMENT_SHOWN = 2;

function Equipment({ things }: { things: readonly string[] }) {
  const more = things.slice(EQUIPMENT_SHOWN);
  return (
    <ul className={classes.equipment} aria-label={t("find.equipment")}>
      {things.slice(0, EQUIPMENT_SHOWN).map((thing) => (
        <li key={thing}>{thing}</li>
      ))}
      {more.length === 0 ? null : (
        <li title={more.join(", ")}>
          <span aria-hidden="true">+{more.length}</span>
          <span className="sr-only">
            {t("rooms.moreEquipment", { count: String(more.length), things: more.join(", ") })}
          </span>
        </li>
      )}
    </ul>
  );
}

function RoomHead({ room, day, wanted }: { room: TimelineRoom; day: Day; wanted: Interval }) {
  const { window, now, reader } = day;
  const shows = room.found !== undefined || (now >= window.from && now < window.to);
  const standing = room.found ?? standingAt(room, now);
  return (
    <div className={classes.head}>
      <div className={classes.name}>
        <AboutRoom room={room} reader={reader} />
        <Tag>
          <IconUsers stroke={1.6} aria-hidden="true" />
          {room.capacity}
          <span className="sr-only">{t("rooms.seats", { count: room.capacity })}</span>
        </Tag>
        {shows ? (
          <span className={classes.standing} data-free={standing === true || undefined}>
            {standing === true ? <IconCheck size={14} stroke={2} aria-hidden="true" /> : null}
            {standingWords(standing, room, reader)}
          </span>
        ) : null}
      </div>
      <div className={classes.sub}>
        {room.floor === null ? null : <span className="clip">{room.floor}</span>}
        <Equipment things={room.equipment} />
      </div>
      {room.found === true ? (
        <span className={classes.phoneBook}>
          <ButtonLink
            href={bookAddress(room.id, wanted)}
            variant="outline"
            size="sm"
            aria-label={t("rooms.bookNamed", { room: room.name, time: rangeHere(wanted, reader) })}
          >
            {t("rooms.bookShort")}
          </ButtonLink>
        </span>
      ) : null}
    </div>
  );
}

/** What the keys do to a chosen time; undefined for keys that mean nothing here. */
function nudged(event: KeyboardEvent, chosen: Interval, window: Interval): Interval | undefined {
  const by = { ArrowLeft: -STEP_MS, ArrowRight: STEP_MS }[event.key];
  if (by === undefined) return undefined;
  if (event.shiftKey) {
    const to = Math.max(chosen.to + by, chosen.from + STEP_MS);
    return { from: chosen.from, to: instantOf(Math.min(to, window.to)) };
  }
  const from = Math.min(
    Math.max(chosen.from + by, window.from),
    window.to - (chosen.to - chosen.from),
  );
  return { from: instantOf(from), to: instantOf(from + (chosen.to - chosen.from)) };
}

type LaneProps = {
  readonly room: TimelineRoom;
  readonly day: Day;
  readonly chosen: Interval;
  readonly onChoose: (chosen: Interval) => void;
};

/** Where the pointer is in a lane, as a time on the grid. */
const pointedAt = (event: PointerEvent<HTMLElement>, window: Interval): number => {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const share = (event.clientX - left) / width;
  return window.from + share * (window.to - window.from);
};

function useDrag({ room, day }: LaneProps, book: (span: Interval) => void) {
  const { window } = day;
  const origin = useRef<number | undefined>(undefined);
  const [drag, setDrag] = useState<Interval>();
  const spanTo = (event: PointerEvent<HTMLElement>): Interval => {
    const from = snapped((origin.current ?? 0) - STEP_MS / 2, STEP_MINUTES, window);
    const here = snapped(pointedAt(event, window), STEP_MINUTES, window);
    return here > from
      ? { from, to: here }
      : { from: here, to: instantOf(Math.min(from + STEP_MS, window.to)) };
  };
  return {
    drag,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        const target = event.target as HTMLElement;
        if (event.button !== 0 || target.closest("[data-block], button") !== null) return;
        origin.current = pointedAt(event, window);
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag(spanTo(event));
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (origin.current !== undefined) setDrag(spanTo(event));
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        if (origin.current === undefined) return;
        const span = spanTo(event);
        origin.current = undefined;
        setDrag(undefined);
        const isTap = span.to - span.from <= STEP_MS;
        const to = instantOf(Math.min(span.from + TAP_MS, window.to));
        const tapped = isTap && isClear(room, { from: span.from, to }) ? { ...span, to } : span;
        if (isClear(room, tapped)) book(tapped);
      },
      onPointerCancel: () => {
        origin.current = undefined;
        setDrag(undefined);
      },
    },
  };
}

function Lane(props: LaneProps) {
  const { room, day, chosen, onChoose } = props;
  const { window, reader } = day;
  const router = useRouter();
  const book = (span: Interval) => router.push(bookAddress(room.id, span));
  const { drag, handlers } = useDrag(props, book);
  const cursor = placeOf(chosen, window);
  const shown = drag === undefined ? undefined : placeOf(drag, window);
  const free = isClear(room, chosen);
  const words = (clear: boolean) => (clear ? "rooms.freeTip" : "rooms.notFreeTip");
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const next = nudged(event, chosen, window);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (next === undefined && step === undefined) return;
    event.preventDefault();
    if (next !== undefined) onChoose(next);
    if (step !== undefined) {
      const all = [...document.querySelectorAll<HTMLButtonElement>("[data-cursor]")];
      all[all.indexOf(event.currentTarget) + step]?.focus();
    }
  };
  return (
    <div className={classes.lane} data-bookable={room.bookable || undefined} {...handlers}>
      <LaneContent room={room} day={day} />
      {cursor === undefined ? null : (
        <button
          type="button"
          className={classes.cursor}
          style={styleOf(cursor)}
          data-cursor
          aria-disabled={!free}
          aria-label={`${t("rooms.bookNamed", { room: room.name, time: rangeHere(chosen, reader) })}. ${t(words(free), { time: "" }).trim()}`}
          onClick={() => (free ? book(chosen) : undefined)}
          onKeyDown={onKeyDown}
        />
      )}
      {drag === undefined || shown === undefined ? null : (
        <span className={classes.ghost} style={styleOf(shown)} data-clear={isClear(room, drag)}>
          <span>{t(words(isClear(room, drag)), { time: rangeHere(drag, reader) })}</span>
        </span>
      )}
    </div>
  );
}

/** Rooms of one location, in the order they came. */
function groupsOf(rooms: readonly TimelineRoom[]): readonly (readonly TimelineRoom[])[] {
  const groups = new Map<string, TimelineRoom[]>();
  for (const room of rooms) {
    groups.set(room.location, [...(groups.get(room.location) ?? []), room]);
  }
  return [...groups.values()];
}

function GroupHead({ room, day }: { room: TimelineRoom; day: Day }) {
  const { window, reader, now } = day;
  const zone = zoneAbbreviation(now, room.zone, reader.locale);
  return (
    <header className={classes.groupHead}>
      <div className={classes.groupName}>
        <h2>{room.location}</h2>
        <span className="num">
          {formatTime(now, { ...reader, zone: room.zone })} {zone}
        </span>
      </div>
      <div className={classes.axis} aria-hidden="true">
        {ticksOf(window, room.zone).map(({ at, minute }) => (
          <span
            key={at}
            className="num"
            style={{ left: `${placeOf({ from: at, to: at + 1 }, window)?.left ?? 0}%` }}
          >
            {clockOf(minute)}
          </span>
        ))}
      </div>
    </header>
  );
}

/** A day of all rooms: one lane each, every location on its own clock, aligned by instant. */
export function Timeline({
  rooms,
  day: given,
  wanted,
  searching,
}: {
  rooms: readonly TimelineRoom[];
  day: Day;
  wanted: Interval;
  searching: boolean;
}) {
  const now = useNow(given.now);
  const day = { ...given, now };
  const { window, reader } = day;
  const [chosen, setChosen] = useState(wanted);
  const [asked, setAsked] = useState(wanted);
  if (asked.from !== wanted.from || asked.to !== wanted.to) {
    setAsked(wanted);
    setChosen(wanted);
  }
  const nowAt = placeOf({ from: now, to: now + 1 }, window);
  const band = searching ? placeOf(wanted, window) : undefined;
  return (
    <section className={classes.timeline} aria-label={t("rooms.day")}>
      <p className="sr-only">{t("rooms.hold")}</p>
      {groupsOf(rooms).map((group) =>
        group[0] === undefined ? null : (
          <section key={group[0].location} aria-label={group[0].location}>
            <GroupHead room={group[0]} day={day} />
            <ul>
              {group.map((room) => (
                <li
                  key={room.id}
                  className={classes.row}
                  data-unfit={searching && room.found !== true ? true : undefined}
                >
                  <RoomHead room={room} day={day} wanted={wanted} />
                  <Lane room={room} day={day} chosen={chosen} onChoose={setChosen} />
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
      <div className={classes.over} aria-hidden="true">
        {band === undefined ? null : <div className={classes.band} style={styleOf(band)} />}
        {nowAt === undefined ? null : (
          <div className={classes.now} style={{ "--at": `${nowAt.left}%` } as CSSProperties}>
            <b className="num">{formatTime(now, reader)}</b>
          </div>
        )}
      </div>
    </section>
  );
}
