import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { ExecutiveScreen } from "@/components/dashboards/executive/executive-screen";
import type { SearchParams } from "@/components/meetings/list-address";
import { t } from "@/lib/dashboards/core/executive-text";
import { findStartAddress, loadDashboardPage } from "@/lib/dashboards/loaders/page";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function ExecutivePage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/dashboards/executive"));
  if (Object.keys(params).length === 0) {
    const start = await findStartAddress("executive");
    if (start !== undefined) redirect(start);
  }
  const { zone, locale, hourCycle } = viewer;
  return (
    <ExecutiveScreen page={await loadDashboardPage("executive", { zone, locale, hourCycle })} />
  );
}
