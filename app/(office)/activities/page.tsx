import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { DayScreen } from "@/components/crm/activities/day-screen";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { t } from "@/lib/crm/core/activity-text";
import { whoseOf } from "@/lib/crm/core/my-day";
import { loadMyDay } from "@/lib/crm/loaders/activities";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("page.title") };

export default async function ActivitiesPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/activities"));
  const day = await loadMyDay(whoseOf(one(params, "who")), viewer.zone);
  const { zone, locale, hourCycle } = viewer;
  return <DayScreen day={day} reader={{ zone, locale, hourCycle }} />;
}
