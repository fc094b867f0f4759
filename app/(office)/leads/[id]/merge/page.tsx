import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { MergeScreen } from "@/components/crm/merge/merge-screen";
import { t } from "@/components/crm/merge/merge-text";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadMerge } from "@/lib/crm/loaders/merge";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("compare") };

export default async function MergePage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, { id }, asked] = await Promise.all([loadViewer(), params, searchParams]);
  if (viewer === undefined) redirect(signInPath(`/leads/${encodeURIComponent(id)}/merge`));
  const view = await loadMerge(id, one(asked, "with"));
  return <MergeScreen key={view.survivor.lead.id} view={view} reader={viewer} />;
}
