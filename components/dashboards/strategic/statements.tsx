import { IconChartPie, IconGauge, IconTrendingDown } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { View } from "@/components/dashboards/executive/view";
import { inTable, wholeSpanOf } from "@/components/dashboards/executive/view";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type {
  ConcentrationStatement,
  CoverageStatement,
  RiskBlock,
  WinRateStatement,
} from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import classes from "./strategic.module.css";

const times = (value: number | null): string =>
  figureText(value, "number", { currency: "", digits: 2, suffix: "×" });

/** 300 is "3×". */
const threshold = (percent: number): string =>
  figureText(percent / 100, "number", {
    currency: "",
    digits: percent % 100 === 0 ? 0 : 1,
    suffix: "×",
  });

function coverageWords(said: CoverageStatement | null, view: View): string {
  if (said === null) return t("say.coverage.noTarget", { span: wholeSpanOf(view) });
  const { coverage, gap, furthest } = said;
  const words =
    coverage.value === null
      ? t("say.coverage.met", { span: wholeSpanOf(view) })
      : t(
          coverage.value * 100 < said.thresholdPercent ? "say.coverage.gap" : "say.coverage.enough",
          {
            times: times(coverage.value),
            gap: inTable(view, gap, "money"),
            threshold: threshold(said.thresholdPercent),
          },
        );
  if (furthest === null) return words;
  const team = {
    team: furthest.team.name,
    gap: inTable(view, furthest.gapMinor, "money"),
  };
  return `${words} ${t("say.coverage.furthest", team)}`;
}

function winRateWords(said: WinRateStatement | null, view: View): string {
  if (said === null) return t("say.winRate.nothing");
  const percent = (ratio: number) => inTable(view, ratio, "ratio");
  const words = t("say.winRate.rate", {
    team: said.of.name,
    rate: percent(said.n === 0 ? 0 : said.hits / said.n),
    n: said.n,
    before: percent(said.beforeN === 0 ? 0 : said.beforeHits / said.beforeN),
    beforeN: said.beforeN,
    low: percent(said.low),
    high: percent(said.high),
  });
  return `${words} ${t(`say.winRate.${said.verdict}`)}`;
}

function concentrationWords(said: ConcentrationStatement | null, view: View): string {
  if (said === null) return t("say.concentration.nothing");
  const percent = (ratio: number) => inTable(view, ratio, "ratio");
  const words = t("say.concentration.top", {
    largest: said.largest,
    top: percent(said.top),
    ten: percent(said.topTen),
    hhi: figureText(said.hhi, "number", { currency: "", digits: 3 }),
  });
  const over = said.top * 100 > said.thresholdPercent;
  return `${words} ${t(over ? "say.concentration.over" : "say.concentration.within", { threshold: `${said.thresholdPercent}\u202f%` })}`;
}

function Statement({
  icon,
  tone,
  title,
  href,
  children,
}: {
  icon: ReactNode;
  tone: "warn" | "plain";
  title: string;
  href: string;
  children: string;
}) {
  return (
    <li data-tone={tone}>
      {icon}
      <p>
        <Link href={href} prefetch={false}>
          {title}
        </Link>{" "}
        {children}
      </p>
    </li>
  );
}

/** What is said of the pipeline as a whole; each opens the figure it is made of. */
export function Statements({
  data,
  view,
  hrefs,
}: {
  data: RiskBlock;
  view: View;
  hrefs: Readonly<Record<"coverage" | "winRate" | "concentration", string>>;
}) {
  const { coverage, winRate, concentration } = data;
  const short =
    coverage !== null &&
    coverage.coverage.value !== null &&
    coverage.coverage.value * 100 < coverage.thresholdPercent;
  const over = concentration !== null && concentration.top * 100 > concentration.thresholdPercent;
  return (
    <ul className={classes.statements}>
      <Statement
        icon={<IconGauge size={16} aria-hidden />}
        tone={short ? "warn" : "plain"}
        title={t("say.coverage.title")}
        href={hrefs.coverage}
      >
        {coverageWords(coverage, view)}
      </Statement>
      <Statement
        icon={<IconTrendingDown size={16} aria-hidden />}
        tone={winRate?.verdict === "dropped" ? "warn" : "plain"}
        title={t("say.winRate.title")}
        href={hrefs.winRate}
      >
        {winRateWords(winRate, view)}
      </Statement>
      <Statement
        icon={<IconChartPie size={16} aria-hidden />}
        tone={over ? "warn" : "plain"}
        title={t("say.concentration.title")}
        href={hrefs.concentration}
      >
        {concentrationWords(concentration, view)}
      </Statement>
    </ul>
  );
}
