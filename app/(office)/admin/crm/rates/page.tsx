import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { RatesScreen } from "@/components/crm/set-up/rates-screen";
import { t } from "@/components/crm/set-up/set-up-text";
import { loadRates } from "@/lib/crm/loaders/set-up";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("rates.title") };

export default async function RatesPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/crm/rates"));
  return <RatesScreen {...(await loadRates())} locale={viewer.locale} />;
}
