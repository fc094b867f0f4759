import Link from "next/link";
import { FigureTable } from "@/components/charts/figure-table";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import { hrefOfDashboard } from "@/lib/dashboards/core/drill-href";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { Risk } from "@/lib/dashboards/core/risk";
import { dayWords, spanWords } from "@/lib/dashboards/core/span-words";
import type { PartRecords } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import type { Flow } from "@/lib/dashboards/core/waterfall";
import type { Period } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { addDays } from "@/lib/time/offset";
import classes from "./strategic.module.css";

type Props = {
  readonly part:
    | { readonly kind: "bar"; readonly bar: "start" | "end" | Flow }
    | { readonly kind: "risk"; readonly risk: Risk };
  readonly state: ViewState;
  readonly records: PartRecords;
  readonly period: Period;
  readonly today: CalendarDate;
  readonly locale: string;
};

const titleOf = ({ part }: Props): string =>
  part.kind === "bar" ? t(`deals.of.${part.bar}`) : t(`risk.name.${part.risk}`, { times: 3 });

function Table({ records, today, locale }: Props) {
  const look = { currency: records.currency, locale };
  const money = (minor: number | null) => figureText(minor, "money", look);
  return (
    <FigureTable label={t("deals.column.deal")}>
      <thead>
        <tr>
          <th scope="col">{t("deals.column.deal")}</th>
          <th scope="col" data-wide="">
            {t("deals.column.company")}
          </th>
          <th scope="col" data-wide="">
            {t("deals.column.owner")}
          </th>
          <th scope="col" data-wide="">
            {t("deals.column.stage")}
          </th>
          <th scope="col" data-wide="">
            {t("deals.column.close")}
          </th>
          <th scope="col" data-num="">
            {t("deals.column.value")}
          </th>
        </tr>
      </thead>
      <tbody>
        {records.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row" data-clip="">
              <Link href={`/leads/${row.id}`} prefetch={false}>
                {row.name}
              </Link>
            </th>
            <td data-wide="" data-clip="">
              {row.companyName}
            </td>
            <td data-wide="">{row.ownerName ?? t("deals.nobody")}</td>
            <td data-wide="">{row.stage}</td>
            <td data-wide="">
              {row.expectedClose === null
                ? ""
                : dayWords(row.expectedClose as CalendarDate, { today, locale })}
            </td>
            <td data-num="">{money(row.minor)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("deals.all")}</th>
          <td data-wide="" />
          <td data-wide="" />
          <td data-wide="" />
          <td data-wide="" />
          <td data-num="">{money(records.totalMinor)}</td>
        </tr>
      </tfoot>
    </FigureTable>
  );
}

/** The deals behind a bar of the pipeline's changes or behind a risk, the largest first. */
export function DealsScreen(props: Props) {
  const { records, period, part, state, today, locale } = props;
  const value = figureText(records.totalMinor, "money", {
    currency: records.currency,
    locale,
  });
  const days = part.kind === "bar" ? period : { from: today, to: addDays(today, 1) };
  const span = spanWords(days.to > days.from ? days : { ...days, to: addDays(days.from, 1) }, {
    today,
    locale,
  });
  const back = hrefOfDashboard("strategic", state);
  return (
    <>
      <PageHead
        title={titleOf(props)}
        context={t("deals.context", { count: records.total, value, span })}
      >
        <ButtonLink href={back}>{t("deals.back")}</ButtonLink>
      </PageHead>
      {records.total === 0 ? (
        <Blank title={t("deals.none")}>{t("deals.noneWords")}</Blank>
      ) : (
        <div className={classes.deals}>
          <Table {...props} />
          {records.rows.length < records.total ? (
            <p className={classes.quiet}>
              {t("deals.more", { shown: records.rows.length, total: records.total })}
            </p>
          ) : null}
        </div>
      )}
    </>
  );
}
