import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { BackLink } from "@/components/auth/back-link";
import { Door, DoorCard, DoorWords } from "@/components/auth/door";
import { InvitationForm } from "@/components/auth/link-forms";
import { tokenIn } from "@/components/auth/search-token";
import type { SearchParams } from "@/components/meetings/list-address";
import { loadInvitation, loadProviders } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: t("invitation.submit") };

export default async function InvitationPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const token = tokenIn(await searchParams);
  const invitation = await loadInvitation(token);
  if (invitation === undefined) {
    return (
      <Door title={t("invitation.gone")}>
        <DoorCard>
          <DoorWords>{t("invitation.goneWords")}</DoorWords>
        </DoorCard>
        <BackLink label={t("invitation.signIn")} />
      </Door>
    );
  }
  const { workspaceName, name, email } = invitation;
  return (
    <Door title={t("invitation.title", { workspace: workspaceName })}>
      <InvitationForm token={token} name={name} email={email} providers={loadProviders()} />
    </Door>
  );
}
