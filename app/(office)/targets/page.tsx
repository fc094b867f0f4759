import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { TargetsScreen } from "@/components/crm/targets/targets-screen";
import { t } from "@/components/crm/targets/targets-text";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { targetQuestion } from "@/lib/crm/core/target";
import { loadTargets } from "@/lib/crm/loaders/set-up";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function TargetsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/targets"));
  const asked = targetQuestion.safeParse({ year: one(params, "year") });
  const loaded = await loadTargets(asked.data?.year);
  const measure = one(params, "measure") === "deals" ? "deals" : "amount";
  return <TargetsScreen {...loaded} key={loaded.year} measure={measure} locale={viewer.locale} />;
}
