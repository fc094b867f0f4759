"use client";

import { useEffect, useState } from "react";
import type { FreeBusy } from "@/lib/meetings/core/free-busy";
import type { FreeBusyOnWire } from "@/lib/meetings/core/free-busy-wire";
import { freeBusyOf } from "@/lib/meetings/core/free-busy-wire";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { toIso } from "@/lib/time/instant";
import type { Interval } from "@/lib/time/interval";
import { addDays, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";

/** Days the search for a time looks at. */
const DAYS = 14;

type Known = FreeBusy & { readonly window: Interval };

/** A day before and two weeks after: what one look at the calendars covers. */
export const searchedFrom = (day: CalendarDate, zone: TimeZone): Interval => ({
  from: startOfDay(day, zone),
  to: startOfDay(addDays(day, DAYS), zone),
});

/** When these people and rooms are taken, from the chosen day on; asked for again when any of it changes. */
export function useFreeBusy(asked: {
  readonly people: readonly string[];
  readonly rooms: readonly string[];
  readonly day: CalendarDate;
  readonly zone: TimeZone;
  readonly except: string | undefined;
}): { readonly known: Known | undefined; readonly failed: boolean } {
  const { day, zone, except } = asked;
  const people = [...asked.people].sort().join(",");
  const rooms = [...asked.rooms].sort().join(",");
  const [known, setKnown] = useState<Known>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const window = searchedFrom(day, zone);
    const query = new URLSearchParams({
      people,
      rooms,
      from: toIso(window.from),
      to: toIso(window.to),
      ...(except === undefined ? {} : { except }),
    });
    const read = async () => {
      const answer = await fetch(`/api/v1/free-busy?${query}`, { signal: stop.signal });
      if (!answer.ok) throw new Error(`free-busy answered ${answer.status}`);
      setKnown({ ...freeBusyOf((await answer.json()) as FreeBusyOnWire), window });
      setFailed(false);
    };
    const later = setTimeout(() => {
      // What was read before stays; that it could not be read again is said.
      read().catch(() => {
        if (!stop.signal.aborted) setFailed(true);
      });
    }, 120);
    return () => {
      clearTimeout(later);
      stop.abort();
    };
  }, [people, rooms, day, zone, except]);
  return { known, failed };
}
