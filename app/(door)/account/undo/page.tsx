import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { BackLink } from "@/components/auth/back-link";
import { Door, DoorCard, DoorWords } from "@/components/auth/door";
import { EmailForm } from "@/components/auth/link-forms";
import { tokenIn } from "@/components/auth/search-token";
import type { SearchParams } from "@/components/meetings/list-address";
import { loadEmailLink } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: t("email.undoTitle") };

export default async function UndoEmailPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const token = tokenIn(await searchParams);
  const link = await loadEmailLink(token, "email-undo");
  if (link === undefined) {
    return (
      <Door title={t("email.gone")}>
        <DoorCard>
          <DoorWords>{t("email.goneWords")}</DoorWords>
        </DoorCard>
        <BackLink label={t("email.signIn")} />
      </Door>
    );
  }
  return (
    <Door title={t("email.undoTitle")}>
      <EmailForm token={token} email={link.newEmail} purpose="email-undo" />
    </Door>
  );
}
