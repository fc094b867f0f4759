import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { completeTaskAction } from "@/lib/meetings/actions";
import type { OpenTask } from "@/lib/meetings/core/home-view";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatTime, formatWeekday } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt, daysBetween, startOfDay } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./task-list.module.css";

/** "Yesterday", "Today", "Tomorrow", a weekday within the week, a date beyond it. */
function dueText(due: CalendarDate, now: Instant, reader: ScreenReader): string {
  const days = daysBetween(calendarDateAt(reader.zone, now), due);
  const noon = startOfDay(due, reader.zone);
  if (days === -1) return t("tasks.yesterday");
  if (days === 0) return t("tasks.today");
  if (days === 1) return t("tasks.tomorrow");
  if (days > 1 && days < 7) return formatWeekday(noon, reader, "short");
  return formatDateShort(noon, reader);
}

/** Tasks that are due; each can be ticked off, also without JavaScript. */
export function TaskList({
  tasks,
  reader,
  now,
}: {
  tasks: readonly OpenTask[];
  reader: ScreenReader;
  now: Instant;
}) {
  if (tasks.length === 0) return <p className={classes.none}>{t("tasks.none")}</p>;
  return (
    <ul className={classes.tasks}>
      {tasks.map((task) => (
        <li key={task.id}>
          <form action={completeTaskAction}>
            <input type="hidden" name="taskId" value={task.id} />
            <button type="submit" aria-label={t("tasks.complete", { title: task.title })}>
              <IconCheck size={12} stroke={2.4} aria-hidden="true" />
            </button>
          </form>
          <div className={classes.words}>
            <p className="clip">
              {task.meetingId === null ? (
                task.title
              ) : (
                <Link href={`/meetings/${task.meetingId}`}>{task.title}</Link>
              )}
            </p>
            {task.detail === null ? null : <p className="clip">{task.detail}</p>}
          </div>
          <span className={classes.due} data-late={task.overdue || undefined}>
            {task.overdue ? (
              <>
                <IconAlertTriangle size={14} stroke={1.6} aria-hidden="true" />
                <span className="sr-only">{t("tasks.overdue")} </span>
              </>
            ) : null}
            {dueText(task.dueDate, now, reader)}
            {task.start === null ? null : (
              <time dateTime={toIso(task.start)}>
                {formatTime(task.start, reader)}{" "}
                {zoneAbbreviation(task.start, reader.zone, reader.locale)}
              </time>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
