import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { PipelinesScreen } from "@/components/crm/set-up/pipelines-screen";
import { t } from "@/components/crm/set-up/set-up-text";
import { loadPipelines } from "@/lib/crm/loaders/set-up";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("pipelines.title") };

export default async function PipelinesPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/crm/pipelines"));
  return <PipelinesScreen pipelines={await loadPipelines()} />;
}
