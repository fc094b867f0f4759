"use client";

import type { Icon } from "@tabler/icons-react";
import {
  IconArrowBackUp,
  IconArrowRight,
  IconBan,
  IconCalendarPlus,
  IconCircleCheck,
  IconCircleX,
  IconClockCheck,
  IconClockEdit,
  IconClockOff,
  IconClockPause,
  IconClockX,
  IconDoor,
  IconDoorOff,
  IconHelpCircle,
  IconMailCheck,
  IconMailFast,
  IconMailOff,
  IconMailX,
  IconNotes,
  IconPencil,
  IconSend,
  IconUserMinus,
  IconUserOff,
  IconUserPlus,
  IconUserShare,
  IconVideo,
  IconVideoOff,
} from "@tabler/icons-react";
import { useActionState } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { t } from "@/components/ui/office-text";
import { resendMailAction } from "@/lib/meetings/actions";
import type { MeetingDetail, MeetingHistoryEntry } from "@/lib/meetings/core/meeting-view";
import { formatDateLong, formatDateShort, formatTime, formatTimeRange } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import { AnswerNotice } from "./answer-notice";
import { MailSummary, MailWords } from "./mail-lines";
import { Differences } from "./meeting-differences";
import classes from "./meeting-timeline.module.css";
import type { MailOutcome } from "./timeline";
import { mergeTimeline } from "./timeline";

const HISTORY_ICONS: Readonly<Record<MeetingHistoryEntry["kind"], Icon>> = {
  requested: IconCalendarPlus,
  booked: IconCalendarPlus,
  confirmed: IconCircleCheck,
  declined: IconCircleX,
  moved: IconArrowRight,
  cancelled: IconBan,
  restored: IconArrowBackUp,
  "handed-over": IconUserShare,
  joined: IconUserPlus,
  left: IconUserMinus,
  expired: IconClockOff,
  "mail-resent": IconSend,
  drafted: IconCalendarPlus,
  edited: IconPencil,
  reopened: IconArrowBackUp,
  done: IconCircleCheck,
  "no-show": IconUserOff,
  proposed: IconClockEdit,
  "proposal-accepted": IconClockCheck,
  "proposal-declined": IconClockX,
  "answer-accepted": IconCircleCheck,
  "answer-tentative": IconHelpCircle,
  "answer-declined": IconCircleX,
  "online-ready": IconVideo,
  "online-failed": IconVideoOff,
  "online-retried": IconVideo,
  "minutes-written": IconNotes,
  "summary-arrived": IconNotes,
  "room-approved": IconDoor,
  "room-declined": IconDoorOff,
  "room-released": IconDoorOff,
  "room-checked-in": IconDoor,
  "room-ended": IconDoor,
  "room-extended": IconDoor,
};

const MAIL_ICONS: Readonly<Record<MailOutcome, Icon>> = {
  delivered: IconMailCheck,
  underway: IconMailFast,
  failed: IconMailX,
  "held-back": IconMailOff,
};

/** "13:20" today, "Wed 18 Nov 13:20" on another day; the full date on hover. */
function At({ moment, now, reader }: { moment: Instant; now: Instant; reader: ScreenReader }) {
  const today = calendarDateAt(reader.zone, moment) === calendarDateAt(reader.zone, now);
  const time = formatTime(moment, reader);
  return (
    <time
      dateTime={toIso(moment)}
      title={`${formatDateLong(moment, reader)}, ${time} ${zoneAbbreviation(moment, reader.zone, reader.locale)}`}
    >
      {today ? time : `${formatDateShort(moment, reader)}, ${time}`}
    </time>
  );
}

