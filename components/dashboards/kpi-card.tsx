"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { t } from "@/components/charts/chart-text";
import { Sparkline } from "@/components/charts/sparkline";
import type { Card } from "@/lib/dashboards/core/batch";
import type { FigureLook } from "@/lib/dashboards/core/figure-text";
import {
  changeOf,
  figureParts,
  figureText,
  intervalOf,
  reasonText,
} from "@/lib/dashboards/core/figure-text";
import type { Cell } from "@/lib/metrics/core/answer";
import type { Metric, MetricUnit } from "@/lib/metrics/core/metric";
import { metricOf } from "@/lib/metrics/core/registry";
import { ChangeText } from "./change";
import { InfoButton } from "./info-button";
import classes from "./kpi-card.module.css";

type Props = {
  readonly card: Card;
  /** The records behind the figure. */
  readonly href: string;
  readonly currency: string;
  /** When it was read, in words: "09:42, 20 Nov 2026". */
  readonly asOf: string;
  readonly locale?: string;
  /** Instead of the metric's own name: "Expected revenue". */
  readonly name?: string;
  /** Behind a plain number: "×"; a plus before what is above zero; digits behind the point. */
  readonly look?: Pick<FigureLook, "suffix" | "signed" | "digits">;
  /** Large, instead of the figure itself: how much it grew, its share of all. */
  readonly shown?: { readonly unit: MetricUnit; readonly cell: Cell };
  /** Instead of the comparison, where a threshold says more: "below 3× · gap S$1.88 M". */
  readonly verdict?: ReactNode;
};

function Value({ cell, look, unit }: { cell: Cell; look: FigureLook; unit: MetricUnit }) {
  const parts = figureParts(cell, unit, {
    ...look,
    // Money is short on a card, a share is not: its second step is what people look for.
    ...(unit === "ratio" ? { digits: look.digits ?? 1 } : {}),
    short: true,
  });
  const full = reasonText(cell.reason) ?? figureText(cell, unit, look);
  return (
    <p className={classes.value} title={full}>
      {parts.before === "" ? null : <small>{parts.before}</small>}
      {parts.number}
      {parts.after === "" ? null : <small>{parts.after}</small>}
    </p>
  );
}

const After = ({ text, comes }: { text: string | undefined; comes: boolean }) =>
  text === undefined ? null : `${comes ? " · " : ""}${text}`;

/** With what it is compared, or why nothing can be said; what is of few has its interval. */
function Comparison({ card, metric, look }: { card: Card; metric: Metric; look: FigureLook }) {
  const { now, before, beforeWords, note } = card;
  const reason = reasonText(now.reason);
  const few = intervalOf(now, look, metric.minN);
  const interval =
    few === null ? undefined : t("intervalShort", { n: now.n, low: few.low, high: few.high });
  const change = changeOf(now, before, { unit: metric.unit, better: metric.better, ...look });
  const former =
    before === null || before.value === null
      ? undefined
      : figureText(before, metric.unit, { ...look, short: true });
  const less = metric.better === "lower" && change !== null ? t("card.fewerIsBetter") : former;
  if (reason !== undefined) return <>{reason}</>;
  return (
    <>
      {change === null ? null : <ChangeText change={change} />}
      {change === null || beforeWords === null
        ? null
        : ` ${t("card.versus", { words: beforeWords })}`}
      <After text={interval} comes={change !== null} />
      {interval === undefined ? (
        <span className={note === undefined ? classes.former : classes.beside}>
          <After text={note ?? less} comes={change !== null} />
        </span>
      ) : null}
    </>
  );
}

function trendWords(name: string, { spark }: Card, unit: Metric["unit"], look: FigureLook): string {
  const last = spark.at(-1);
  return t(last?.partial === true ? "card.trendSoFar" : "card.trend", {
    name,
    count: spark.length,
    last: figureText(last?.value ?? null, unit, { ...look, short: true }),
  });
}

/**
 * One figure: what it is called, how much it is, how it moved and against what, how it went before, and what it means.
 * The whole card opens the records behind it.
 */
export function KpiCard({
  card,
  href,
  currency,
  asOf,
  locale = "en",
  look,
  shown,
  verdict,
  ...rest
}: Props) {
  const metric: Metric = metricOf(card.metric);
  const name = rest.name ?? metric.name;
  const written: FigureLook = { currency, locale, ...look };
  return (
    <article className={classes.card} data-metric={card.metric}>
      <h3 className={classes.name}>
        <Link href={href} prefetch={false} title={t("card.opens", { name })}>
          {name}
        </Link>
      </h3>
      <InfoButton
        metric={card.metric}
        name={name}
        cell={card.now}
        asOf={asOf}
        currency={currency}
        locale={locale}
      />
      <Value cell={shown?.cell ?? card.now} look={written} unit={shown?.unit ?? metric.unit} />
      <div className={classes.trend}>
        {card.spark.length < 2 ? null : (
          <Sparkline
            points={card.spark}
            label={trendWords(name, card, metric.unit, written)}
            fluid
          />
        )}
      </div>
      <p
        className={classes.comparison}
        data-reason={card.now.reason === undefined ? undefined : ""}
      >
        {verdict ?? <Comparison card={card} metric={metric} look={written} />}
      </p>
      {card.now.reason === undefined ? <p className={classes.note}>{card.note}</p> : null}
    </article>
  );
}

/** Cards not yet there: of the same size, so that nothing moves when they come. */
function Waiting({ count }: { count: number }) {
  return Array.from({ length: count }, (_, at) => `waiting-${at}`).map((key) => (
    <div key={key} className={classes.card} data-waiting="">
      <i className={classes.name} />
      <i className={classes.value} />
      <i className={classes.trend} />
      <i className={classes.comparison} />
      <i className={classes.note} />
    </div>
  ));
}

/**
 * Figures on one sheet with hairlines between: four in a row, or `six`, with the line of each below its words; two on a
 * phone. Without children it waits for `count` of them.
 */
export function CardGrid({
  across = "four",
  notes = across === "six" ? "below" : "beside",
  count = 8,
  stale = false,
  children,
}: {
  across?: "four" | "six";
  /** Where a card's note stands: in a line of its own, where there is no room beside the comparison. */
  notes?: "below" | "beside";
  count?: number;
  /** What is shown is of an earlier state, and on its way to be replaced. */
  stale?: boolean;
  children?: ReactNode;
}) {
  const waits = children === undefined || children === null;
  return (
    <section
      className={classes.grid}
      data-across={across}
      data-notes={notes}
      aria-label={t("card.figures")}
      aria-busy={waits || stale}
    >
      <h2 className="sr-only">{t("card.figures")}</h2>
      {waits ? <span className="sr-only">{t("card.loading")}</span> : null}
      {waits ? <Waiting count={count} /> : children}
    </section>
  );
}
