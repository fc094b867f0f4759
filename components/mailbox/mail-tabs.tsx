"use client";

import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "@/components/ui/office-text";

/** The same mail as three readers see it. */
export function MailTabs({
  html,
  text,
  calendar,
}: {
  html: ReactNode;
  text: ReactNode;
  calendar: ReactNode;
}) {
  return (
    <Tabs defaultValue={html === undefined ? "text" : "html"} keepMounted={false}>
      <Tabs.List aria-label={t("mailbox.views")} mb={12}>
        {html === undefined ? null : <Tabs.Tab value="html">{t("mailbox.html")}</Tabs.Tab>}
        <Tabs.Tab value="text">{t("mailbox.text")}</Tabs.Tab>
        {calendar === undefined ? null : (
          <Tabs.Tab value="calendar">{t("mailbox.calendar")}</Tabs.Tab>
        )}
      </Tabs.List>
      <Tabs.Panel value="html">{html}</Tabs.Panel>
      <Tabs.Panel value="text">{text}</Tabs.Panel>
      <Tabs.Panel value="calendar">{calendar}</Tabs.Panel>
    </Tabs>
  );
}
