import type { Metadata } from "next";
import { t } from "@/components/auth/account-text";
import { BackLink } from "@/components/auth/back-link";
import { Door, DoorCard, DoorWords } from "@/components/auth/door";
import { SecondFactorForm } from "@/components/auth/second-factor-form";
import { loadOwed } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: t("secondFactor.title") };

export default async function SecondFactorPage() {
  const owed = await loadOwed();
  if (owed === undefined) {
    return (
      <Door title={t("secondFactor.over")}>
        <DoorCard>
          <DoorWords>{t("secondFactor.overWords")}</DoorWords>
        </DoorCard>
        <BackLink />
      </Door>
    );
  }
  return (
    <Door title={t("secondFactor.title")}>
      <SecondFactorForm owed={owed} />
    </Door>
  );
}
