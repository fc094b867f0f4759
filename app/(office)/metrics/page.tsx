import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { DictionaryScreen } from "@/components/dashboards/drill/dictionary-screen";
import { t } from "@/components/dashboards/drill/metrics-text";
import { getMetricReader } from "@/lib/dashboards/loaders/metric-page";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("title") };

export default async function MetricsPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/metrics"));
  await getMetricReader();
  return <DictionaryScreen />;
}
