"use client";

import { Button, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { Icon } from "@tabler/icons-react";
import {
  IconAlertTriangle,
  IconChecklist,
  IconMail,
  IconPhone,
  IconVideo,
} from "@tabler/icons-react";
import type { FormEvent } from "react";
import { useState, useTransition } from "react";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { finishActivityAction, moveActivityAction } from "@/lib/crm/actions/activities";
import type { ActivityKind, ActivityRow } from "@/lib/crm/core/activity";
import { dueDayOf } from "@/lib/crm/core/activity";
import type { ActivityAnswer } from "@/lib/crm/core/activity-answer";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt, daysBetween, minuteOfDayAt } from "@/lib/time/offset";
import { t } from "./deal-text";
import classes from "./next-step.module.css";

export const ACTIVITY_ICONS: Readonly<Record<ActivityKind, Icon>> = {
  call: IconPhone,
  mail: IconMail,
  meeting: IconVideo,
  task: IconChecklist,
};

/** "today 14:00", "Tue 24 Nov", and how late it is. */
export function dueText(activity: ActivityRow, now: Instant, reader: ScreenReader): string {
  const { dueAt, allDay } = activity;
  if (dueAt === null) return "";
  const day = dueDayOf({ dueAt, allDay }, reader.zone);
  const today = day === calendarDateAt(reader.zone, now);
  const date = today ? "today" : formatDateShort(instantOf(allDay ? dueAt - 1 : dueAt), reader);
  return allDay ? date : `${date} ${formatTime(dueAt, reader)}`;
}

/** What an action answered, told where a button was pressed. */
export function tell(answer: ActivityAnswer, done: string): boolean {
  const ok = answer.status === "done";
  notifications.show({
    role: ok ? "status" : "alert",
    color: ok ? "accent" : "danger",
    message: answer.status === "done" ? done : answer.message,
    autoClose: 4_000,
  });
  return ok;
}

const two = (number: number): string => String(number).padStart(2, "0");

/** Minutes since midnight of "14:30"; null of an empty field. */
export const minuteOf = (time: string): number | null => {
  const [hours, minutes] = time.split(":").map(Number);
  return time === "" || hours === undefined || minutes === undefined ? null : hours * 60 + minutes;
};

/** Another day and time for what is planned. */
export function MoveForm({
  activity,
  reader,
  onDone,
}: {
  activity: ActivityRow;
  reader: ScreenReader;
  onDone: (changed: boolean) => void;
}) {
  const { dueAt, allDay } = activity;
  const [day, setDay] = useState(dueAt === null ? "" : dueDayOf({ dueAt, allDay }, reader.zone));
  const [time, setTime] = useState(() => {
    if (dueAt === null || allDay) return "";
    const minute = minuteOfDayAt(reader.zone, dueAt);
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  });
  const [busy, start] = useTransition();
  const save = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const { id, version } = activity;
      const moved = await moveActivityAction(payload({ id, version, day, minute: minuteOf(time) }));
      onDone(tell(moved, t("next.moved", { subject: activity.subject })));
    });
  };
  return (
    <form
      className={classes.move}
      aria-label={t("next.new", { subject: activity.subject })}
      onSubmit={save}
    >
      <TextInput
        type="date"
        size="xs"
        label={t("next.day")}
        value={day}
        required
        withAsterisk={false}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <TextInput
        type="time"
        size="xs"
        label={t("next.time")}
        value={time}
        onChange={(event) => setTime(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={busy}>
        {t("next.save")}
      </Button>
      <Button size="xs" variant="subtle" onClick={() => onDone(false)}>
        {t("next.cancel")}
      </Button>
    </form>
  );
}

/** One planned activity, with Done and Move where it stands. */
export function PlannedActivity({
  activity,
  reader,
  now,
  mayLog,
  onChanged,
}: {
  activity: ActivityRow;
  reader: ScreenReader;
  now: Instant;
  mayLog: boolean;
  onChanged: () => void;
}) {
  const [moving, setMoving] = useState(false);
  const [busy, start] = useTransition();
  const ActivityIcon = ACTIVITY_ICONS[activity.kind];
  const late = activity.dueAt !== null && activity.dueAt < now;
  const days =
    activity.dueAt === null
      ? 0
      : daysBetween(
          dueDayOf({ dueAt: activity.dueAt, allDay: activity.allDay }, reader.zone),
          calendarDateAt(reader.zone, now),
        );
  const finish = () =>
    start(async () => {
      const { id, version } = activity;
      const done = await finishActivityAction(payload({ id, version, done: true }));
      tell(done, t("next.finished", { subject: activity.subject }));
      onChanged();
    });
  const isMeeting = activity.meetingId !== null;
  return (
    <div className={classes.step} data-late={late || undefined}>
      <ActivityIcon size={16} stroke={1.6} aria-label={t(`kind.${activity.kind}`)} role="img" />
      <div className={classes.words}>
        <b>{activity.subject}</b>
        <small>
          {[
            dueText(activity, now, reader),
            late ? t("next.late", { days }) : "",
            activity.durationMinutes === null
              ? ""
              : t("next.minutes", { minutes: activity.durationMinutes }),
            activity.assigneeName ?? "",
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </small>
      </div>
      {mayLog && !isMeeting && !moving ? (
        <span className={classes.acts}>
          <Button size="xs" loading={busy} onClick={finish}>
            {t("next.done")}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => setMoving(true)}>
            {t("next.move")}
          </Button>
        </span>
      ) : null}
      {moving ? (
        <MoveForm
          activity={activity}
          reader={reader}
          onDone={(changed) => {
            setMoving(false);
            if (changed) onChanged();
          }}
        />
      ) : null}
    </div>
  );
}

/** What comes next, or that nothing does. */
export function NextStep({
  planned,
  reader,
  now,
  mayLog,
  onChanged,
  onPlan,
}: {
  planned: readonly ActivityRow[];
  reader: ScreenReader;
  now: Instant;
  mayLog: boolean;
  onChanged: () => void;
  onPlan: () => void;
}) {
  const [next] = planned;
  if (next !== undefined)
    return (
      <PlannedActivity
        key={next.id}
        activity={next}
        reader={reader}
        now={now}
        mayLog={mayLog}
        onChanged={onChanged}
      />
    );
  return (
    <div className={classes.none}>
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
      <span>{t("next.none")}</span>
      {mayLog ? (
        <Button size="xs" onClick={onPlan}>
          {t("next.plan")}
        </Button>
      ) : null}
    </div>
  );
}
