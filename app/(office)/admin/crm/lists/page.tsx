import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { ChoicesScreen } from "@/components/crm/set-up/choices-screen";
import { t } from "@/components/crm/set-up/set-up-text";
import { loadChoices } from "@/lib/crm/loaders/set-up";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("choices.title") };

export default async function ListsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/crm/lists"));
  return <ChoicesScreen {...(await loadChoices())} locale={viewer.locale} />;
}
