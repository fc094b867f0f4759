import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { MailNav } from "@/components/admin/mail-nav";
import { t } from "@/components/admin/mail-text";
import { SuppressionScreen } from "@/components/admin/suppression-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadMailroomPages, loadSuppressions } from "@/lib/mailroom/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("suppressions.title") };

export default async function SuppressionsPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/admin/mail/suppressions"));
  const search = (one(params, "search") ?? "").trim();
  const suppressions = await loadSuppressions(search);
  return (
    <>
      <MailNav permitted={await loadMailroomPages()} />
      <SuppressionScreen suppressions={suppressions} search={search} reader={viewer} />
    </>
  );
}
