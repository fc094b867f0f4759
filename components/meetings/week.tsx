import { IconDoor, IconLock, IconVideo } from "@tabler/icons-react";
import Link from "next/link";
import type { CSSProperties } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateLong, formatDayOfMonth, formatTime, formatWeekday } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { addDays, calendarDateAt, dayOfWeek, startOfDay } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { NowLine } from "./now-line";
import classes from "./week.module.css";
import type { WeekAsked } from "./week-address";
import { weekAddress } from "./week-address";
import { WeekBar } from "./week-bar";
import { WeekKeys } from "./week-keys";
import type { Placed } from "./week-layout";
import { hoursShown, placeDay, secondZoneMinutes, weekDates } from "./week-layout";

type WeekProps = {
  readonly asked: WeekAsked;
  readonly rows: readonly MeetingRow[];
  readonly reader: ScreenReader;
  readonly viewerId: string;
  readonly weekStart: DayOfWeek;
  readonly now: Instant;
};

type Day = {
  readonly date: CalendarDate;
  readonly start: Instant;
  readonly weekend: boolean;
  readonly today: boolean;
  readonly past: boolean;
  readonly selected: boolean;
  readonly inGrid: readonly Placed<MeetingRow>[];
  readonly later: readonly MeetingRow[];
};

const EVENING = 20;
const EVENING_MINUTE = EVENING * 60;

function daysOf({ asked, rows, reader, weekStart, now }: WeekProps): readonly Day[] {
  const today = calendarDateAt(reader.zone, now);
  return weekDates(asked.date, weekStart).map((date) => {
    const placed = placeDay(rows, date, reader.zone);
    const evening = new Set(
      placed.filter(({ fromMinute }) => fromMinute >= EVENING_MINUTE).map(({ item }) => item.id),
    );
    const weekday = dayOfWeek(date);
    return {
      date,
      start: startOfDay(date, reader.zone),
      weekend: weekday === 0 || weekday === 6,
      today: date === today,
      past: date < today,
      selected: date === asked.date,
      // Placed again without the evening's meetings, which would otherwise take width from those of the day.
      inGrid: placeDay(
        rows.filter(({ id }) => !evening.has(id)),
        date,
        reader.zone,
      ),
      later: placed.filter(({ item }) => evening.has(item.id)).map(({ item }) => item),
    };
  });
}

/** Size decides what is said: half an hour a title, an hour also its start and place. */
const sizeOf = (minutes: number): "xs" | "sm" | "md" => {
  if (minutes < 45) return "xs";
  return minutes < 60 ? "sm" : "md";
};

function EventWords({ row, reader }: { row: MeetingRow; reader: ScreenReader }) {
  return (
    <>
      <span className="sr-only">
        {row.status === "pending" ? `${t("status.pending")}. ` : ""}
        {formatTime(row.start, reader)} {t("home.until")} {formatTime(row.end, reader)}.{" "}
      </span>
      <b>
        {row.kind === "private" ? <IconLock size={12} stroke={1.6} aria-hidden="true" /> : null}
        {row.subject}
      </b>
      <i>
        <span aria-hidden="true">{formatTime(row.start, reader)}</span>
        {row.place === null ? null : (
          <span>
            {row.joinUrl === null ? (
              <IconDoor size={12} stroke={1.6} aria-hidden="true" />
            ) : (
              <IconVideo size={12} stroke={1.6} aria-hidden="true" />
            )}
            {row.place}
          </span>
        )}
      </i>
    </>
  );
}

function Event({
  placed,
  first,
  week,
}: {
  placed: Placed<MeetingRow>;
  first: number;
  week: WeekProps;
}) {
  const { item: row, fromMinute, toMinute, lane, lanes } = placed;
  const until = Math.min(toMinute, EVENING_MINUTE);
  const style = {
    "--from": fromMinute - first * 60,
    "--minutes": until - fromMinute,
    "--lane": lane,
    "--lanes": lanes,
  } as CSSProperties;
  const props = {
    className: classes.event,
    style,
    title: `${formatTime(row.start, week.reader)} ${row.subject}`,
    "data-kind": row.kind,
    "data-pending": row.status === "pending" || undefined,
    "data-past": row.end <= week.now || undefined,
    "data-size": sizeOf(until - fromMinute),
    "data-narrow": lanes > 1 || undefined,
  };
  // Of other people's private meetings only the time is known: there is nothing to open.
  if (row.kind === "private" && row.hostId !== week.viewerId)
    return (
      <div {...props}>
        <EventWords row={row} reader={week.reader} />
      </div>
    );
  return (
    <Link
      {...props}
      href={weekAddress(week.asked, { open: row.id })}
      scroll={false}
      data-row
      aria-current={row.id === week.asked.open ? "true" : undefined}
    >
      <EventWords row={row} reader={week.reader} />
    </Link>
  );
}

function Heads({ days, week }: { days: readonly Day[]; week: WeekProps }) {
  const { asked, reader, now } = week;
  return (
    <div className={classes.heads}>
      <div className={classes.zones}>
        {asked.beside === undefined ? (
          <span />
        ) : (
          <span>{zoneAbbreviation(now, asked.beside, reader.locale)}</span>
        )}
        <b>{zoneAbbreviation(now, reader.zone, reader.locale)}</b>
      </div>
      {days.map((day) => (
        <p
          key={day.date}
          className={classes.head}
          data-today={day.today || undefined}
          data-past={day.past || undefined}
          data-weekend={day.weekend || undefined}
        >
          <span>{formatWeekday(day.start, reader, day.weekend ? "narrow" : "short")}</span>
          <b>{formatDayOfMonth(day.start, reader)}</b>
        </p>
      ))}
    </div>
  );
}

