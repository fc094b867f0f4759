"use client";

import { useEffect, useState } from "react";
import type { WhyNot } from "@/lib/rooms/core/free";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";

/** A room as the interface lists it, with whether it can be had at the time. */
export type OfferedRoom = {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly zone: TimeZone;
  readonly capacity: number;
  readonly equipment: readonly string[];
  readonly needsApproval: boolean;
  readonly free: true | WhyNot;
};

/** All rooms, those that are free at the time first; undefined until they were read. */
export function useFreeRooms(
  start: Instant,
  end: Instant,
  except: string | undefined,
): readonly OfferedRoom[] | undefined {
  const [rooms, setRooms] = useState<readonly OfferedRoom[]>();
  useEffect(() => {
    if (end <= start) return;
    const stop = new AbortController();
    const query = new URLSearchParams({
      from: toIso(start),
      to: toIso(end),
      ...(except === undefined ? {} : { except }),
    });
    const read = async () => {
      const answer = await fetch(`/api/v1/free-busy/rooms?${query}`, { signal: stop.signal });
      if (answer.ok) setRooms(((await answer.json()) as { rooms: OfferedRoom[] }).rooms);
    };
    const later = setTimeout(() => {
      // Rooms that were read before stay on offer; confirming asks again.
      read().catch(() => undefined);
    }, 250);
    return () => {
      clearTimeout(later);
      stop.abort();
    };
  }, [start, end, except]);
  return rooms;
}
