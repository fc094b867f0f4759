"use client";

import type { CSSProperties } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { useNow } from "@/components/ui/use-now";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { t } from "./calendar-text";
import type { Axis } from "./grid-axis";
import classes from "./grid-event.module.css";
import type { GridHours } from "./grid-layout";
import { nowMinute } from "./grid-layout";

/** Where now is in a day's column; nothing on other days and outside the hours shown. */
export function NowLine({
  axis,
  now: serverNow,
  reader,
  hours,
}: {
  axis: Axis;
  now: Instant;
  reader: ScreenReader;
  hours: GridHours;
}) {
  const now = useNow(serverNow);
  const minute = nowMinute(axis, now);
  if (minute === undefined || minute < hours.first * 60 || minute >= hours.last * 60) return null;
  return (
    <div
      className={classes.now}
      style={{ "--from": minute - hours.first * 60 } as CSSProperties}
      data-now
    >
      <span className="sr-only">
        {t("grid.now")} {formatTime(now, reader)}
      </span>
    </div>
  );
}
