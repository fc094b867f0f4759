import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { partyAsked } from "@/components/crm/parties/party-address";
import { PartyList } from "@/components/crm/parties/party-list";
import { t } from "@/components/crm/parties/party-text";
import type { SearchParams } from "@/components/meetings/list-address";
import { loadParties } from "@/lib/crm/loaders/parties";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("contacts.title") };

export default async function ContactListPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/contacts"));
  const asked = partyAsked(params);
  const { scope, ...page } = await loadParties("contact", asked);
  return (
    <PartyList record="contact" asked={asked} page={page} scope={scope} locale={viewer.locale} />
  );
}
