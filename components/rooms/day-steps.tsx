"use client";

import { ActionIcon } from "@mantine/core";
import {
  IconChevronLeft,
  IconChevronRight,
  IconClockMinus,
  IconClockPlus,
  IconSettings,
} from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { WINDOW_HOURS } from "@/lib/occupancy/core/timeline";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { Interval } from "@/lib/time/interval";
import { addDays } from "@/lib/time/offset";
import type { RoomsAsked } from "./rooms-address";
import { bookAddress, roomsAddress } from "./rooms-address";
import classes from "./rooms-screen.module.css";
import { t } from "./rooms-text";

function Step({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  return (
    <ActionIcon component={Link} href={href} aria-label={label} title={label}>
      {children}
    </ActionIcon>
  );
}

/** From day to day and from hour to hour, and a meeting in a room of one's own choice. */
export function DaySteps({
  asked,
  firstHour,
  date,
  wanted,
  manages,
}: {
  asked: RoomsAsked;
  firstHour: number;
  date: CalendarDate;
  wanted: Interval;
  manages: boolean;
}) {
  const to = (change: Partial<RoomsAsked>) => roomsAddress(asked, change);
  const hours = (by: number) => Math.min(Math.max(firstHour + by, 0), 24 - WINDOW_HOURS);
  return (
    <div className={classes.days}>
      <Step href={to({ date: addDays(date, -1) })} label={t("rooms.before")}>
        <IconChevronLeft size={16} stroke={1.6} aria-hidden="true" />
      </Step>
      <ButtonLink href={to({ date: undefined, firstHour: undefined })}>
        {t("rooms.today")}
      </ButtonLink>
      <Step href={to({ date: addDays(date, 1) })} label={t("rooms.after")}>
        <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
      </Step>
      {firstHour > 0 ? (
        <Step href={to({ firstHour: hours(-4) })} label={t("rooms.earlier")}>
          <IconClockMinus size={16} stroke={1.6} aria-hidden="true" />
        </Step>
      ) : null}
      {firstHour < 24 - WINDOW_HOURS ? (
        <Step href={to({ firstHour: hours(4) })} label={t("rooms.later")}>
          <IconClockPlus size={16} stroke={1.6} aria-hidden="true" />
        </Step>
      ) : null}
      {manages ? (
        <Step href="/rooms/manage" label={t("rooms.manage")}>
          <IconSettings size={16} stroke={1.6} aria-hidden="true" />
        </Step>
      ) : null}
      <ButtonLink href={bookAddress(undefined, wanted)} variant="filled">
        {t("rooms.book")}
      </ButtonLink>
    </div>
  );
}
