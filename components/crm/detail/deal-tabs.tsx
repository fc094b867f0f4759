"use client";

import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import type { DealView, Named } from "@/lib/crm/core/deal-view";
import type { Instant } from "@/lib/time/instant";
import { At } from "./at";
import classes from "./deal-card.module.css";
import { t } from "./deal-text";
import { Timeline } from "./deal-timeline";
import { PlannedActivity } from "./next-step";

/** What is planned, each with Done and Move, and what was done. */
export function Activities({
  view,
  reader,
  now,
  mayLog,
  people,
  onChanged,
}: {
  view: DealView;
  reader: ScreenReader;
  now: Instant;
  mayLog: boolean;
  people: readonly Named[];
  onChanged: () => void;
}) {
  const done = view.timeline.filter(({ kind }) => kind === "activity" || kind === "meeting");
  return (
    <div className={classes.stack}>
      <h3>{t("activities.planned")}</h3>
      {view.planned.length === 0 ? <p className={classes.hint}>{t("activities.none")}</p> : null}
      {view.planned.map((activity) => (
        <PlannedActivity
          key={activity.id}
          activity={activity}
          reader={reader}
          now={now}
          mayLog={mayLog}
          onChanged={onChanged}
        />
      ))}
      <h3>{t("activities.done")}</h3>
      <Timeline
        entries={done}
        empty={t("activities.noneDone")}
        reader={reader}
        now={now}
        people={people}
        onChanged={onChanged}
      />
    </div>
  );
}

/** The meetings of a deal, to come and held. */
export function Meetings({
  view,
  reader,
  now,
}: {
  view: DealView;
  reader: ScreenReader;
  now: Instant;
}) {
  return (
    <div className={classes.stack}>
      {view.meetings.length === 0 ? <p className={classes.hint}>{t("meetings.none")}</p> : null}
      <ul className={classes.meetings}>
        {view.meetings.map((meeting) => (
          <li key={meeting.id} data-gone={meeting.state === "cancelled" || undefined}>
            <span>
              {meeting.readable ? (
                <Link className="link" href={`/meetings/${meeting.id}`}>
                  {meeting.subject}
                </Link>
              ) : (
                t("timeline.private")
              )}
              <small>
                {[meeting.hostName, meeting.place].filter((part) => part !== null).join(" · ")}
              </small>
            </span>
            <At moment={meeting.start} now={now} reader={reader} />
          </li>
        ))}
      </ul>
      <div>
        <ButtonLink size="xs" href={`/meetings/new?lead=${view.lead.id}`}>
          {t("meetings.new")}
        </ButtonLink>
      </div>
    </div>
  );
}
