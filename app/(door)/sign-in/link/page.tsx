import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { BackLink } from "@/components/auth/back-link";
import { Door, DoorCard, DoorWords } from "@/components/auth/door";
import { OpenLinkForm } from "@/components/auth/link-forms";
import { tokenIn } from "@/components/auth/search-token";
import type { SearchParams } from "@/components/meetings/list-address";
import { loadSignInLink } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: t("link.title") };

/** Where a mailed sign-in link leads. Looking at it uses nothing up. */
export default async function SignInLinkPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const token = tokenIn(await searchParams);
  const state = await loadSignInLink(token);
  if (state === "ready") {
    return (
      <Door title={t("link.title")}>
        <OpenLinkForm token={token} />
        <BackLink />
      </Door>
    );
  }
  return (
    <Door title={t(`link.${state}`)}>
      <DoorCard>
        <DoorWords>{t(`link.${state}Words`)}</DoorWords>
      </DoorCard>
      <BackLink href="/sign-in/email" label={t("link.again")} />
    </Door>
  );
}