function HistoryWords({ entry, reader }: { entry: MeetingHistoryEntry; reader: ScreenReader }) {
  const { previousStart, previousEnd, start, end } = entry;
  return (
    <div>
      <p>
        <b>{entry.actorName}</b> {t(`history.${entry.kind}`, { about: entry.about ?? "" })}
        {entry.override ? <span className={classes.override}>{t("history.override")}</span> : null}
      </p>
      {entry.kind === "moved" && start !== null && end !== null ? (
        <p className={classes.sub}>
          {previousStart !== null && previousEnd !== null ? (
            <>
              <span className="sr-only">{t("history.from")} </span>
              <s>
                {formatDateShort(previousStart, reader)},{" "}
                {formatTimeRange({ from: previousStart, to: previousEnd }, reader)}
              </s>{" "}
              <span className="sr-only">{t("history.to")} </span>
            </>
          ) : null}
          {formatDateShort(start, reader)}, {formatTimeRange({ from: start, to: end }, reader)}{" "}
          {zoneAbbreviation(start, reader.zone, reader.locale)}
        </p>
      ) : null}
      {entry.kind === "proposed" && start !== null && end !== null ? (
        <p className={classes.sub}>
          {formatDateShort(start, reader)}, {formatTimeRange({ from: start, to: end }, reader)}{" "}
          {zoneAbbreviation(start, reader.zone, reader.locale)}
        </p>
      ) : null}
      <Differences changes={entry.changes} />
      {entry.reason === null ? null : <p className={classes.sub}>“{entry.reason}”</p>}
    </div>
  );
}

function ToCome({ meeting, reader }: { meeting: MeetingDetail; reader: ScreenReader }) {
  if (meeting.status !== "pending") return null;
  return (
    <>
      {meeting.permitted.includes("meeting.confirm") ? (
        <li data-tone="todo">
          <span className={classes.icon}>
            <IconSend size={13} stroke={1.6} aria-hidden="true" />
          </span>
          <div>
            <p>{t("meeting.onConfirm", { count: meeting.people.length })}</p>
          </div>
          <span />
        </li>
      ) : null}
      {meeting.holdExpiresAt === null ? null : (
        <li data-tone="todo">
          <span className={classes.icon}>
            <IconClockPause size={13} stroke={1.6} aria-hidden="true" />
          </span>
          <div>
            <p>{t("meeting.holdEnds")}</p>
          </div>
          <At moment={meeting.holdExpiresAt} now={meeting.start} reader={reader} />
        </li>
      )}
    </>
  );
}

/** Everything that happened to a meeting and every mail about it, newest first; what is to come stands on top, dashed. */
export function MeetingTimeline({
  meeting,
  reader,
  heading: Heading,
  now,
}: {
  meeting: MeetingDetail;
  reader: ScreenReader;
  /** One level below the meeting's own heading. */
  heading: "h2" | "h3";
  now: Instant;
}) {
  const [answer, resend, resending] = useActionState(resendMailAction, { status: "idle" });
  const mayResend = meeting.permitted.includes("meeting.resend");
  return (
    <section aria-labelledby="h-timeline">
      <Heading id="h-timeline" className={classes.title}>
        {t("meeting.timeline")}
      </Heading>
      {meeting.mails.length > 0 ? <MailSummary meeting={meeting} /> : null}
      <AnswerNotice answer={answer} reader={reader} />
      <ol className={classes.line}>
        <ToCome meeting={meeting} reader={reader} />
        {mergeTimeline(meeting.history, meeting.mails).map((line) => {
          if (line.kind === "history") {
            const HistoryIcon = HISTORY_ICONS[line.entry.kind];
            return (
              <li key={`${line.entry.kind} ${line.at} ${line.entry.actorName}`}>
                <span className={classes.icon}>
                  <HistoryIcon size={13} stroke={1.6} aria-hidden="true" />
                </span>
                <HistoryWords entry={line.entry} reader={reader} />
                <At moment={line.at} now={now} reader={reader} />
              </li>
            );
          }
          const MailIcon = MAIL_ICONS[line.outcome];
          return (
            <li key={line.mails[0]?.id ?? line.at} data-tone={line.outcome}>
              <span className={classes.icon}>
                <MailIcon size={13} stroke={1.6} aria-hidden="true" />
              </span>
              <MailWords
                line={line}
                meetingId={meeting.id}
                mayResend={mayResend}
                resend={resend}
                resending={resending}
              />
              <At moment={line.at} now={now} reader={reader} />
            </li>
          );
        })}
      </ol>
    </section>
  );
}
