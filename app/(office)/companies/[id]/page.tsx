import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { CompanyPage } from "@/components/crm/parties/party-page";
import { t } from "@/components/crm/parties/party-text";
import { loadCompany } from "@/lib/crm/loaders/parties";
import { loadViewer } from "@/lib/people/loaders";

type Props = { readonly params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) return { title: t("companies.title") };
  return { title: (await loadCompany(id)).company.name };
}

export default async function CompanyDetailPage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/companies/${encodeURIComponent(id)}`));
  const view = await loadCompany(id);
  // Who was merged into another one is found there.
  if (view.company.id !== id.toLowerCase()) redirect(`/companies/${view.company.id}`);
  return <CompanyPage view={view} reader={viewer} />;
}
