"use client";

import { Button } from "@mantine/core";
import type { ScreenReader } from "@/components/shell/viewer";
import type { HoursAnswer } from "@/lib/availability/core/answers";
import { hoursOn } from "@/lib/availability/core/day-hours";
import type { BookedMeeting, Schedule, ScheduleHours } from "@/lib/availability/core/schedule";
import { hoursText } from "@/lib/availability/core/typed-hours";
import { zoneCity } from "@/lib/time/zone-names";
import classes from "./availability.module.css";
import { changedDays } from "./draft";
import { MeetingLinks } from "./meeting-links";
import { dayName } from "./week-names";
import { words } from "./words";

/** What somebody else made of the schedule, as far as it differs from what is on this page. */
function Theirs({
  mine,
  theirs,
  hourCycle,
}: {
  mine: ScheduleHours;
  theirs: Schedule;
  hourCycle: 12 | 24;
}) {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return (
    <ul className={classes.theirs}>
      {changedDays(mine, theirs).map((day) => (
        <li key={day}>
          {dayName(day)}: {hoursText(hoursOn(theirs.weekly, day), hourCycle)}
        </li>
      ))}
      {mine.zone === theirs.zone ? null : (
        <li>{words("editor.theirZone", { zone: zoneCity(theirs.zone) })}</li>
      )}
      {same(mine.overrides, theirs.overrides) ? null : (
        <li>{words("editor.theirDates", { count: theirs.overrides.length })}</li>
      )}
      {same(mine.travel, theirs.travel) ? null : (
        <li>{words("editor.theirTravel", { count: theirs.travel.length })}</li>
      )}
      {mine.observesHolidays === theirs.observesHolidays ? null : (
        <li>
          {words("editor.theirHolidays", { observed: theirs.observesHolidays ? "yes" : "no" })}
        </li>
      )}
    </ul>
  );
}

function Refused({
  answer,
  mine,
  hourCycle,
  onTheirs,
  onMine,
}: {
  answer: HoursAnswer;
  mine: ScheduleHours;
  hourCycle: 12 | 24;
  onTheirs: (theirs: Schedule) => void;
  onMine: (theirs: Schedule) => void;
}) {
  if (answer.status === "invalid")
    return (
      <div className={classes.problem}>
        <p>{words("editor.problems")}</p>
        <ul>
          {Object.entries(answer.fields).map(([field, message]) => (
            <li key={field}>{message}</li>
          ))}
        </ul>
      </div>
    );
  if (answer.status !== "refused") return null;
  const { current } = answer;
  return (
    <div className={classes.problem}>
      <p>{answer.message}</p>
      {current === undefined ? null : (
        <>
          <p>{words("editor.theirs")}</p>
          <Theirs mine={mine} theirs={current} hourCycle={hourCycle} />
          <div className={classes.acts}>
            <Button size="xs" onClick={() => onTheirs(current)}>
              {words("editor.useTheirs")}
            </Button>
            <Button size="xs" onClick={() => onMine(current)}>
              {words("editor.keepMine")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/**
 * Stays in sight while something is not saved: how much, which booked meetings it would leave outside, and what the
 * server said. Afterwards it says what was saved.
 */
export function SaveBar({
  changes,
  outside,
  answer,
  mine,
  pending,
  reader,
  onSave,
  onDiscard,
  onTheirs,
  onMine,
}: {
  changes: number;
  outside: readonly BookedMeeting[];
  answer: HoursAnswer;
  mine: ScheduleHours;
  pending: boolean;
  reader: ScreenReader;
  onSave: () => void;
  onDiscard: () => void;
  onTheirs: (theirs: Schedule) => void;
  onMine: (theirs: Schedule) => void;
}) {
  const left = changes > 0 || answer.status !== "done" ? outside : (answer.meetings ?? []);
  return (
    <section
      className={classes.bar}
      aria-label={words("editor.bar")}
      data-shown={changes > 0 || answer.status !== "idle" || undefined}
    >
      <div aria-live="polite">
        {left.length === 0 ? null : (
          <div className={classes.warning}>
            <p>{words("editor.outside", { count: left.length })}</p>
            <MeetingLinks meetings={left} reader={reader} />
          </div>
        )}
      </div>
      <div role="alert">
        <Refused
          answer={answer}
          mine={mine}
          hourCycle={reader.hourCycle}
          onTheirs={onTheirs}
          onMine={onMine}
        />
      </div>
      <div className={classes.barRow}>
        <p role="status">
          {changes === 0 && answer.status === "done" ? words("editor.saved") : null}
          {changes > 0 ? (
            <span className={classes.unsaved}>{words("editor.unsaved", { count: changes })}</span>
          ) : null}
        </p>
        {changes === 0 ? null : (
          <>
            <Button variant="subtle" onClick={onDiscard} disabled={pending}>
              {words("editor.discard")}
            </Button>
            <Button variant="filled" onClick={onSave} loading={pending}>
              {words("editor.save")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
