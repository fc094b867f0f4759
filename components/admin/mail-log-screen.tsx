import { IconMailCheck } from "@tabler/icons-react";
import Link from "next/link";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import type {
  MailLogLine,
  MailLogState,
  MailSummary,
  MailWays,
} from "@/lib/mailroom/core/mail-log";
import { MAIL_LOG_STATES } from "@/lib/mailroom/core/mail-log";
import type { MailEvent } from "@/lib/meetings/core/mail-events";
import { MAIL_EVENTS } from "@/lib/meetings/core/mail-events";
import { formatDateShort, formatTime } from "@/lib/time/format";
import type { Instant } from "@/lib/time/instant";
import { toIso } from "@/lib/time/instant";
import { zoneAbbreviation } from "@/lib/time/zone-names";
import classes from "./mail.module.css";
import { RetryMail } from "./mail-retry";
import { t } from "./mail-text";

const isMailEvent = (event: string): event is MailEvent =>
  (MAIL_EVENTS as readonly string[]).includes(event);

/** A meeting's mail in words; others keep their own names, such as account/invitation. */
const eventText = (event: string): string =>
  isMailEvent(event) ? t(`templates.events.${event}`) : event;

const momentText = (moment: Instant, reader: ScreenReader): string =>
  `${formatDateShort(moment, reader)}, ${formatTime(moment, reader)} ${zoneAbbreviation(moment, reader.zone, reader.locale)}`;

const STATES = {
  queued: ["log.queued", "info"],
  sending: ["log.sending", "info"],
  sent: ["log.isSent", "neutral"],
  bounced: ["log.bounced", "danger"],
  failed: ["log.failed", "danger"],
  suppressed: ["log.suppressed", "warn"],
} as const satisfies Record<MailLogLine["state"], readonly [string, Tone]>;

function StateTag({ line }: { line: MailLogLine }) {
  if (line.deliveredAt !== null && line.state === "sent")
    return <Tag tone="ok">{t("log.delivered")}</Tag>;
  const [words, tone] = STATES[line.state];
  return <Tag tone={tone}>{t(words)}</Tag>;
}

const CAN_RETRY: readonly MailLogLine["state"][] = ["bounced", "failed", "suppressed"];

function Row({ line, reader }: { line: MailLogLine; reader: ScreenReader }) {
  return (
    <tr>
      <td>
        <b>{line.toName || line.toEmail}</b>
        {line.toName ? <small>{line.toEmail}</small> : null}
      </td>
      <td>
        {line.meetingId === null ? (
          eventText(line.event)
        ) : (
          <Link href={`/meetings/${line.meetingId}`}>{eventText(line.event)}</Link>
        )}
      </td>
      <td>
        <StateTag line={line} />
        {line.error === null ? null : <small>{line.error}</small>}
        {line.attempts > 1 ? <small>{t("log.attempts", { count: line.attempts })}</small> : null}
      </td>
      <td>
        <time dateTime={toIso(line.at)}>{momentText(line.at, reader)}</time>
      </td>
      <td>
        {line.meetingId !== null && CAN_RETRY.includes(line.state) ? (
          <RetryMail mailId={line.id} name={line.toName || line.toEmail} />
        ) : null}
      </td>
    </tr>
  );
}

function Week({ summary, reader }: { summary: MailSummary; reader: ScreenReader }) {
  const figures = [
    ["weekSent", summary.sent],
    ["weekDelivered", summary.delivered],
    ["weekWaiting", summary.waiting],
    ["weekBounced", summary.bounced],
    ["weekFailed", summary.failed],
    ["weekSuppressed", summary.suppressed],
  ] as const;
  return (
    <section aria-labelledby="h-week">
      <SectionHead id="h-week" title={t("log.week")} />
      <dl className={classes.figures}>
        {figures.map(([name, count]) => (
          <div key={name}>
            <dt>{t(`log.${name}`)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
      {summary.oldestWaiting === null ? null : (
        <p className={classes.words}>
          {t("log.oldest", { since: momentText(summary.oldestWaiting, reader) })}
        </p>
      )}
    </section>
  );
}

const WAYS = { smtp: "log.waySmtp", resend: "log.wayResend", mailbox: "log.wayMailbox" } as const;

function Ways({ ways }: { ways: MailWays }) {
  return (
    <section aria-labelledby="h-ways">
      <SectionHead id="h-ways" title={t("log.ways")} />
      <ul className={classes.ways}>
        <li>{t(WAYS[ways.out])}</li>
        <li>
          {ways.inbound === null ? t("log.noInbound") : t("log.inbound", { address: ways.inbound })}
        </li>
        {ways.out === "resend" ? (
          <li>{t(ways.deliveryEvents ? "log.events" : "log.noEvents")}</li>
        ) : null}
      </ul>
    </section>
  );
}

function List({ lines, state, reader }: Pick<Props, "lines" | "state" | "reader">) {
  if (lines.length === 0) {
    const isTrouble = state === "trouble";
    return (
      <Blank
        icon={<IconMailCheck size={20} stroke={1.6} />}
        title={t(isTrouble ? "log.noneTrouble" : "log.none")}
      >
        {t(isTrouble ? "log.noneTroubleWhy" : "log.noneWhy")}
      </Blank>
    );
  }
  return (
    <section className={classes.scroll} aria-label={t("log.list")} tabIndex={-1}>
      <table className={classes.table}>
        <thead>
          <tr>
            {(["to", "what", "how", "when"] as const).map((head) => (
              <th key={head} scope="col">
                {t(`log.${head}`)}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{t("log.act")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.id} line={line} reader={reader} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type Props = {
  lines: readonly MailLogLine[];
  summary: MailSummary;
  ways: MailWays;
  state: MailLogState;
  reader: ScreenReader;
};

/** How mails fared: those with trouble first, the figures of a week, and how mail goes and comes at all. */
export function MailLogScreen({ lines, summary, ways, state, reader }: Props) {
  return (
    <div className={classes.screen}>
      <PageHead title={t("log.title")} context={t("log.context")} />
      <Week summary={summary} reader={reader} />
      <nav className={classes.tabs} aria-label={t("log.states")}>
        {MAIL_LOG_STATES.map((one) => (
          <Link
            key={one}
            href={one === "trouble" ? "/admin/mail" : `/admin/mail?state=${one}`}
            aria-current={one === state ? "page" : undefined}
          >
            {t(`log.${one}`)}
          </Link>
        ))}
      </nav>
      <List lines={lines} state={state} reader={reader} />
      <Ways ways={ways} />
    </div>
  );
}
