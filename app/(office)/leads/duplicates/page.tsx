import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { DuplicatesScreen } from "@/components/crm/merge/duplicates-screen";
import { t } from "@/components/crm/merge/merge-text";
import { loadDuplicates } from "@/lib/crm/loaders/duplicates";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("duplicates.title") };

export default async function DuplicatesPage() {
  if ((await loadViewer()) === undefined) redirect(signInPath("/leads/duplicates"));
  return <DuplicatesScreen view={await loadDuplicates()} />;
}
