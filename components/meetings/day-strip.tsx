import Link from "next/link";
import type { CSSProperties } from "react";
import { daysShown } from "@/lib/meetings/core/calendar";
import { formatDateLong, formatDayOfMonth, formatWeekday } from "@/lib/time/format";
import { calendarDateAt } from "@/lib/time/offset";
import { calendarAddress } from "./calendar-address";
import classes from "./calendar-bar.module.css";
import { t } from "./calendar-text";
import { axisOf } from "./grid-axis";
import type { CalendarProps } from "./grid-columns";

/** The phone's days: one is shown, dots say how much is on the others of a week. */
export function DayStrip({ props }: { props: CalendarProps }) {
  const { asked, blocks, reader, weekStart, now } = props;
  const today = calendarDateAt(reader.zone, now);
  return (
    <nav className={classes.strip} aria-label={t("grid.days")}>
      {daysShown("week", asked.date, weekStart).map((date) => {
        const axis = axisOf(date, reader.zone, "wall");
        const count = blocks.filter(
          ({ start, end }) => start < axis.end && end > axis.start,
        ).length;
        // A view of one day knows nothing of the others.
        const known = asked.view === "week" || date === asked.date;
        const long = formatDateLong(axis.start, reader);
        return (
          <Link
            key={date}
            href={calendarAddress(asked, { date, open: undefined })}
            aria-current={date === asked.date ? "date" : undefined}
            data-today={date === today || undefined}
          >
            <span className="sr-only">
              {known ? t("grid.dayLabel", { date: long, count }) : long}
            </span>
            <span aria-hidden="true">{formatWeekday(axis.start, reader, "narrow")}</span>
            <b aria-hidden="true">{formatDayOfMonth(axis.start, reader)}</b>
            <i style={{ "--count": known ? Math.min(count, 4) : 0 } as CSSProperties} />
          </Link>
        );
      })}
    </nav>
  );
}
