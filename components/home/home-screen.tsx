import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { durationText } from "@/components/ui/duration";
import { t } from "@/components/ui/office-text";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { ActivityRow } from "@/lib/crm/core/activity";
import type { Numbers, OpenTask } from "@/lib/meetings/core/home-view";
import type { MeetingRow } from "@/lib/meetings/core/meeting-view";
import { formatDayAndMonth, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import type { TimeZone } from "@/lib/time/zone";
import { zoneAbbreviation, zoneCity } from "@/lib/time/zone-names";
import { busyMinutes, nextFree } from "./day-line";
import classes from "./home-screen.module.css";
import { MyNumbers } from "./my-numbers";
import { SalesToday } from "./sales-today";
import { TaskList } from "./task-list";
import { TodayLine } from "./today-line";
import { WaitingList } from "./waiting-list";
import { ZoneClocks } from "./zone-clocks";

// More clocks than these are a wall, not a glance.
const MOST_CLOCKS = 4;

function zonesOf(rows: readonly MeetingRow[], own: TimeZone): readonly TimeZone[] {
  const zones = new Set<TimeZone>();
  for (const { guestZone } of rows)
    if (guestZone !== null && guestZone !== own) zones.add(guestZone);
  return [...zones].slice(0, MOST_CLOCKS);
}

function contextText(today: readonly MeetingRow[], now: Instant, reader: ScreenReader): string {
  const zone = `${zoneCity(reader.zone)} (${zoneAbbreviation(now, reader.zone, reader.locale)})`;
  const { from, to } = nextFree(today, now);
  const start = formatTime(from, reader);
  const open = from === now ? t("home.freeNow") : t("home.freeFrom", { from: start });
  const span =
    to === undefined ? open : t("home.freeSpan", { from: start, to: formatTime(to, reader) });
  return t("home.context", {
    count: today.length,
    busy: durationText(busyMinutes(today)),
    zone,
    free: span,
  });
}

/** The day at a glance: what is on, what waits for an answer, what is due, how it goes. */
export function HomeScreen({
  reader,
  hosts,
  now,
  today,
  waiting,
  tasks,
  numbers,
  sales,
}: {
  reader: ScreenReader;
  /** Whether the reader may make meetings; the others have no list of them. */
  hosts: boolean;
  now: Instant;
  today: readonly MeetingRow[];
  waiting: readonly MeetingRow[];
  tasks: readonly OpenTask[];
  numbers: Numbers;
  /** What is due today of those who sell; absent for the others. */
  sales?: readonly ActivityRow[] | undefined;
}) {
  const zones = zonesOf([...today, ...waiting], reader.zone);
  return (
    <>
      <PageHead title={formatDayAndMonth(now, reader)} context={contextText(today, now, reader)}>
        {zones.length > 0 ? <ZoneClocks zones={zones} reader={reader} now={now} /> : null}
      </PageHead>
      <div className={classes.columns}>
        <section aria-labelledby="h-today">
          <SectionHead id="h-today" title={t("home.today")}>
            {hosts ? <Link href="/meetings?view=week">{t("home.openWeek")}</Link> : null}
          </SectionHead>
          {today.length === 0 ? (
            <Blank title={t("home.noMeetings")}>{t("home.noMeetingsWhy")}</Blank>
          ) : (
            <TodayLine rows={today} reader={reader} now={now} />
          )}
        </section>
        <div className={classes.side}>
          {sales === undefined ? null : <SalesToday due={sales} reader={reader} now={now} />}
          <section aria-labelledby="h-waiting">
            <SectionHead id="h-waiting" title={t("home.waiting")} count={waiting.length}>
              {hosts ? <Link href="/meetings?tab=waiting">{t("home.allRequests")}</Link> : null}
            </SectionHead>
            <WaitingList rows={waiting} reader={reader} now={now} />
          </section>
          <section aria-labelledby="h-tasks">
            <SectionHead id="h-tasks" title={t("home.tasks")} count={tasks.length} />
            <TaskList tasks={tasks} reader={reader} now={now} />
          </section>
        </div>
        <MyNumbers numbers={numbers} reader={reader} now={now} />
      </div>
    </>
  );
}
