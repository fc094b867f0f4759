import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { ReceivedMails } from "@/components/dashboards/received-mails";
import { t } from "@/components/people/people-text";
import { NotificationsForm } from "@/components/settings/notifications-form";
import { RemindersForm } from "@/components/settings/reminders-form";
import { SettingsPage } from "@/components/settings/settings-page";
import { loadReceivedMails } from "@/lib/dashboards/loaders/mails";
import { loadReminders } from "@/lib/mailroom/loaders";
import { loadNotificationSwitches, loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("notifications.page") };

export default async function NotificationsPage() {
  if ((await loadViewer()) === undefined) redirect(signInPath("/settings/notifications"));
  return (
    <SettingsPage title={t("notifications.page")} context={t("notifications.context")}>
      <NotificationsForm on={await loadNotificationSwitches()} />
      <RemindersForm minutes={await loadReminders()} />
      <ReceivedMails mails={await loadReceivedMails()} />
    </SettingsPage>
  );
}
