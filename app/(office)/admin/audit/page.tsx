import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { t } from "@/components/admin/admin-text";
import { AuditScreen } from "@/components/admin/audit-screen";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { loadViewer } from "@/lib/people/loaders";
import { loadAuditPage } from "@/lib/workspace/loaders";
import { auditQuestion } from "@/lib/workspace/schema";

export const metadata: Metadata = { title: t("audit.title") };

const NAMES = ["person", "action", "subject", "from", "to", "after"] as const;

export default async function AuditLogPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/admin/audit"));
  // An old or mistyped address still shows a log: the whole one.
  const read = auditQuestion.safeParse(
    Object.fromEntries(NAMES.map((name) => [name, one(params, name) || undefined])),
  );
  const asked = read.success ? read.data : {};
  const page = await loadAuditPage(asked, viewer.zone);
  return <AuditScreen asked={asked} page={page} reader={viewer} />;
}
