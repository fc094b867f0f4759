"use client";

import { Button } from "@mantine/core";
import { IconCheck, IconClockEdit } from "@tabler/icons-react";
import Link from "next/link";
import { useState, useTransition } from "react";
import { ACTIVITY_ICONS, MoveForm } from "@/components/crm/detail/next-step";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import {
  finishActivityAction,
  moveActivityAction,
  removeActivityAction,
} from "@/lib/crm/actions/activities";
import type { ActivityRow } from "@/lib/crm/core/activity";
import { dueDayOf } from "@/lib/crm/core/activity";
import type { ActivityAnswer } from "@/lib/crm/core/activity-answer";
import { t } from "@/lib/crm/core/activity-text";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { addDays, calendarDateAt, minuteOfDayAt } from "@/lib/time/offset";
import { offerUndo, tellFailure } from "./activity-undo";
import classes from "./day-row.module.css";
import { aboutWords, dueWords } from "./due-words";

type Row = {
  readonly activity: ActivityRow;
  readonly reader: ScreenReader;
  readonly now: Instant;
  /** Whether whose it is goes without saying. */
  readonly own: boolean;
};

const timeOf = ({ dueAt, allDay }: ActivityRow, { zone }: ScreenReader) => ({
  day: dueAt === null ? calendarDateAt(zone, 0 as Instant) : dueDayOf({ dueAt, allDay }, zone),
  minute: dueAt === null || allDay ? null : minuteOfDayAt(zone, dueAt),
});

/** Runs an action; what it refused, and a line that broke, are told. True when it was done. */
async function settle(work: Promise<ActivityAnswer>): Promise<number | undefined> {
  try {
    const answer = await work;
    if (answer.status === "done") return answer.version;
    tellFailure(answer.message);
  } catch {
    tellFailure(t("page.failed"));
  }
  return undefined;
}

function useActs({ activity, reader, now }: Row) {
  const [busy, start] = useTransition();
  const { id, version, subject } = activity;
  const finish = (done: boolean) =>
    start(async () => {
      const next = await settle(finishActivityAction(payload({ id, version, done })));
      if (next === undefined || !done) return;
      offerUndo(id, t("page.doneWords", { subject }), () =>
        finishActivityAction(payload({ id, version: next, done: false })),
      );
    });
  const postpone = (days: number) =>
    start(async () => {
      const before = timeOf(activity, reader);
      const day = addDays(calendarDateAt(reader.zone, now), days);
      const moved = moveActivityAction(payload({ id, version, day, minute: before.minute }));
      const next = await settle(moved);
      if (next === undefined) return;
      offerUndo(id, t("page.movedWords", { subject }), () =>
        moveActivityAction(payload({ id, version: next, ...before })),
      );
    });
  const remove = () =>
    start(async () => {
      const next = await settle(removeActivityAction(payload({ id, version, removed: true })));
      if (next === undefined) return;
      offerUndo(id, t("page.removedWords", { subject }), () =>
        removeActivityAction(payload({ id, version: next, removed: false })),
      );
    });
  return { busy, finish, postpone, remove };
}

function Mover(
  row: Row & {
    readonly onClose: () => void;
    readonly postpone: (days: number) => void;
    readonly remove: () => void;
  },
) {
  const { activity, reader, onClose, postpone, remove } = row;
  const by = (days: number) => () => {
    postpone(days);
    onClose();
  };
  return (
    <div className={classes.mover}>
      <Button size="xs" variant="default" onClick={by(1)}>
        {t("page.tomorrow")}
      </Button>
      <Button size="xs" variant="default" onClick={by(7)}>
        {t("page.nextWeek")}
      </Button>
      <Button size="xs" variant="subtle" onClick={remove}>
        {t("page.remove")}
      </Button>
      <MoveForm activity={activity} reader={reader} onDone={onClose} />
    </div>
  );
}

function Words({ activity, own }: Pick<Row, "activity" | "own">) {
  const { subject, lead, assigneeId, assigneeName } = activity;
  return (
    <div className={classes.words}>
      <p>
        <Link href={`/leads/${lead.id}`} data-row>
          {subject}
        </Link>
      </p>
      <p>
        {aboutWords(activity)}
        {own || assigneeId === null ? null : (
          <>
            {" · "}
            <Link href={`/activities?who=${assigneeId}`}>
              {t("page.assignee", { name: assigneeName ?? "" })}
            </Link>
          </>
        )}
      </p>
    </div>
  );
}

/** One activity of a day: ticked off with one click or X, put to another time, opened with Enter. */
export function DayRow(row: Row) {
  const { activity, reader, now, own } = row;
  const [moving, setMoving] = useState(false);
  const { busy, finish, postpone, remove } = useActs(row);
  const { subject, kind, doneAt, dueAt, meetingId } = activity;
  const KindIcon = ACTIVITY_ICONS[kind];
  const done = doneAt !== null;
  const late = !done && dueAt !== null && dueAt <= now;
  // What follows a meeting is closed there; a mail that was sent stays sent.
  const fixed = meetingId !== null || activity.mailId !== null || (done && dueAt === null);
  return (
    <li className={classes.row} data-busy={busy || undefined} data-done={done || undefined}>
      {fixed ? (
        <span className={classes.fixed} />
      ) : (
        <button
          type="button"
          className={classes.ring}
          aria-label={t(done ? "page.reopen" : "page.complete", { subject })}
          aria-pressed={done}
          disabled={busy}
          data-tick
          onClick={() => finish(!done)}
        >
          <IconCheck size={12} stroke={2.4} aria-hidden="true" />
        </button>
      )}
      <KindIcon size={16} stroke={1.6} role="img" aria-label={t(`kinds.${kind}`)} />
      <Words activity={activity} own={own} />
      {dueAt === null ? null : (
        <time className={classes.due} data-late={late || undefined} dateTime={toIso(dueAt)}>
          {dueWords(activity, now, reader)}
        </time>
      )}
      {done || fixed ? null : (
        <button
          type="button"
          className={classes.move}
          aria-label={t("page.reschedule", { subject })}
          aria-expanded={moving}
          onClick={() => setMoving(!moving)}
        >
          <IconClockEdit size={16} stroke={1.6} aria-hidden="true" />
        </button>
      )}
      {moving ? (
        <Mover {...row} postpone={postpone} remove={remove} onClose={() => setMoving(false)} />
      ) : null}
    </li>
  );
}
