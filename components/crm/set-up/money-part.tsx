"use client";

import { Select } from "@mantine/core";
import { saveMoneyAction } from "@/lib/crm/actions/rates";
import { CURRENCIES } from "@/lib/crm/core/money";
import { formatMonth } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { UTC } from "@/lib/time/zone";
import classes from "./set-up.module.css";
import { SetUpForm } from "./set-up-form";
import { t } from "./set-up-text";

const monthName = (month: number, locale: string): string =>
  formatMonth(instantOf(Date.UTC(2026, month - 1, 1)), { zone: UTC, locale }).replace(
    /\s*2026\s*/,
    "",
  );

/** In what the workspace counts, and when its business year begins. */
export function MoneyPart({
  currency,
  fiscalStart,
  locale,
}: {
  currency: string;
  fiscalStart: number;
  locale: string;
}) {
  const title = t("money.title");
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      <SetUpForm action={saveMoneyAction} label={title} submit={t("save")}>
        {(problems) => (
          <div className={classes.two}>
            <Select
              name="currency"
              label={t("money.currency")}
              description={t("money.currencyHelp")}
              data={[...CURRENCIES]}
              defaultValue={currency}
              searchable
              allowDeselect={false}
              error={problems.currency}
            />
            <Select
              name="fiscalStart"
              label={t("money.year")}
              description={t("money.yearHelp")}
              data={Array.from({ length: 12 }, (_, at) => ({
                value: String(at + 1),
                label: monthName(at + 1, locale),
              }))}
              defaultValue={String(fiscalStart)}
              allowDeselect={false}
              error={problems.fiscalStart}
            />
          </div>
        )}
      </SetUpForm>
    </section>
  );
}
