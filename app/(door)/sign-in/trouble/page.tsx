import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { BackLink } from "@/components/auth/back-link";
import { Door, DoorCard, DoorWords } from "@/components/auth/door";
import type { SearchParams } from "@/components/meetings/list-address";
import { loadProviders } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: t("trouble.signIn") };

const REASONS = [
  "not-joined",
  "no-step",
  "declined",
  "not-genuine",
  "unreachable",
  "invitation",
  "taken",
] as const;

/** Why a round trip to an identity provider ended without a sign-in, and what to do instead. */
export default async function TroublePage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const { why, provider } = await searchParams;
  const reason = REASONS.find((one) => one === why) ?? "no-step";
  const name = loadProviders().find(({ id }) => id === provider)?.name ?? "The provider";
  return (
    <Door title={t(`trouble.${reason}`, { provider: name })}>
      <DoorCard>
        <DoorWords>{t(`trouble.${reason}-words`, { provider: name })}</DoorWords>
      </DoorCard>
      <BackLink label={t("trouble.signIn")} />
    </Door>
  );
}
