import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { PartyForm } from "@/components/crm/parties/party-form";
import { t } from "@/components/crm/parties/party-text";
import { loadPartyForm } from "@/lib/crm/loaders/parties";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("companies.new") };

export default async function NewCompanyPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/companies/new"));
  const { fields, sellers } = await loadPartyForm("company");
  return (
    <PartyForm
      record="company"
      title={t("companies.new")}
      fields={fields}
      sellers={sellers}
      locale={viewer.locale}
    />
  );
}
