import Link from "next/link";
import type { CSSProperties } from "react";
import { t } from "@/components/ui/office-text";
import { formatDateLong, formatDayOfMonth, formatTime, formatWeekday } from "@/lib/time/format";
import { addDays, calendarDateAt, startOfDay } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { NowLine } from "./now-line";
import classes from "./week.module.css";
import { weekAddress } from "./week-address";
import { WeekBar } from "./week-bar";
import type { WeekDay, WeekProps } from "./week-days";
import { daysOf, EVENING } from "./week-days";
import { WeekEvent } from "./week-event";
import { WeekKeys } from "./week-keys";
import { hoursShown, secondZoneMinutes, weekDates } from "./week-layout";
import { WeekStrip } from "./week-strip";

function Heads({ days, week }: { days: readonly WeekDay[]; week: WeekProps }) {
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
          data-weekend={day.narrow || undefined}
        >
          <span>{formatWeekday(day.start, reader, day.narrow ? "narrow" : "short")}</span>
          <b>{formatDayOfMonth(day.start, reader)}</b>
        </p>
      ))}
    </div>
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

function Later({ days, week }: { days: readonly WeekDay[]; week: WeekProps }) {
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
          "--days": days.map(({ narrow }) => (narrow ? "36px" : "minmax(0, 1fr)")).join(" "),
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
      <WeekStrip days={days} week={props} />
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
              <WeekEvent key={placed.item.id} placed={placed} first={first} week={props} />
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
