import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/admin/admin-text";
import { WebhooksScreen } from "@/components/admin/webhooks-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import { loadViewer } from "@/lib/people/loaders";
import { loadEndpoints } from "@/lib/webhooks/loaders";

export const metadata: Metadata = { title: t("webhooks.title") };

export default async function WebhooksPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/webhooks"));
  return <WebhooksScreen endpoints={await loadEndpoints()} reader={viewer} />;
}
