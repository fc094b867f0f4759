import { IconArrowLeft, IconDownload } from "@tabler/icons-react";
import type { ScreenReader } from "@/components/shell/viewer";
import { ButtonLink } from "@/components/ui/button-link";
import { t } from "@/components/ui/office-text";
import classes from "./mail-screen.module.css";
import { MailTabs } from "./mail-tabs";
import type { MailLine } from "./mailbox-screen";
import { sentText } from "./mailbox-screen";

/** A captured mail, opened. Its HTML is somebody else's text: shown in a frame without scripts only. */
export type OpenMail = MailLine & {
  readonly from: string;
  readonly html: string;
  readonly text: string;
  /** The whole message as it was written. */
  readonly raw: Buffer;
  readonly calendars: readonly {
    readonly filename: string;
    readonly mimeType: string;
    readonly content: string;
  }[];
};

/** One mail: its headers, how a mail program shows it, its text and its calendar file. */
export function MailScreen({ mail, reader }: { mail: OpenMail; reader: ScreenReader }) {
  const [calendar] = mail.calendars;
  return (
    <article className={classes.mail}>
      <ButtonLink
        href="/mailbox"
        size="xs"
        variant="subtle"
        leftSection={<IconArrowLeft size={14} stroke={1.6} aria-hidden="true" />}
      >
        {t("mailbox.back")}
      </ButtonLink>
      <h1>{mail.subject}</h1>
      <dl className={classes.headers}>
        <dt>{t("mailbox.from")}</dt>
        <dd>{mail.from}</dd>
        <dt>{t("mailbox.to")}</dt>
        <dd>{mail.to}</dd>
        <dt>{t("mailbox.sent")}</dt>
        <dd>
          <time dateTime={mail.at}>{sentText(mail.at, reader)}</time>
        </dd>
      </dl>
      <p className={classes.downloads}>
        {calendar === undefined ? null : (
          <a
            href={`data:text/calendar;charset=utf-8,${encodeURIComponent(calendar.content)}`}
            download={calendar.filename}
          >
            <IconDownload size={14} stroke={1.6} aria-hidden="true" />
            {t("mailbox.downloadIcs")}
          </a>
        )}
        <a
          href={`data:message/rfc822;base64,${mail.raw.toString("base64")}`}
          download={`${mail.id}.eml`}
        >
          <IconDownload size={14} stroke={1.6} aria-hidden="true" />
          {t("mailbox.downloadEml")}
        </a>
      </p>
      <MailTabs
        html={
          mail.html === "" ? undefined : (
            <iframe
              className={classes.frame}
              title={t("mailbox.frame")}
              // No scripts, no forms, no access to this page; links open outside.
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              srcDoc={`<base target="_blank">${mail.html}`}
            />
          )
        }
        text={<pre className={classes.source}>{mail.text}</pre>}
        calendar={
          calendar === undefined ? undefined : (
            <pre className={classes.source}>{calendar.content}</pre>
          )
        }
      />
    </article>
  );
}
