import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { CalendarsScreen } from "@/components/calendars/calendars-screen";
import { t } from "@/components/calendars/calendars-text";
import { SettingsPage } from "@/components/settings/settings-page";
import { loadOwnCalendars } from "@/lib/calendars/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("page") };

export default async function CalendarsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/settings/calendars"));
  return (
    <SettingsPage title={t("page")} context={t("context")}>
      <CalendarsScreen {...(await loadOwnCalendars())} reader={viewer} />
    </SettingsPage>
  );
}