/** The phone's days: one is shown, dots say how much is on the others. */
function Strip({ days, week }: { days: readonly Day[]; week: WeekProps }) {
  return (
    <nav className={classes.strip} aria-label={t("week.days")}>
      {days.map((day) => {
        const count = day.inGrid.length + day.later.length;
        return (
          <Link
            key={day.date}
            href={weekAddress(week.asked, { date: day.date, open: undefined })}
            aria-current={day.selected ? "date" : undefined}
            data-today={day.today || undefined}
            aria-label={t("week.dayLabel", {
              date: formatDateLong(day.start, week.reader),
              count,
            })}
          >
            <span>{formatWeekday(day.start, week.reader, "narrow")}</span>
            <b>{formatDayOfMonth(day.start, week.reader)}</b>
            <i style={{ "--count": Math.min(count, 4) } as CSSProperties} />
          </Link>
        );
      })}
    </nav>
  );
}

function Hours({ first, week }: { first: number; week: WeekProps }) {
  const { asked, reader } = week;
  const hours = Array.from({ length: EVENING - first }, (_, index) => first + index);
  const midnight = startOfDay(asked.date, reader.zone);
  const clock = (minutes: number) => {
    const hour = String(Math.floor(minutes / 60)).padStart(2, "0");
    return `${hour}:${String(minutes % 60).padStart(2, "0")}`;
  };
  const label = (minutes: number) =>
    reader.hourCycle === 24
      ? clock(minutes)
      : `${Math.floor(minutes / 60) % 12 || 12} ${minutes < 720 ? "am" : "pm"}`;
  const other =
    asked.beside === undefined
      ? undefined
      : secondZoneMinutes(calendarDateAt(reader.zone, midnight), hours, reader.zone, asked.beside);
  return (
    <>
      <ol className={classes.hours} data-beside aria-hidden="true">
        {hours.map((hour, index) => (
          <li key={hour}>
            <span>{other === undefined ? "" : label(other[index] ?? 0)}</span>
          </li>
        ))}
      </ol>
      <ol className={classes.hours} aria-hidden="true">
        {hours.map((hour) => (
          <li key={hour}>
            <span>{label(hour * 60)}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Later({ days, week }: { days: readonly Day[]; week: WeekProps }) {
  return (
    <div className={classes.later}>
      <p>{t("week.later", { hour: `${EVENING}:00` })}</p>
      {days.map((day) => (
        <div key={day.date} data-selected={day.selected || undefined}>
          {day.later.map((row) => (
            <Link
              key={row.id}
              href={weekAddress(week.asked, { open: row.id })}
              scroll={false}
              data-kind={row.kind}
              data-row
              title={`${formatTime(row.start, week.reader)} ${row.subject}`}
            >
              <span className="num">{formatTime(row.start, week.reader)}</span> {row.subject}
            </Link>
          ))}
        </div>
      ))}
    </div>
  );
}

function Legend() {
  return (
    <footer className={classes.legend}>
      <span>
        <i data-kind="guests" />
        {t("week.guests")}
      </span>
      <span>
        <i data-kind="colleagues" />
        {t("week.colleagues")}
      </span>
      <span>
        <i data-kind="guests" data-pending />
        {t("status.pending")}
      </span>
      <span>
        <i data-kind="private" />
        {t("week.private")}
      </span>
      <span className={classes.keys}>
        <kbd>T</kbd> {t("week.todayKey")} <kbd>←</kbd> <kbd>→</kbd> {t("week.weekKey")}
      </span>
    </footer>
  );
}

/** Seven days in the reader's hours: colour says the kind, shape the state; on a phone one day at a time. */
export function Week(props: WeekProps) {
  const { asked, reader, now, weekStart, rows } = props;
  const days = daysOf(props);
  const { first } = hoursShown(days.flatMap(({ inGrid }) => inGrid));
  const week = weekDates(asked.date, weekStart);
  const empty = days.every(({ inGrid, later }) => inGrid.length + later.length === 0);
  return (
    <section
      className={classes.week}
      data-beside={asked.beside === undefined ? undefined : true}
      style={
        {
          "--days": days.map(({ weekend }) => (weekend ? "36px" : "minmax(0, 1fr)")).join(" "),
          "--hours": EVENING - first,
        } as CSSProperties
      }
      aria-label={t("week.label")}
    >
      <WeekBar
        asked={asked}
        rows={rows}
        reader={reader}
        now={now}
        first={week[0] ?? asked.date}
        last={week[6] ?? asked.date}
      />
      <Strip days={days} week={props} />
      <Heads days={days} week={props} />
      <div className={classes.body}>
        <Hours first={first} week={props} />
        {days.map((day) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; this is a column of a calendar.
          <div
            key={day.date}
            className={classes.day}
            role="group"
            aria-label={formatDateLong(day.start, reader)}
            data-today={day.today || undefined}
            data-weekend={day.weekend || undefined}
            data-selected={day.selected || undefined}
          >
            {day.inGrid.map((placed) => (
              <Event key={placed.item.id} placed={placed} first={first} week={props} />
            ))}
            <NowLine
              date={day.date}
              now={now}
              reader={reader}
              firstHour={first}
              lastHour={EVENING}
            />
          </div>
        ))}
        {empty ? <p className={classes.empty}>{t("week.empty")}</p> : null}
      </div>
      {days.some(({ later }) => later.length > 0) ? <Later days={days} week={props} /> : null}
      <Legend />
      <WeekKeys
        todayHref={weekAddress(asked, { date: calendarDateAt(reader.zone, now), open: undefined })}
        previousHref={weekAddress(asked, { date: addDays(asked.date, -7), open: undefined })}
        nextHref={weekAddress(asked, { date: addDays(asked.date, 7), open: undefined })}
      />
    </section>
  );
}
