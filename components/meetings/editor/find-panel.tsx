"use client";

import { Button } from "@mantine/core";
import { IconMoon } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { FoundTime } from "@/lib/meetings/core/find-time";
import { suggestTimes } from "@/lib/meetings/core/find-time";
import type { FreeBusy } from "@/lib/meetings/core/free-busy";
import { blocksTime, guestSought, soughtOf } from "@/lib/meetings/core/free-busy";
import type { MeetingDraft } from "@/lib/meetings/core/meeting-draft";
import { formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { isNight } from "@/lib/time/night";
import { calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import classes from "./panels.module.css";
import { words } from "./words";

const FEW = 4;
const MANY = 12;

type Known = FreeBusy & { readonly window: Interval };

/** Everybody's days as the search wants them; of guests what is assumed. */
export function questionOf(draft: MeetingDraft, known: Known, now: Instant) {
  const required = new Map(draft.people.map((person) => [person.userId, person.required]));
  const wanted = new Set([draft.host.userId, ...required.keys()]);
  const rooms = new Set(draft.rooms.map(({ id }) => id));
  return {
    window: known.window,
    now,
    durationMinutes: (draft.end - draft.start) / MINUTE_MS,
    people: [
      ...known.people
        .filter(({ id }) => wanted.has(id))
        .map((days) => soughtOf(days, required.get(days.id) ?? true)),
      ...draft.guests.map(({ email, zone }) => guestSought(email, zone, known.window)),
    ],
    rooms: known.rooms.filter(({ id }) => rooms.has(id)).map(({ busy }) => busy.filter(blocksTime)),
  };
}

/** Whom a time asks something of, in words. */
function costText(time: FoundTime, nameOf: (id: string) => string): string {
  const names = (ids: readonly string[]) => ids.map(nameOf).join(", ");
  const awake = time.outside.filter((id) => !time.night.includes(id));
  const parts = [
    time.night.length > 0 ? words("find.night", { names: names(time.night) }) : "",
    awake.length > 0 ? words("find.outside", { count: awake.length, names: names(awake) }) : "",
    time.missing.length > 0 ? words("find.missing", { names: names(time.missing) }) : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? words("find.inside") : parts.join(". ");
}

function OtherZones({
  time,
  zones,
  reader,
}: {
  time: Interval;
  zones: readonly TimeZone[];
  reader: ScreenReader;
}) {
  const ownDate = calendarDateAt(reader.zone, time.from);
  return (
    <span className={classes.zones}>
      {zones.map((zone) => {
        const there = { ...reader, zone };
        const other = calendarDateAt(zone, time.from) !== ownDate;
        return (
          <span key={zone}>
            {isNight(zone, time.from) ? (
              <>
                <IconMoon size={12} stroke={1.6} aria-hidden="true" />
                <span className="sr-only">{words("who.night")}</span>
              </>
            ) : null}
            {formatTime(time.from, there)} {zoneCity(zone)}
            {other ? ` (${formatDateShort(time.from, there)})` : ""}
          </span>
        );
      })}
    </span>
  );
}

/** The best times for these people, rooms and this length, each in everybody's clock; one press takes it. */
export function FindPanel({
  draft,
  known,
  reader,
  now,
  onTake,
}: {
  draft: MeetingDraft;
  known: Known | undefined;
  reader: ScreenReader;
  now: Instant;
  onTake: (start: Instant) => void;
}) {
  const [all, setAll] = useState(false);
  const [said, setSaid] = useState("");
  const found = useMemo(
    () => (known === undefined ? undefined : suggestTimes(questionOf(draft, known, now), MANY)),
    [draft, known, now],
  );
  const everybody = [draft.host, ...draft.people];
  const names = new Map([
    ...everybody.map(({ userId, name }) => [userId, name] as const),
    ...draft.guests.map(({ email, name }) => [email, name || email] as const),
  ]);
  const zones = [
    ...new Set([...everybody, ...draft.guests, ...draft.rooms].map(({ zone }) => zone)),
  ].filter((zone) => zone !== reader.zone);
  return (
    <section className={classes.panel} aria-labelledby="h-find" data-panel="find">
      <h2 id="h-find">{words("find.title")}</h2>
      <p className={classes.quiet}>{words("find.words")}</p>
      {found?.length === 0 ? <p className={classes.quiet}>{words("find.none")}</p> : null}
      <ol className={classes.found}>
        {(found ?? []).slice(0, all ? MANY : FEW).map((time) => {
          const span = { from: time.start, to: time.end };
          const text = `${formatDateShort(time.start, reader)}, ${formatTimeRange(span, reader)} ${zoneAbbreviation(time.start, reader.zone, reader.locale)}`;
          return (
            <li key={time.start} data-now={time.start === draft.start || undefined}>
              <button
                type="button"
                aria-label={words("find.take", { time: text })}
                aria-describedby={`found-${time.start}`}
                onClick={() => {
                  onTake(time.start);
                  setSaid(words("find.taken", { time: text }));
                }}
              >
                <b>{text}</b>
              </button>
              <div id={`found-${time.start}`}>
                <OtherZones time={span} zones={zones} reader={reader} />
                <p data-burden={time.burden > 0 || undefined}>
                  {costText(time, (id) => names.get(id) ?? "")}
                </p>
              </div>
            </li>
          );
        })}
      </ol>
      {!all && (found?.length ?? 0) > FEW ? (
        <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
          {words("find.more")}
        </Button>
      ) : null}
      <p className="sr-only" role="status">
        {said}
      </p>
    </section>
  );
}
