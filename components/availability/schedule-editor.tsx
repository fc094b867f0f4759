"use client";

import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { ZoneSelect } from "@/components/settings/zone-select";
import type { ScreenReader } from "@/components/shell/viewer";
import { SectionHead } from "@/components/ui/page-head";
import { saveScheduleAction } from "@/lib/availability/actions";
import type { HoursAnswer } from "@/lib/availability/core/answers";
import { newlyOutside, openingHoursOf, outsideHours } from "@/lib/availability/core/conflicts";
import type {
  BookedMeeting,
  Holiday,
  Schedule,
  ScheduleHours,
} from "@/lib/availability/core/schedule";
import type { Instant } from "@/lib/time/instant";
import type { DayOfWeek } from "@/lib/time/offset";
import { calendarDateAt } from "@/lib/time/offset";
import { parseTimeZone } from "@/lib/time/zone";
import classes from "./availability.module.css";
import { DatesSection } from "./dates-section";
import { countChanges, draftOf, hoursOf, rebased } from "./draft";
import { LeaveGuard } from "./leave-guard";
import { MeetingLinks } from "./meeting-links";
import { PreviewPanel } from "./preview-panel";
import { SaveBar } from "./save-bar";
import { send } from "./send";
import { TravelSection } from "./travel-section";
import { WeeklyHours } from "./weekly-hours";
import { words } from "./words";

/** The first thing the server said about a part of the draft. */
const problemOf = (answer: HoursAnswer, part: string): string | undefined =>
  answer.status === "invalid"
    ? Object.entries(answer.fields).find(
        ([path]) => path === part || path.startsWith(`${part}.`),
      )?.[1]
    : undefined;

/**
 * One schedule: its hours, dates and journeys are one draft that is saved together, with what guests would see of it
 * beside. Nothing typed is lost by a refusal, a newer version or a server that is not reached.
 */
export function ScheduleEditor({
  schedule,
  booked,
  holidays,
  stamp,
  reader,
  weekStart,
  now,
  children,
}: {
  schedule: Schedule;
  booked: readonly BookedMeeting[];
  holidays: readonly Holiday[];
  /** Changes with whatever else decides what guests see. */
  stamp: string;
  reader: ScreenReader;
  weekStart: DayOfWeek;
  now: Instant;
  /** What stands below, and is kept on its own. */
  children: ReactNode;
}) {
  const [draft, setDraft] = useState(() => draftOf(schedule));
  const [answer, setAnswer] = useState<HoursAnswer>({ status: "idle" });
  const [pending, setPending] = useState(false);
  useEffect(() => setDraft((current) => rebased(current, schedule)), [schedule]);

  const { base, hours } = draft;
  const changes = countChanges(base, hours);
  const own = booked.filter(({ scheduleId }) => scheduleId === schedule.id);
  const kept = openingHoursOf(base, holidays);
  const outside = changes === 0 ? [] : newlyOutside(kept, openingHoursOf(hours, holidays), own);
  const already = outsideHours(kept, own);
  const today = calendarDateAt(hours.zone, now);

  const change = (part: Partial<ScheduleHours>) => {
    setDraft({ base, hours: { ...hours, ...part } });
    setAnswer({ status: "idle" });
  };
  const save = async () => {
    setPending(true);
    const said = await send<HoursAnswer>(saveScheduleAction, {
      scheduleId: schedule.id,
      version: base.version,
      draft: JSON.stringify(hoursOf(hours)),
    });
    setPending(false);
    setAnswer(said);
    if (said.status === "done")
      setDraft(draftOf({ ...base, ...hours, version: said.version ?? base.version + 1 }));
  };

  return (
    <div className={classes.split}>
      <div className={classes.settings}>
        <section className={classes.section} aria-labelledby="hours">
          <SectionHead id="hours" title={words("editor.hours")} />
          <p className={classes.lead}>{words("editor.hoursHint")}</p>
          <ZoneSelect
            className={classes.zone}
            label={words("editor.zone")}
            value={hours.zone}
            error={problemOf(answer, "zone")}
            onChange={(zone) => change({ zone: parseTimeZone(zone ?? "") ?? hours.zone })}
          />
          <WeeklyHours
            value={hours.weekly}
            saved={base.weekly}
            onChange={(weekly) => change({ weekly })}
            zone={hours.zone}
            weekStart={weekStart}
            hourCycle={reader.hourCycle}
          />
          {problemOf(answer, "weekly") === undefined ? null : (
            <p className={classes.problem}>{problemOf(answer, "weekly")}</p>
          )}
          {already.length === 0 || changes > 0 || answer.status === "done" ? null : (
            <div className={classes.warning}>
              <p>{words("editor.outsideNow", { count: already.length })}</p>
              <MeetingLinks meetings={already} reader={reader} />
            </div>
          )}
        </section>
        <DatesSection
          overrides={hours.overrides}
          observesHolidays={hours.observesHolidays}
          holidays={holidays}
          today={today}
          weekStart={weekStart}
          hourCycle={reader.hourCycle}
          locale={reader.locale}
          problem={problemOf(answer, "overrides")}
          onOverrides={(overrides) => change({ overrides })}
          onObserve={(observesHolidays) => change({ observesHolidays })}
        />
        <TravelSection
          travel={hours.travel}
          today={today}
          locale={reader.locale}
          problem={problemOf(answer, "travel")}
          onTravel={(travel) => change({ travel })}
        />
        {children}
        <SaveBar
          changes={changes}
          outside={outside}
          answer={answer}
          mine={hours}
          pending={pending}
          reader={reader}
          onSave={() => {
            save().catch(() => undefined);
          }}
          onDiscard={() => {
            setDraft(draftOf(base));
            setAnswer({ status: "idle" });
          }}
          onTheirs={(theirs) => {
            setDraft(draftOf(theirs));
            setAnswer({ status: "idle" });
          }}
          onMine={(theirs) => {
            setDraft({ base: theirs, hours });
            setAnswer({ status: "idle" });
          }}
        />
      </div>
      <PreviewPanel
        schedule={schedule}
        hours={hours}
        dirty={changes > 0}
        stamp={`${base.version} ${stamp}`}
        reader={reader}
        now={now}
      />
      <LeaveGuard active={changes > 0} name={schedule.name} />
    </div>
  );
}
