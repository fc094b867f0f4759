import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { t } from "@/components/people/people-text";
import { PhotoField } from "@/components/settings/photo-field";
import { ProfileForm } from "@/components/settings/profile-form";
import { SettingsPage } from "@/components/settings/settings-page";
import { loadProfile, loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("profile.page") };

export default async function ProfilePage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/settings"));
  const profile = await loadProfile();
  return (
    <SettingsPage title={t("profile.page")} context={t("profile.context", { email: viewer.email })}>
      <PhotoField name={profile.name} photoId={profile.photoId} />
      <ProfileForm profile={profile} />
    </SettingsPage>
  );
}
