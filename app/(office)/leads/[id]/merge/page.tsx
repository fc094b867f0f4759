import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { MergeScreen } from "@/components/crm/merge/merge-screen";
import { t } from "@/components/crm/merge/merge-text";
import { loadMerge } from "@/lib/crm/loaders/merge";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("compare") };

export default async function MergePage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/leads/${encodeURIComponent(id)}/merge`));
  const view = await loadMerge(id);
  return <MergeScreen key={view.survivor.lead.id} view={view} reader={viewer} />;
}
