"use client";

import { Button } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { t } from "@/components/ui/office-text";
import type { MailEvent } from "@/lib/meetings/core/mail-events";
import { MAIL_EVENTS } from "@/lib/meetings/core/mail-events";
import type { MeetingDetail } from "@/lib/meetings/core/meeting-view";
import classes from "./meeting-timeline.module.css";
import type { TimelineEntry } from "./timeline";
import { countMails } from "./timeline";

const isMailEvent = (event: string): event is MailEvent =>
  (MAIL_EVENTS as readonly string[]).includes(event);

/** A mail's event in words; one this screen does not know yet keeps its own name. */
const eventText = (event: string): string => (isMailEvent(event) ? t(`mail.${event}`) : event);

type MailLine = Extract<TimelineEntry, { kind: "mail" }>;

/** Sends again to each reader of a line; what reached several of them is folded away, nobody misses it. */
function ResendLine({
  line,
  meetingId,
  resend,
  resending,
}: {
  line: MailLine;
  meetingId: string;
  resend: (form: FormData) => void;
  resending: boolean;
}) {
  const several = line.mails.length > 1;
  const forms = line.mails.map((mail) => (
    <form key={mail.id} action={resend}>
      <input type="hidden" name="meetingId" value={meetingId} />
      <input type="hidden" name="mailId" value={mail.id} />
      <Button
        type="submit"
        size="xs"
        variant={line.outcome === "failed" ? "default" : "subtle"}
        disabled={resending}
        aria-label={t("meeting.resendNamed", { mail: eventText(line.event), name: mail.toName })}
      >
        {several ? t("meeting.resendTo", { name: mail.toName }) : t("meeting.resend")}
      </Button>
    </form>
  ));
  if (line.outcome === "failed" || !several) return forms;
  return (
    <details className={classes.again}>
      <summary>{t("meeting.resend")}</summary>
      {forms}
    </details>
  );
}

/** One event’s mails: whom they reached, what went wrong, and sending again. */
export function MailWords({
  line,
  meetingId,
  mayResend,
  resend,
  resending,
}: {
  line: MailLine;
  meetingId: string;
  mayResend: boolean;
  resend: (form: FormData) => void;
  resending: boolean;
}) {
  const names = line.mails.map(({ toName }) => toName).join(", ");
  return (
    <div>
      <p>{eventText(line.event)}</p>
      <p className={classes.sub}>{t(`outcome.${line.outcome}`, { names })}</p>
      {line.mails.map((mail) =>
        mail.error === null || line.outcome === "delivered" ? null : (
          <p key={mail.id} className={classes.sub}>
            {mail.toEmail}: {mail.error}
          </p>
        ),
      )}
      {mayResend && line.outcome !== "underway" ? (
        <ResendLine line={line} meetingId={meetingId} resend={resend} resending={resending} />
      ) : null}
    </div>
  );
}

/** How many mails reached their reader, and how many did not. */
export function MailSummary({ meeting }: { meeting: MeetingDetail }) {
  const counts = countMails(meeting.mails);
  return (
    <p className={classes.summary}>
      {counts.delivered > 0 ? (
        <span data-outcome="delivered">
          <i aria-hidden="true" />
          {t("meeting.delivered", { count: counts.delivered })}
        </span>
      ) : null}
      {counts.underway > 0 ? (
        <span>
          <i aria-hidden="true" />
          {t("meeting.underway", { count: counts.underway })}
        </span>
      ) : null}
      {counts.failed > 0 ? (
        <span data-outcome="failed">
          <IconAlertCircle size={14} stroke={1.6} aria-hidden="true" />
          {t("meeting.failed", { count: counts.failed })}
        </span>
      ) : null}
    </p>
  );
}
