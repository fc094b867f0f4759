import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { DRILL_COLUMNS_COOKIE, drillColumnsOf } from "@/components/dashboards/drill/drill-columns";
import { DrillScreen } from "@/components/dashboards/drill/drill-screen";
import { t } from "@/components/dashboards/drill/metrics-text";
import { loadMetricPage } from "@/lib/dashboards/loaders/metric-page";
import { isMetricId, metricOf } from "@/lib/metrics/core/registry";
import { loadViewer } from "@/lib/people/loaders";

type Props = {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  return { title: isMetricId(id) ? metricOf(id).name : t("title") };
}

export default async function MetricPage({ params, searchParams }: Props) {
  const [{ id }, said, viewer, jar] = await Promise.all([
    params,
    searchParams,
    loadViewer(),
    cookies(),
  ]);
  if (viewer === undefined) redirect(signInPath(`/metrics/${id}`));
  const query = new URLSearchParams(
    Object.entries(said).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
  );
  const data = await loadMetricPage(id, query);
  const { zone, locale, hourCycle } = viewer;
  return (
    <DrillScreen
      data={data}
      reader={{ zone, locale, hourCycle }}
      columns={drillColumnsOf(jar.get(DRILL_COLUMNS_COOKIE)?.value)}
    />
  );
}
