"use client";

import { ActionIcon, Select } from "@mantine/core";
import { IconBolt, IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { ZoneSelect } from "@/components/settings/zone-select";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Schedule, ScheduleHours } from "@/lib/availability/core/schedule";
import { previewHoursAction } from "@/lib/booking/actions";
import type { HoursPreview, HoursPreviewAnswer } from "@/lib/booking/core/draft-hours";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { addDays, calendarDateAt } from "@/lib/time/offset";
import type { TimeZone } from "@/lib/time/zone";
import { parseTimeZone } from "@/lib/time/zone";
import classes from "./availability.module.css";
import { dateWords } from "./date-words";
import { send } from "./send";
import { words } from "./words";

// Long enough that a drag or a word is one question, short enough to be felt as an answer.
const PAUSE_MS = 250;
const SHOWN = 9;
const LAST_WEEK = 12;
const PLAIN = "plain";

/** The answer for these hours; while the next one is on its way the one before stays. */
function usePreview(fields: Readonly<Record<string, string | undefined>>, stamp: string) {
  const [answer, setAnswer] = useState<HoursPreviewAnswer>({ status: "idle" });
  const asked = JSON.stringify(fields);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept elsewhere changes the answer to the same question.
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      send<HoursPreviewAnswer>(previewHoursAction, JSON.parse(asked))
        .then((said) => {
          if (current) setAnswer(said);
        })
        .catch(() => undefined);
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, stamp]);
  return answer;
}

function Day({
  date,
  starts,
  today,
  reader,
}: {
  date: CalendarDate;
  starts: readonly Instant[];
  today: CalendarDate;
  reader: ScreenReader;
}) {
  const [all, setAll] = useState(false);
  const rest = all ? 0 : starts.length - SHOWN;
  const label = dateWords(date, today, reader.locale);
  return (
    <li data-empty={starts.length === 0 || undefined}>
      <h3>{label}</h3>
      {starts.length === 0 ? (
        <p>{words("preview.nothing")}</p>
      ) : (
        <ul className={classes.times}>
          {(rest > 1 ? starts.slice(0, SHOWN) : starts).map((start) => (
            <li key={start}>{formatTime(start, reader)}</li>
          ))}
          {rest > 1 ? (
            <li>
              <button
                type="button"
                aria-label={words("preview.moreLabel", { count: rest, date: label })}
                onClick={() => setAll(true)}
              >
                {words("preview.more", { count: rest })}
              </button>
            </li>
          ) : null}
        </ul>
      )}
    </li>
  );
}

function Week({
  shown,
  days,
  today,
  reader,
}: {
  shown: HoursPreview;
  days: readonly CalendarDate[];
  today: CalendarDate;
  reader: ScreenReader;
}) {
  const byDay = new Map<CalendarDate, Instant[]>(days.map((date) => [date, []]));
  for (const start of shown.starts) byDay.get(calendarDateAt(reader.zone, start))?.push(start);
  const open = [...byDay.values()].filter((starts) => starts.length > 0).length;
  const times = [...byDay.values()].reduce((sum, starts) => sum + starts.length, 0);
  return (
    <>
      {shown.closed ? <p className={classes.problem}>{words("preview.closed")}</p> : null}
      <ul className={classes.week}>
        {[...byDay].map(([date, starts]) => (
          <Day key={date} date={date} starts={starts} today={today} reader={reader} />
        ))}
      </ul>
      <p className={classes.sum} role="status">
        {words("preview.sum", { days: open, times })}
      </p>
    </>
  );
}

/** One week as guests would be offered it, through a link of theirs and in their zone, unsaved changes included. */
export function PreviewPanel({
  schedule,
  hours,
  dirty,
  stamp,
  reader,
  now,
}: {
  schedule: Schedule;
  hours: ScheduleHours;
  dirty: boolean;
  /** Changes when something else than these hours did: the week is asked for again. */
  stamp: string;
  reader: ScreenReader;
  now: Instant;
}) {
  const links = schedule.links.filter(({ active }) => active);
  const [through, setThrough] = useState(links[0]?.token ?? PLAIN);
  const [zone, setZone] = useState<TimeZone>(reader.zone);
  const [step, setStep] = useState(0);
  const token = links.some((link) => link.token === through) ? through : undefined;
  const today = calendarDateAt(zone, now);
  // From today on, not from Monday: what is over is on offer to nobody.
  const first = addDays(today, 7 * step);
  const days = [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(first, day));
  const answer = usePreview(
    { scheduleId: schedule.id, draft: JSON.stringify(hours), zone, from: first, token },
    stamp,
  );
  const guest = { ...reader, zone };
  return (
    <aside className={classes.preview} aria-labelledby="preview">
      <h2 id="preview">{words("preview.title")}</h2>
      <Select
        label={words("preview.link")}
        data={[
          ...links.map((link) => ({ value: link.token, label: link.name })),
          { value: PLAIN, label: words("preview.plain") },
        ]}
        value={token ?? PLAIN}
        allowDeselect={false}
        onChange={(value) => setThrough(value ?? PLAIN)}
      />
      <ZoneSelect
        label={words("preview.zone")}
        value={zone}
        onChange={(value) => setZone(parseTimeZone(value ?? "") ?? zone)}
      />
      <div className={classes.weekHead}>
        <b>
          {words("preview.week", {
            from: dateWords(first, today, reader.locale),
            to: dateWords(addDays(first, 6), today, reader.locale),
          })}
        </b>
        <ActionIcon
          disabled={step === 0}
          aria-label={words("preview.earlier")}
          onClick={() => setStep(step - 1)}
        >
          <IconChevronLeft size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon
          disabled={step === LAST_WEEK}
          aria-label={words("preview.later")}
          onClick={() => setStep(step + 1)}
        >
          <IconChevronRight size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </div>
      {answer.status === "shown" ? (
        <Week shown={answer} days={days} today={today} reader={guest} />
      ) : (
        <div className={classes.waiting}>
          {answer.status === "idle" ? null : (
            <p role="alert" className={classes.problem}>
              {words("preview.wrong", {
                why:
                  answer.status === "invalid"
                    ? Object.values(answer.fields).join(" ")
                    : answer.message,
              })}
            </p>
          )}
        </div>
      )}
      {dirty ? (
        <p className={classes.quiet}>
          <IconBolt size={14} stroke={1.6} aria-hidden="true" /> {words("preview.unsaved")}
        </p>
      ) : null}
    </aside>
  );
}
