import { IconChevronLeft, IconChevronRight, IconMoon } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { daysShown } from "@/lib/meetings/core/calendar";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateLong, formatDayOfMonth, formatMonth } from "@/lib/time/format";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { UTC } from "@/lib/time/zone";
import type { CalendarAsked } from "./calendar-address";
import { calendarAddress } from "./calendar-address";
import classes from "./calendar-bar.module.css";
import { t } from "./calendar-text";
import type { CalendarProps } from "./grid-columns";
import type { SwitchView } from "./view-switch";
import { ViewSwitch } from "./view-switch";
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

function titleOf({ asked, reader, weekStart }: CalendarProps): string {
  const { view, date } = asked;
  if (view === "month") return formatMonth(startOfDay(date, reader.zone), reader);
  if (view !== "week") return formatDateLong(startOfDay(date, reader.zone), reader);
  const days = daysShown("week", date, weekStart);
  return weekTitle(days[0] ?? date, days.at(-1) ?? date, reader);
}

/** The same day of a month before or after, or its last. */
function otherMonth(date: CalendarDate, months: -1 | 1): CalendarDate {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const target = new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)));
  return target.toISOString().slice(0, 10) as CalendarDate;
}

/** The day a step earlier or later in this view. */
export function steppedDate({ view, date }: CalendarAsked, step: -1 | 1): CalendarDate {
  if (view === "month") return otherMonth(date, step);
  return addDays(date, view === "week" ? 7 * step : step);
}

/** Every view with the same day. A list has no day. */
export const viewAddress =
  (asked: CalendarAsked) =>
  (view: SwitchView): string =>
    view === "list" ? "/meetings" : calendarAddress(asked, { view, open: undefined });

/** The zones of those one meets here, without the reader's own. */
function zonesNear({ blocks, around, asked, reader }: CalendarProps): readonly TimeZone[] {
  const zones = new Set<TimeZone>();
  for (const { guestZone } of blocks) if (guestZone !== null) zones.add(guestZone);
  for (const { zone } of around.people) zones.add(zone);
  zones.add(UTC);
  if (asked.zone2 !== undefined) zones.add(asked.zone2);
  zones.delete(reader.zone);
  return [...zones];
}

/** Which days these are, the way to others, a second zone, and the other views. */
export function CalendarBar(props: CalendarProps) {
  const { asked, reader, now } = props;
  const { view } = asked;
  const to = (date: CalendarDate) => calendarAddress(asked, { date, open: undefined });
  return (
    <header className={classes.bar}>
      <h1>
        <span>{titleOf(props)}</span>
        <span>{formatMonth(startOfDay(asked.date, reader.zone), reader)}</span>
      </h1>
      <nav className={classes.nav} aria-label={t("bar.moves")}>
        <Link
          href={to(steppedDate(asked, -1))}
          aria-label={t(`bar.previous.${view}`)}
          className={classes.arrow}
        >
          <IconChevronLeft size={16} stroke={1.6} aria-hidden="true" />
        </Link>
        <ButtonLink href={to(calendarDateAt(reader.zone, now))} size="xs">
          {t("bar.today")}
        </ButtonLink>
        <Link
          href={to(steppedDate(asked, 1))}
          aria-label={t(`bar.next.${view}`)}
          className={classes.arrow}
        >
          <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
        </Link>
      </nav>
      <span className={classes.grow} />
      {view === "month" ? null : (
        <>
          <Link
            className={`${classes.arrow} ${classes.night}`}
            href={calendarAddress(asked, { allHours: !asked.allHours })}
            scroll={false}
            title={asked.allHours ? t("bar.dayHours") : t("bar.allHours")}
            aria-label={asked.allHours ? t("bar.dayHours") : t("bar.allHours")}
            data-on={asked.allHours || undefined}
          >
            <IconMoon size={16} stroke={1.6} aria-hidden="true" />
          </Link>
          <span className={classes.zone}>
            <ZoneBeside
              asked={asked}
              reader={reader}
              at={startOfDay(asked.date, reader.zone)}
              near={zonesNear(props)}
            />
          </span>
        </>
      )}
      <div className={classes.switch}>
        <ViewSwitch view={view} addressOf={viewAddress(asked)} />
      </div>
    </header>
  );
}
