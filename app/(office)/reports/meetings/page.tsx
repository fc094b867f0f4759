import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { ReportScreen } from "@/components/reports/report-screen";
import { loadViewer } from "@/lib/people/loaders";
import { t } from "@/lib/reports/core/report-text";
import { loadReport } from "@/lib/reports/loaders";
import { parseCalendarDate } from "@/lib/time/calendar-date";

export const metadata: Metadata = { title: t("title") };

export default async function ReportPage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const [viewer, params] = await Promise.all([loadViewer(), searchParams]);
  if (viewer === undefined) redirect(signInPath("/reports/meetings"));
  const report = await loadReport({
    from: parseCalendarDate(one(params, "from") ?? ""),
    to: parseCalendarDate(one(params, "to") ?? ""),
  });
  return <ReportScreen report={report} reader={viewer} />;
}
