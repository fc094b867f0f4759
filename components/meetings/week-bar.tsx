import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { t } from "@/components/ui/office-text";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDayOfMonth, formatMonth } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import { ViewSwitch } from "./view-switch";
import type { WeekAsked } from "./week-address";
import { weekAddress } from "./week-address";
import classes from "./week-bar.module.css";
import { ZoneBeside } from "./zone-beside";

/** "16–22 November 2026", or with both months where the week spans two. */
function weekTitle(first: CalendarDate, last: CalendarDate, reader: ScreenReader): string {
  const from = startOfDay(first, reader.zone);
  const to = startOfDay(last, reader.zone);
  const until = `${formatDayOfMonth(to, reader)} ${formatMonth(to, reader)}`;
  return first.slice(0, 7) === last.slice(0, 7)
    ? `${formatDayOfMonth(from, reader)}–${until}`
    : `${formatDayOfMonth(from, reader)} ${formatMonth(from, reader)} – ${until}`;
}

/** Which week it is, the way to others, a second zone, and the other view. */
export function WeekBar({
  asked,
  rows,
  reader,
  now,
  first,
  last,
}: {
  asked: WeekAsked;
  rows: readonly MeetingRow[];
  reader: ScreenReader;
  now: Instant;
  first: CalendarDate;
  last: CalendarDate;
}) {
  const zones = new Set<TimeZone>();
  for (const { guestZone } of rows) if (guestZone !== null) zones.add(guestZone);
  zones.add(UTC);
  if (asked.beside !== undefined) zones.add(asked.beside);
  zones.delete(reader.zone);
  const abbreviation = (zone: TimeZone) => zoneAbbreviation(now, zone, reader.locale);
  return (
    <header className={classes.bar}>
      <h1>
        <span>{weekTitle(first, last, reader)}</span>
        <span>{formatMonth(startOfDay(asked.date, reader.zone), reader)}</span>
      </h1>
      <nav className={classes.nav} aria-label={t("week.weeks")}>
        <Link
          href={weekAddress(asked, { date: addDays(asked.date, -7), open: undefined })}
          aria-label={t("week.previous")}
          className={classes.arrow}
        >
          <IconChevronLeft size={16} stroke={1.6} aria-hidden="true" />
        </Link>
        <ButtonLink
          href={weekAddress(asked, { date: calendarDateAt(reader.zone, now), open: undefined })}
          size="xs"
        >
          {t("week.today")}
        </ButtonLink>
        <Link
          href={weekAddress(asked, { date: addDays(asked.date, 7), open: undefined })}
          aria-label={t("week.next")}
          className={classes.arrow}
        >
          <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
        </Link>
      </nav>
      <span className={classes.grow} />
      <ZoneBeside
        own={abbreviation(reader.zone)}
        beside={asked.beside === undefined ? undefined : abbreviation(asked.beside)}
        noneHref={weekAddress(asked, { beside: undefined })}
        zones={[...zones].map((zone) => ({
          zone,
          label: zoneCity(zone),
          abbreviation: abbreviation(zone),
          href: weekAddress(asked, { beside: zone }),
        }))}
      />
      <ViewSwitch view="week" />
    </header>
  );
}
