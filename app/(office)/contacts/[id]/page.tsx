import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { ContactPage } from "@/components/crm/parties/party-page";
import { t } from "@/components/crm/parties/party-text";
import { loadContact } from "@/lib/crm/loaders/parties";
import { loadViewer } from "@/lib/people/loaders";

type Props = { readonly params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) return { title: t("contacts.title") };
  return { title: (await loadContact(id)).contact.name };
}

export default async function ContactDetailPage({ params }: Props) {
  const [viewer, { id }] = await Promise.all([loadViewer(), params]);
  if (viewer === undefined) redirect(signInPath(`/contacts/${encodeURIComponent(id)}`));
  const view = await loadContact(id);
  // Who was merged into another one is found there.
  if (view.contact.id !== id.toLowerCase()) redirect(`/contacts/${view.contact.id}`);
  return <ContactPage view={view} reader={viewer} />;
}
