"use client";

import { useNow } from "@/components/ui/use-now";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { zoneCity } from "@/lib/time/zone-names";
import type { ScreenReader } from "./viewer";

/** "14:20 Singapore", moving on with the minute. */
export function Clock({ now, reader }: { now: Instant; reader: ScreenReader }) {
  const current = useNow(now);
  return (
    <span className="num">
      {formatTime(current, reader)} {zoneCity(reader.zone)}
    </span>
  );
}
