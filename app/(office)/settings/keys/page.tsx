import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { t } from "@/components/people/people-text";
import { ApiKeys } from "@/components/settings/api-keys";
import { SettingsPage } from "@/components/settings/settings-page";
import { loadApiKeys, loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("keys.page") };

export default async function KeysPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/settings/keys"));
  return (
    <SettingsPage title={t("keys.page")} context={t("keys.context")}>
      <ApiKeys keys={await loadApiKeys()} reader={viewer} />
    </SettingsPage>
  );
}
