import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { PartyForm } from "@/components/crm/parties/party-form";
import { t } from "@/components/crm/parties/party-text";
import { loadCompany } from "@/lib/crm/loaders/parties";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("companies.edit") };

export default async function EditCompanyPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/companies/${encodeURIComponent(id)}/edit`));
  const { company, fields, sellers, permitted } = await loadCompany(id);
  if (!permitted.includes("party.change") || company.deletedAt !== null) notFound();
  return (
    <PartyForm
      record="company"
      title={t("companies.edit")}
      party={company}
      fields={fields}
      sellers={sellers}
      locale={viewer.locale}
    />
  );
}
