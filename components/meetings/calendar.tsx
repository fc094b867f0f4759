import { toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import classes from "./calendar.module.css";
import { calendarAddress } from "./calendar-address";
import { CalendarBar, steppedDate, viewAddress } from "./calendar-bar";
import { CalendarKeys } from "./calendar-keys";
import { t } from "./calendar-text";
import { axisOf } from "./grid-axis";
import type { CalendarProps } from "./grid-columns";
import { usualStart } from "./grid-columns";
import { ListKeys } from "./list-keys";
import { Month } from "./month";
import { PeopleBar } from "./people-bar";
import { TimeGrid } from "./time-grid";

function Legend() {
  return (
    <footer className={classes.legend}>
      <span>
        <i data-kind="guests" />
        {t("legend.guests")}
      </span>
      <span>
        <i data-kind="colleagues" />
        {t("legend.colleagues")}
      </span>
      <span>
        <i data-kind="guests" data-pending />
        {t("legend.pending")}
      </span>
      <span>
        <i data-kind="private" />
        {t("legend.private")}
      </span>
      <span>
        <i data-kind="colleagues" data-optional />
        {t("legend.optional")}
      </span>
      <span className={classes.keys}>
        <kbd>T</kbd> {t("legend.keyToday")} <kbd>N</kbd> {t("legend.keyNew")} <kbd>?</kbd>{" "}
        {t("legend.keyAll")}
      </span>
    </footer>
  );
}

/** Where each key of the calendar leads. */
function addresses(props: CalendarProps): Readonly<Record<string, string>> {
  const { asked, reader, now } = props;
  const to = (date: typeof asked.date) => calendarAddress(asked, { date, open: undefined });
  const view = viewAddress(asked);
  const start = usualStart(axisOf(asked.date, reader.zone, "elapsed"), now);
  return {
    t: to(calendarDateAt(reader.zone, now)),
    ArrowLeft: to(steppedDate(asked, -1)),
    ArrowRight: to(steppedDate(asked, 1)),
    d: view("day"),
    w: view("week"),
    m: view("month"),
    p: view("people"),
    l: view("list"),
    n: `/meetings/new?start=${encodeURIComponent(toIso(start))}`,
  };
}

/** Meetings on the days they are: a day, a week, a month, or several people beside each other. */
export function Calendar(props: CalendarProps) {
  const { asked } = props;
  return (
    <section
      className={classes.calendar}
      data-view={asked.view}
      aria-label={t("grid.label", { view: asked.view })}
    >
      <CalendarBar {...props} />
      {asked.view === "people" ? <PeopleBar {...props} /> : null}
      {asked.view === "month" ? <Month {...props} /> : <TimeGrid {...props} />}
      <Legend />
      <CalendarKeys go={addresses(props)} />
      <ListKeys />
    </section>
  );
}
