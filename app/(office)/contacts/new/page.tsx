import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { PartyForm } from "@/components/crm/parties/party-form";
import { t } from "@/components/crm/parties/party-text";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadPartyForm } from "@/lib/crm/loaders/parties";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("contacts.new") };

export default async function NewContactPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/contacts/new"));
  const { fields } = await loadPartyForm("contact");
  return (
    <PartyForm
      record="contact"
      title={t("contacts.new")}
      fields={fields}
      companyName={one(params, "company")?.slice(0, 200) ?? ""}
      locale={viewer.locale}
    />
  );
}
