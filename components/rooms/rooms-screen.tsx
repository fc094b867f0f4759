import { IconDoor } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import type { Board } from "@/lib/occupancy/core/board";
import type { TimelineRoom } from "@/lib/occupancy/core/timeline";
import { USUAL_EQUIPMENT } from "@/lib/rooms/core/room";
import { formatDayAndMonth } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { calendarDateAt } from "@/lib/time/offset";
import { zoneCity } from "@/lib/time/zone-names";
import { DaySteps } from "./day-steps";
import { DoorCards } from "./door-cards";
import { FindBar } from "./find-bar";
import type { ShownRequest } from "./requests";
import { Requests } from "./requests";
import type { RoomsAsked } from "./rooms-address";
import { bookAddress, isSearching } from "./rooms-address";
import classes from "./rooms-screen.module.css";
import { t } from "./rooms-text";
import { Timeline } from "./timeline";

type Props = {
  readonly asked: RoomsAsked;
  readonly firstHour: number;
  readonly wanted: Interval;
  readonly rooms: readonly TimelineRoom[];
  readonly window: Interval;
  readonly requests: readonly ShownRequest[];
  readonly doors: readonly Board[];
  readonly manages: boolean;
  readonly reader: ScreenReader;
  readonly now: Instant;
};

const KEYS = ["mine", "others", "now", "asked", "cleaning", "closed", "released"] as const;

const KEY_WORDS = {
  mine: "rooms.keyMine",
  others: "rooms.keyOthers",
  now: "rooms.keyNow",
  asked: "rooms.keyAsked",
  cleaning: "rooms.keyCleaning",
  closed: "rooms.keyClosed",
  released: "rooms.keyReleased",
} as const;

function Key() {
  return (
    <ul className={classes.keys} aria-label={t("rooms.key")}>
      {KEYS.map((key) => (
        <li key={key}>
          <i data-key={key} aria-hidden="true" />
          {t(KEY_WORDS[key])}
        </li>
      ))}
    </ul>
  );
}

function NoRooms({ manages }: { manages: boolean }) {
  return (
    <Blank
      icon={<IconDoor size={20} stroke={1.6} />}
      title={t("rooms.none")}
      {...(manages
        ? { action: <ButtonLink href="/rooms/manage">{t("rooms.addRoom")}</ButtonLink> }
        : {})}
    >
      {t(manages ? "rooms.noneManage" : "rooms.noneWords")}
    </Blank>
  );
}

/** Free rooms that suit, the smallest first: each leads to a meeting in it. */
function Best({ rooms, wanted }: { rooms: readonly TimelineRoom[]; wanted: Interval }) {
  const free = rooms
    .filter(({ found }) => found === true)
    .toSorted((a, b) => a.capacity - b.capacity)
    .slice(0, 5);
  if (free.length === 0) return null;
  return (
    <p className={classes.best}>
      {t("find.smallest")}{" "}
      {free.map(({ id, name, capacity }) => (
        <Link key={id} href={bookAddress(id, wanted)} className="link">
          {name} {capacity}
        </Link>
      ))}
    </p>
  );
}

/** Who is in which room today, and which one is free when it is needed. */
export function RoomsScreen(props: Props) {
  const { asked, wanted, rooms, window, requests, doors, manages, reader, now } = props;
  const places = [...new Set(rooms.map(({ location }) => location))];
  const things = [...new Set([...USUAL_EQUIPMENT, ...rooms.flatMap((room) => room.equipment)])];
  return (
    <div className={classes.screen}>
      <PageHead
        title={t("rooms.title")}
        context={t("rooms.context", {
          rooms: rooms.length,
          places: places.length,
          date: formatDayAndMonth(window.from, reader),
          zone: zoneCity(reader.zone),
        })}
      >
        <DaySteps
          asked={asked}
          firstHour={props.firstHour}
          date={asked.date ?? calendarDateAt(reader.zone, now)}
          wanted={wanted}
          manages={manages}
        />
      </PageHead>
      <Requests requests={requests} reader={reader} />
      {rooms.length === 0 ? (
        <NoRooms manages={manages} />
      ) : (
        <>
          <FindBar
            asked={asked}
            wanted={wanted}
            reader={reader}
            places={places}
            things={things}
            free={rooms.filter(({ found }) => found === true).length}
            all={rooms.length}
          />
          {isSearching(asked) ? <Best rooms={rooms} wanted={wanted} /> : null}
          <Timeline
            rooms={rooms}
            day={{ window, reader, now }}
            wanted={wanted}
            searching={isSearching(asked)}
          />
          <Key />
        </>
      )}
      <DoorCards doors={doors} now={now} manages={manages} />
    </div>
  );
}
