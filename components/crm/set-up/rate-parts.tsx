"use client";

import { Checkbox, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { pasteRatesAction, removeRateAction, setRateAction } from "@/lib/crm/actions/rates";
import type { CurrencyRates } from "@/lib/crm/core/rate-input";
import type { CalendarDate } from "@/lib/time/calendar-date";
import classes from "./set-up.module.css";
import { Act, SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";

/** One currency: what it is worth now, and every day before on which that changed. */
export function CurrencyPart({ of, base }: { of: CurrencyRates; base: string }) {
  const { currency, rates } = of;
  const [latest] = rates;
  return (
    <details className={classes.archived}>
      <summary>
        {t("rates.latest", {
          currency,
          rate: latest?.rate ?? "",
          base,
          day: latest?.onDate ?? "",
          count: rates.length,
        })}
      </summary>
      <ul aria-label={t("rates.of", { currency })}>
        {rates.map(({ onDate, rate, setBy }) => (
          <li key={onDate} className={classes.rate}>
            <time dateTime={onDate}>{onDate}</time>
            <b>{rate}</b>
            {setBy === null ? null : <span className={classes.words}>{setBy}</span>}
            <span className={classes.tools}>
              <Act
                action={removeRateAction}
                fields={{ currency, onDate }}
                label={t("rates.remove", { currency, day: onDate })}
                icon={<IconTrash size={16} stroke={1.6} aria-hidden="true" />}
              />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** A rate from a day on. */
export function AddRate({
  today,
  base,
  first,
}: {
  today: CalendarDate;
  base: string;
  /** The currency for which most is waiting. */
  first: string;
}) {
  const title = t("rates.add");
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      <SetUpForm again action={setRateAction} label={title} submit={t("rates.save")}>
        {(problems) => (
          <>
            <div className={classes.three}>
              <TextInput
                name="currency"
                label={t("rates.currency")}
                defaultValue={first}
                maxLength={3}
                error={problems.currency}
              />
              <TextInput
                name="onDate"
                type="date"
                label={t("rates.from")}
                defaultValue={today}
                error={problems.onDate}
              />
              <TextInput
                name="rate"
                label={t("rates.rate", { base })}
                inputMode="decimal"
                error={problems.rate}
              />
            </div>
            <Checkbox
              name="restate"
              label={t("rates.restate")}
              description={t("rates.restateHelp")}
            />
          </>
        )}
      </SetUpForm>
    </section>
  );
}

/** Many rates at once, from a spreadsheet or a bank's file. */
export function PasteRates() {
  const title = t("rates.paste");
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      <SetUpForm again action={pasteRatesAction} label={title} submit={t("rates.pasteSave")}>
        {(problems) => (
          <Textarea
            name="rates"
            label={t("rates.lines")}
            description={t("rates.linesHelp")}
            placeholder="2026-11-01,EUR,1.0835"
            autosize
            minRows={4}
            maxRows={14}
            error={problems.rates}
          />
        )}
      </SetUpForm>
    </section>
  );
}
