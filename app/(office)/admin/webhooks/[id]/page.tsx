import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/admin/admin-text";
import { WebhookScreen } from "@/components/admin/webhook-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import { loadViewer } from "@/lib/people/loaders";
import { loadEndpoint } from "@/lib/webhooks/loaders";

export const metadata: Metadata = { title: t("webhooks.title") };

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/admin/webhooks/${encodeURIComponent(id)}`));
  return <WebhookScreen {...(await loadEndpoint(id))} reader={viewer} />;
}
