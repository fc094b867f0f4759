import Link from "next/link";
import { PageHead } from "@/components/ui/page-head";
import type { CurrencyRates } from "@/lib/crm/core/rate-input";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { MoneyPart } from "./money-part";
import { AddRate, CurrencyPart, PasteRates } from "./rate-parts";
import classes from "./set-up.module.css";
import { t } from "./set-up-text";

/** What each currency is worth from which day on, what waits for a rate, and in what the workspace counts. */
export function RatesScreen({
  currency,
  fiscalStart,
  currencies,
  today,
  locale,
}: {
  currency: string;
  fiscalStart: number;
  currencies: readonly CurrencyRates[];
  today: CalendarDate;
  locale: string;
}) {
  const waiting = currencies.filter((one) => one.waiting > 0);
  return (
    <div className={classes.screen}>
      <PageHead title={t("rates.title")} context={t("rates.context", { currency })} />
      {waiting.length === 0 ? null : (
        <section className={classes.part} aria-label={t("rates.waiting")}>
          <h2>{t("rates.waiting")}</h2>
          <p className={classes.help}>{t("rates.waitingHelp")}</p>
          <ul className={classes.lines}>
            {waiting.map((one) => (
              <li key={one.currency} className={classes.line}>
                <div className={classes.content}>
                  <b>{one.currency}</b>
                  <Link href={`/leads?currency=${one.currency}`} className={classes.fact}>
                    {t("rates.waitingCount", { count: one.waiting })}
                  </Link>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={classes.part} aria-label={t("rates.list")}>
        <h2>{t("rates.list")}</h2>
        {currencies.every(({ rates }) => rates.length === 0) ? (
          <p className={classes.help}>{t("rates.none")}</p>
        ) : (
          currencies
            .filter(({ rates }) => rates.length > 0)
            .map((one) => <CurrencyPart key={one.currency} of={one} base={currency} />)
        )}
      </section>
      <AddRate today={today} base={currency} first={waiting[0]?.currency ?? ""} />
      <PasteRates />
      <MoneyPart currency={currency} fiscalStart={fiscalStart} locale={locale} />
    </div>
  );
}
