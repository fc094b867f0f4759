import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { StatisticsScreen } from "@/components/links/statistics-screen";
import { words } from "@/components/links/words";
import type { SearchParams } from "@/components/meetings/list-address";
import { one } from "@/components/meetings/list-address";
import { statisticsQuestion } from "@/lib/links/core/statistics";
import { loadLink, loadStatistics } from "@/lib/links/loaders";
import { loadViewer } from "@/lib/people/loaders";
import { formatDateShort } from "@/lib/time/format";
import { startOfDay } from "@/lib/time/offset";

type Props = {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export const metadata: Metadata = { title: words("statistics.title") };

export default async function StatisticsPage({ params, searchParams }: Props) {
  const [viewer, { id }, query] = await Promise.all([loadViewer(), params, searchParams]);
  if (viewer === undefined) redirect(signInPath(`/links/${encodeURIComponent(id)}/statistics`));
  const asked = statisticsQuestion.parse({
    period: one(query, "period"),
    from: one(query, "from"),
    to: one(query, "to"),
    step: one(query, "step"),
  });
  const [{ link, appUrl, since }, statistics] = await Promise.all([
    loadLink(id),
    loadStatistics(id, asked),
  ]);
  const numbers = {
    bookings: link.bookings,
    views: link.views,
    since: formatDateShort(startOfDay(since, viewer.zone), viewer),
  };
  const { period, zone, total, steps } = statistics;
  return (
    <StatisticsScreen
      link={link}
      asked={asked}
      period={period}
      zone={zone}
      total={total}
      steps={steps}
      appUrl={appUrl}
      numbers={numbers}
      reader={viewer}
    />
  );
}
