import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { BackLink } from "@/components/auth/back-link";
import { Door, DoorCard, DoorWords } from "@/components/auth/door";
import { ResetForm } from "@/components/auth/link-forms";
import { tokenIn } from "@/components/auth/search-token";
import type { SearchParams } from "@/components/meetings/list-address";
import { loadResetLink } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: t("reset.title") };

export default async function ResetPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const token = tokenIn(await searchParams);
  const link = await loadResetLink(token);
  if (link === undefined) {
    return (
      <Door title={t("link.gone")}>
        <DoorCard>
          <DoorWords>{t("link.goneWords")}</DoorWords>
        </DoorCard>
        <BackLink href="/sign-in/forgotten" label={t("link.again")} />
      </Door>
    );
  }
  return (
    <Door title={t("reset.title")}>
      <ResetForm token={token} email={link.email} />
    </Door>
  );
}
