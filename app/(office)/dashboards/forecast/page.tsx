import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { ForecastScreen } from "@/components/forecasting/forecast-screen";
import { t } from "@/components/forecasting/forecasting-text";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { REACHES } from "@/lib/forecasting/core/page";
import { loadForecastPage } from "@/lib/forecasting/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("forecast.title") };

export default async function ForecastPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/dashboards/forecast"));
  const until = one(params, "until");
  const page = await loadForecastPage({
    team: one(params, "team"),
    reach: REACHES.find((known) => known === until) ?? "quarter",
  });
  const { locale, zone } = viewer;
  return <ForecastScreen page={page} reader={{ locale, zone }} />;
}
