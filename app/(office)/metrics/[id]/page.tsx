import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { Suspense } from "react";
import { signInPath } from "@/components/auth/sign-in-path";
import { DRILL_COLUMNS_COOKIE, drillColumnsOf } from "@/components/dashboards/drill/drill-columns";
import { DrillScreen } from "@/components/dashboards/drill/drill-screen";
import { t } from "@/components/dashboards/drill/metrics-text";
import { ListSkeleton } from "@/components/ui/list-skeleton";
import { getMetricReader, loadMetricPage } from "@/lib/dashboards/loaders/metric-page";
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

async function Figure({ id, query }: { id: string; query: URLSearchParams }) {
  const [data, viewer, jar] = await Promise.all([
    loadMetricPage(id, query),
    loadViewer(),
    cookies(),
  ]);
  if (viewer === undefined) redirect(signInPath(`/metrics/${id}`));
  const { zone, locale, hourCycle } = viewer;
  return (
    <DrillScreen
      data={data}
      reader={{ zone, locale, hourCycle }}
      columns={drillColumnsOf(jar.get(DRILL_COLUMNS_COOKIE)?.value)}
    />
  );
}

export default async function MetricPage({ params, searchParams }: Props) {
  const [{ id }, said, viewer] = await Promise.all([params, searchParams, loadViewer()]);
  if (viewer === undefined) redirect(signInPath(`/metrics/${id}`));
  // Who may not, and what there is not, is answered before anything is sent.
  await getMetricReader();
  if (!isMetricId(id)) notFound();
  const query = new URLSearchParams(
    Object.entries(said).flatMap(([name, value]) =>
      [value ?? []].flat().map((one): [string, string] => [name, one]),
    ),
  );
  return (
    <Suspense fallback={<ListSkeleton rows={14} />}>
      <Figure id={id} query={query} />
    </Suspense>
  );
}
