import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { PartyForm } from "@/components/crm/parties/party-form";
import { t } from "@/components/crm/parties/party-text";
import { loadContact } from "@/lib/crm/loaders/parties";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("contacts.edit") };

export default async function EditContactPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/contacts/${encodeURIComponent(id)}/edit`));
  const { contact, company, fields, permitted } = await loadContact(id);
  if (!permitted.includes("party.change") || contact.deletedAt !== null) notFound();
  return (
    <PartyForm
      record="contact"
      title={t("contacts.edit")}
      party={contact}
      fields={fields}
      companyName={company?.name ?? ""}
      locale={viewer.locale}
    />
  );
}
