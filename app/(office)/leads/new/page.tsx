import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { NewLeadScreen } from "@/components/crm/new/new-lead-screen";
import { t } from "@/components/crm/new/new-text";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadNewLead } from "@/lib/crm/loaders/new-lead";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

const GIVEN = ["name", "companyName", "contactName", "email", "stageId"] as const;

export default async function NewLeadPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/leads/new"));
  const view = await loadNewLead();
  const given = Object.fromEntries(
    GIVEN.flatMap((name) => {
      const value = one(params, name)?.slice(0, 200);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  return <NewLeadScreen view={view} given={given} />;
}
