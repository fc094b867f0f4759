import type { LeadTotals } from "@/lib/crm/core/lead-list";
import { formatMoney, formatMoneyShort } from "@/lib/crm/core/money";
import classes from "./leads.module.css";
import { t } from "./list-text";

/** What the rows of all pages come to, and what is in none of the sums. */
export function TotalsRow({
  totals,
  currency,
  locale,
}: {
  totals: LeadTotals;
  currency: string;
  locale: string;
}) {
  const { leads, baseMinor, weightedMinor, withoutRate, withoutAmount } = totals;
  const short = (minor: number) => formatMoneyShort({ minor, currency }, locale);
  return (
    <p className={classes.totals}>
      <strong>{t("totals.leads", { count: leads })}</strong>
      <span title={formatMoney({ minor: Math.round(baseMinor), currency }, locale)}>
        {short(baseMinor)}
      </span>
      <span>{t("totals.weighted", { sum: short(weightedMinor) })}</span>
      {withoutRate === 0 ? null : <span>{t("totals.withoutRate", { count: withoutRate })}</span>}
      {withoutAmount === 0 ? null : (
        <span>{t("totals.withoutAmount", { count: withoutAmount })}</span>
      )}
    </p>
  );
}

/** In their place while they are added up. */
export function TotalsAwaited() {
  return (
    <p className={classes.totals} role="status">
      {t("totals.loading")} …
    </p>
  );
}
