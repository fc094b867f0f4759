import Link from "next/link";
import type { CSSProperties } from "react";
import { t } from "@/components/ui/office-text";
import { formatDateLong, formatDayOfMonth, formatWeekday } from "@/lib/time/format";
import { weekAddress } from "./week-address";
import classes from "./week-bar.module.css";
import type { WeekDay, WeekProps } from "./week-days";

/** The phone's days: one is shown, dots say how much is on the others. */
export function WeekStrip({ days, week }: { days: readonly WeekDay[]; week: WeekProps }) {
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
          >
            <span className="sr-only">
              {t("week.dayLabel", { date: formatDateLong(day.start, week.reader), count })}
            </span>
            <span aria-hidden="true">{formatWeekday(day.start, week.reader, "narrow")}</span>
            <b aria-hidden="true">{formatDayOfMonth(day.start, week.reader)}</b>
            <i style={{ "--count": Math.min(count, 4) } as CSSProperties} />
          </Link>
        );
      })}
    </nav>
  );
}
