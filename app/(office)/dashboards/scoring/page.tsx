import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signInPath } from "@/components/auth/sign-in-path";
import { t } from "@/components/forecasting/forecasting-text";
import { ScoreScreen } from "@/components/forecasting/score-screen";
import { loadScorePage } from "@/lib/forecasting/loaders";
import { loadViewer } from "@/lib/people/loaders";

export const metadata: Metadata = { title: t("score.title") };

export default async function ScoringPage() {
  const viewer = await loadViewer();
  if (viewer === undefined) redirect(signInPath("/dashboards/scoring"));
  const { locale, zone } = viewer;
  return <ScoreScreen page={await loadScorePage()} reader={{ locale, zone }} />;
}
