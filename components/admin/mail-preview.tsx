"use client";

import { Tabs } from "@mantine/core";
import { SectionHead } from "@/components/ui/page-head";
import type { MailPreview } from "@/lib/mailroom/core/mail-answers";
import { t } from "./mail-text";
import classes from "./template.module.css";

/** One mail as its reader would get it: the page in a closed frame, its text twin, its calendar file. */
export function MailPreviewPane({
  seen,
  trouble,
}: {
  seen: MailPreview | undefined;
  trouble: string | undefined;
}) {
  return (
    <section className={classes.preview} aria-labelledby="h-preview">
      <SectionHead id="h-preview" title={t("templates.preview")} />
      {trouble === undefined ? null : <p role="alert">{trouble}</p>}
      {seen === undefined ? (
        <p className={classes.words} role="status">
          {t("templates.working")}
        </p>
      ) : (
        <>
          <dl className={classes.subject}>
            <dt>{t("templates.subjectIs")}</dt>
            <dd>{seen.subject}</dd>
          </dl>
          <Tabs defaultValue="mail" keepMounted={false}>
            <Tabs.List aria-label={t("templates.previewOf")} mb={12}>
              <Tabs.Tab value="mail">{t("templates.mail")}</Tabs.Tab>
              <Tabs.Tab value="text">{t("templates.text")}</Tabs.Tab>
              {seen.calendar === null ? null : (
                <Tabs.Tab value="calendar">{t("templates.calendar")}</Tabs.Tab>
              )}
            </Tabs.List>
            <Tabs.Panel value="mail">
              <iframe
                className={classes.frame}
                title={t("templates.previewOf")}
                // No scripts, no forms, no way out: its links lead nowhere.
                sandbox=""
                srcDoc={seen.html}
              />
            </Tabs.Panel>
            <Tabs.Panel value="text">
              <pre className={classes.source}>{seen.text}</pre>
            </Tabs.Panel>
            <Tabs.Panel value="calendar">
              <pre className={classes.source}>{seen.calendar}</pre>
            </Tabs.Panel>
          </Tabs>
        </>
      )}
    </section>
  );
}
