import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { MergePartyScreen } from "@/components/crm/merge/merge-party-screen";
import { t } from "@/components/crm/merge/merge-text";
import { loadPartyMerge } from "@/lib/crm/loaders/merge-party";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("compare") };

export default async function MergeCompanyPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/companies/${encodeURIComponent(id)}/merge`));
  const view = await loadPartyMerge("company", id);
  return <MergePartyScreen key={view.survivor.id} view={view} reader={viewer} />;
}
