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

type Shown = {
  /** Of the day that is today. */
  readonly axis: Axis;
  readonly now: Instant;
  readonly hours: GridHours;
};

/** How far below the first hour shown now is, in minutes; undefined outside the hours and on other days. */
function useNowPlace({ axis, now: serverNow, hours }: Shown) {
  const now = useNow(serverNow);
  const minute = nowMinute(axis, now);
  const shown = minute !== undefined && minute >= hours.first * 60 && minute < hours.last * 60;
  return { now, place: shown ? minute - hours.first * 60 : undefined };
}

/** Where now is: a line across today's column, and a hair in those beside it. */
export function NowLine({
  reader,
  today,
  ...shown
}: Shown & { readonly reader: ScreenReader; readonly today: boolean }) {
  const { now, place } = useNowPlace(shown);
  if (place === undefined) return null;
  return (
    <div
      className={classes.now}
      style={{ "--from": place } as CSSProperties}
      data-beside={today ? undefined : true}
    >
      {today ? (
        <span className="sr-only">
          {t("grid.now")} {formatTime(now, reader)}
        </span>
      ) : null}
    </div>
  );
}

/** The time itself, beside the hours. */
export function NowMark({ reader, ...shown }: Shown & { readonly reader: ScreenReader }) {
  const { now, place } = useNowPlace(shown);
  if (place === undefined) return null;
  return (
    <li className={classes.mark} style={{ "--from": place } as CSSProperties}>
      {formatTime(now, reader)}
    </li>
  );
}
