"use client";

import type { CSSProperties } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { useNow } from "@/components/ui/use-now";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import classes from "./week-event.module.css";
import { nowMinute } from "./week-layout";

/** Where now is in a day's column; nothing on other days and outside the hours shown. */
export function NowLine({
  date,
  now: serverNow,
  reader,
  firstHour,
  lastHour,
}: {
  date: CalendarDate;
  now: Instant;
  reader: ScreenReader;
  firstHour: number;
  lastHour: number;
}) {
  const now = useNow(serverNow);
  const minute = nowMinute(date, now, reader.zone);
  if (minute === undefined || minute < firstHour * 60 || minute >= lastHour * 60) return null;
  return (
    <div className={classes.now} style={{ "--from": minute - firstHour * 60 } as CSSProperties}>
      <span className="sr-only">
        {t("home.now")} {formatTime(now, reader)}
      </span>
    </div>
  );
}
