import Link from "next/link";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { ScorePanel } from "@/lib/forecasting/core/panel";
import classes from "./forecasting.module.css";
import { t } from "./forecasting-text";
import { Reasons } from "./reasons";

/** A lead's score and what moves it, beside the lead. */
export function LeadScore({
  score,
  locale,
}: {
  score: Pick<ScorePanel["top"][number], "score" | "reasons">;
  locale: string;
}) {
  const share = figureText(score.score, "ratio", { currency: "", locale, digits: 0 });
  return (
    <section className={classes.lead} aria-label={t("lead.title")}>
      <h2>{t("lead.title")}</h2>
      <p>{t("lead.score", { score: share })}</p>
      <Reasons reasons={score.reasons} />
      <Link href="/dashboards/scoring">{t("lead.more")}</Link>
    </section>
  );
}
