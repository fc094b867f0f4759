import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { RulesScreen } from "@/components/crm/set-up/rules-screen";
import { t } from "@/components/crm/set-up/set-up-text";
import type { SearchParams } from "@/components/meetings/list-address";
import { imaginedLead } from "@/lib/crm/core/rule-form";
import { loadRules } from "@/lib/crm/loaders/set-up";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("rules.title") };

export default async function RulesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/admin/crm/rules"));
  const imagined = params.try === undefined ? undefined : imaginedLead.parse(params);
  return <RulesScreen {...(await loadRules(imagined))} imagined={imagined} />;
}
