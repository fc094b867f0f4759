import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/admin/admin-text";
import { PrivacyScreen } from "@/components/admin/privacy-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import { loadViewer } from "@/lib/people/loaders";
import { loadPrivacy } from "@/lib/privacy/loaders";

export const metadata: Metadata = { title: t("privacy.title") };

export default async function PrivacyPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/privacy"));
  const { erasures, plan } = await loadPrivacy();
  return <PrivacyScreen erasures={erasures} plan={plan} reader={viewer} />;
}
