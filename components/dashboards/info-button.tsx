"use client";

import { Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import Link from "next/link";
import { t } from "@/components/charts/chart-text";
import { figureText, intervalOf, reasonText } from "@/lib/dashboards/core/figure-text";
import type { Cell } from "@/lib/metrics/core/answer";
import type { Metric, MetricUnit } from "@/lib/metrics/core/metric";
import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import classes from "./info-button.module.css";

function Line({ name, children }: { name: string; children: string | undefined }) {
  return children === undefined ? null : (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

const exactUnits: readonly MetricUnit[] = ["money", "money_per_day"];

/**
 * What a figure means, how many rows stand behind it, and how sure and how old it is. `cell` is the figure the button
 * stands beside, `asOf` when it was read, in words.
 */
export function InfoButton({
  metric: id,
  name,
  cell,
  asOf,
  currency,
  locale = "en",
}: {
  metric: MetricId;
  name: string;
  cell: Cell;
  asOf: string;
  currency: string;
  locale?: string;
}) {
  const metric: Metric = metricOf(id);
  const look = { currency, locale };
  const range = intervalOf(cell, look);
  const exact = exactUnits.includes(metric.unit) && cell.value !== null;
  return (
    <Popover width={320} position="bottom-end" shadow="md" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={classes.info} aria-label={t("card.about", { name })}>
          <IconInfoCircle size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("card.about", { name })}>
        <div className={classes.words}>
          <p>{metric.words}</p>
          <code>{metric.formula}</code>
          <dl>
            <Line name={t("card.exact")}>
              {exact ? figureText(cell, metric.unit, look) : reasonText(cell.reason)}
            </Line>
            <Line name={t("card.rows")}>{figureText(cell.n, "count", look)}</Line>
            <Line name={t("card.interval")}>
              {range === null ? undefined : `${range.low}–${range.high}`}
            </Line>
            <Line name={t("card.whose")}>{metric.attribution}</Line>
            <Line name={t("card.missing")}>{metric.nulls}</Line>
            <Line name={t("card.currency")}>{metric.currency}</Line>
            <Line name={t("card.asOf")}>{asOf}</Line>
          </dl>
          <Link href={`/metrics/${id}`} className="link">
            {t("card.definition")}
          </Link>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
