import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { durationText } from "@/components/ui/duration";
import { t } from "@/components/ui/office-text";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import { formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { MINUTE_MS, toIso } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { AttendeeAnswer } from "./attendee-answer";
import { MeetingActions } from "./meeting-actions";
import classes from "./meeting-card.module.css";
import { MeetingFacts } from "./meeting-facts";
import { MeetingTabs } from "./meeting-tabs";
import { MeetingTimeline } from "./meeting-timeline";
import { Proposals } from "./proposals";
import { StatusTag } from "./status-tag";

/** One meeting whole: what can be done on top, facts left, what happened right; tabs on a phone. */
export function MeetingCard({
  meeting,
  reader,
  now,
  level,
  tools,
  minutes: written,
}: {
  meeting: MeetingDetail;
  reader: ScreenReader;
  now: Instant;
  /** 1 on its own page, 2 in the panel beside a list. */
  level: 1 | 2;
  tools?: ReactNode;
  /** What was said and agreed. */
  minutes?: ReactNode;
}) {
  const below = level === 1 ? "h2" : "h3";
  const Heading = level === 1 ? "h1" : "h2";
  const minutes = durationText((meeting.end - meeting.start) / MINUTE_MS);
  const held =
    meeting.status === "pending" && meeting.holdExpiresAt !== null
      ? t("meeting.heldUntil", {
          time: `${formatDateShort(meeting.holdExpiresAt, reader)}, ${formatTime(meeting.holdExpiresAt, reader)}`,
        })
      : undefined;
  const gone = meeting.status === "cancelled" || meeting.status === "declined";
  return (
    <article className={classes.card} data-level={level} aria-labelledby="h-meeting">
      <header className={classes.head}>
        <div className={classes.bar}>
          <StatusTag status={meeting.status} visibility={meeting.visibility} />
          <span className={classes.tools}>{tools}</span>
        </div>
        <Heading id="h-meeting">{meeting.subject}</Heading>
        <p className={classes.when}>
          <time dateTime={toIso(meeting.start)} data-gone={gone || undefined}>
            {formatDateShort(meeting.start, reader)},{" "}
            {formatTimeRange({ from: meeting.start, to: meeting.end }, reader)}{" "}
            {zoneAbbreviation(meeting.start, reader.zone, reader.locale)}
          </time>
          <span>{held === undefined ? minutes : `${minutes}, ${held}`}</span>
        </p>
        <MeetingActions
          key={meeting.id}
          meeting={meeting}
          reader={reader}
          ended={meeting.end <= now}
        />
        <AttendeeAnswer key={`answer ${meeting.id}`} meeting={meeting} reader={reader} />
        <Proposals key={`proposals ${meeting.id}`} meeting={meeting} reader={reader} />
      </header>
      <MeetingTabs
        facts={<MeetingFacts meeting={meeting} reader={reader} heading={below} />}
        timeline={
          <MeetingTimeline
            key={meeting.id}
            meeting={meeting}
            reader={reader}
            heading={below}
            now={now}
          />
        }
      />
      {written}
    </article>
  );
}
