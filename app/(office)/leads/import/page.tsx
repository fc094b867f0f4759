import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { t } from "@/components/crm/import/import-text";
import { ImportsScreen } from "@/components/crm/import/imports-screen";
import { loadImports } from "@/lib/crm/loaders/import";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function ImportsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/leads/import"));
  return <ImportsScreen runs={await loadImports()} reader={viewer} />;
}
