import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { StrategicScreen } from "@/components/dashboards/strategic/strategic-screen";
import type { SearchParams } from "@/components/meetings/list-address";
import { t } from "@/lib/dashboards/core/strategic-text";
import { findStartAddress, loadDashboardPage } from "@/lib/dashboards/loaders/page";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function StrategicPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/dashboards/strategic"));
  if (Object.keys(params).length === 0) {
    const start = await findStartAddress("strategic");
    if (start !== undefined) redirect(start);
  }
  const { zone, locale, hourCycle } = viewer;
  return (
    <StrategicScreen page={await loadDashboardPage("strategic", { zone, locale, hourCycle })} />
  );
}
