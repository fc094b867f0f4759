import type { MetricId } from "@/lib/metrics/core/registry";
import { metricOf } from "@/lib/metrics/core/registry";
import { t } from "./metrics-text";

export type Rule = { readonly label: string; readonly text: string };

/** What a figure's number rests on, line by line; what does not apply to it is not there. */
export function rulesOf(id: MetricId): readonly Rule[] {
  const { kind, unit, better, nulls, currency, attribution, maturityDays, minN } = metricOf(id);
  return [
    { label: t("kind"), text: t(`kindOf.${kind}`) },
    { label: t("unit"), text: t(`unitOf.${unit}`) },
    { label: t("better"), text: t(`betterOf.${better}`) },
    { label: t("nulls"), text: nulls },
    ...(currency === undefined ? [] : [{ label: t("currency"), text: currency }]),
    { label: t("attribution"), text: attribution },
    ...(maturityDays === undefined
      ? []
      : [{ label: t("maturity"), text: t("maturityDays", { count: maturityDays }) }]),
    ...(minN === 0 ? [] : [{ label: t("small"), text: t("smallN", { count: minN }) }]),
    { label: t("api"), text: `/api/v1/metrics/${id}` },
  ];
}
