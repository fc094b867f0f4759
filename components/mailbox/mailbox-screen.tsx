import { IconMailbox } from "@tabler/icons-react";
import Link from "next/link";
import { ListKeys } from "@/components/meetings/list-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { t } from "@/components/ui/office-text";
import { PageHead } from "@/components/ui/page-head";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { parseInstant } from "@/lib/time/instant";
import classes from "./mailbox-screen.module.css";

/** A captured mail as a list shows it; `at` is ISO 8601. */
export type MailLine = {
  readonly id: string;
  readonly at: string;
  readonly to: string;
  readonly subject: string;
};

export function sentText(at: string, reader: ScreenReader): string {
  const moment = parseInstant(at);
  return moment === undefined
    ? at
    : `${formatDateShort(moment, reader)}, ${formatTime(moment, reader)}`;
}

/** Every mail the demonstration would have sent, newest first. */
export function MailboxScreen({
  mails,
  reader,
}: {
  mails: readonly MailLine[];
  reader: ScreenReader;
}) {
  return (
    <div className={classes.mailbox}>
      <PageHead title={t("mailbox.title")} context={t("mailbox.context")} />
      {mails.length === 0 ? (
        <Blank icon={<IconMailbox size={20} stroke={1.6} />} title={t("mailbox.none")}>
          {t("mailbox.noneWhy")}
        </Blank>
      ) : (
        <ul className={classes.list}>
          {mails.map((mail) => (
            <li key={mail.id}>
              <div>
                <h2>
                  <Link href={`/mailbox/${mail.id}`} data-row>
                    {mail.subject}
                  </Link>
                </h2>
                <p>
                  {t("mailbox.to")} {mail.to}
                </p>
              </div>
              <time dateTime={mail.at}>{sentText(mail.at, reader)}</time>
            </li>
          ))}
        </ul>
      )}
      <ListKeys />
    </div>
  );
}
