import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { FieldsScreen } from "@/components/crm/set-up/fields-screen";
import { t } from "@/components/crm/set-up/set-up-text";
import { loadFields } from "@/lib/crm/loaders/set-up";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("fields.title") };

export default async function FieldsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/admin/crm/fields"));
  return <FieldsScreen fields={await loadFields()} />;
}
