import Link from "next/link";
import { barWords, IntervalDot, intervalAxis } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type {
  ConvertedBlock,
  ProgressBlock,
  ResponseBlock,
  ResponseRow,
} from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { intervalOf } from "@/lib/dashboards/core/figure-text";
import { Figure } from "./figure";
import { byOwner, Head, partOf, person } from "./list-parts";
import type { View } from "./view";
import { hrefOf, inTable, spanOf } from "./view";
import type { ListView } from "./work-section";

export function progressList(view: View, data: ProgressBlock): ListView {
  const title = t("progress.title");
  const rows = [...data.rows, ...(data.rest === null ? [] : [data.rest.row])];
  return {
    unit: t("progress.unit"),
    ...(rows.length === 0 ? { empty: t("progress.empty") } : {}),
    table: (
      <FigureTable label={title}>
        <Head
          columns={[
            person,
            { name: t("column.leads") },
            { name: t("column.deals") },
            { name: t("column.value") },
          ]}
        />
        <tbody>
          {rows.map((row) => {
            const linked = row !== data.rest?.row;
            const more = { view, to: byOwner(row.key), linked };
            return (
              <tr key={row.key ?? row.name}>
                <th scope="row">{row.name}</th>
                <td data-num="">
                  <Figure id="open_leads" cell={row.leads} {...more} />
                </td>
                <td data-num="">
                  <Figure id="open_opportunities" cell={row.deals} {...more} />
                </td>
                <td data-num="">
                  <Figure id="open_pipeline_value" cell={row.value} {...more} />
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("progress.all")}</th>
            <td data-num="">
              <Figure id="open_leads" cell={data.total.leads} view={view} />
            </td>
            <td data-num="">
              <Figure id="open_opportunities" cell={data.total.deals} view={view} />
            </td>
            <td data-num="">
              <Figure id="open_pipeline_value" cell={data.total.value} view={view} />
            </td>
          </tr>
        </tfoot>
      </FigureTable>
    ),
  };
}

export function convertedList(view: View, data: ConvertedBlock): ListView {
  const { rows, everyone, cohort, minN, tooFew } = data;
  const span = spanOf(view, cohort);
  const axis = intervalAxis(rows);
  const percent = (ratio: number | null) => inTable(view, ratio, "ratio");
  const look = { currency: view.currency, locale: view.told.locale };
  return {
    unit: t("converted.unit", { span }),
    ...(rows.length === 0 ? { empty: t("converted.empty", { min: minN, span }) } : {}),
    table: (
      <FigureTable label={t("converted.title")}>
        <Head
          columns={[
            person,
            { name: t("converted.interval"), kind: "bar" },
            { name: t("column.rate") },
            { name: t("column.n") },
          ]}
        />
        <tbody>
          {rows.map((row) => {
            const range = intervalOf(row.rate, look);
            return (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                <td data-bar="">
                  <IntervalDot
                    rate={row.rate.value}
                    low={row.low}
                    high={row.high}
                    overall={everyone.value}
                    {...axis}
                    label={barWords.rate(
                      row.name,
                      percent(row.rate.value),
                      range === null ? null : { ...range, n: row.rate.n },
                    )}
                  />
                </td>
                <td data-num="">
                  <Figure
                    view={view}
                    id="lead_opportunity_cohort"
                    cell={row.rate}
                    to={{ ...byOwner(row.key), days: cohort }}
                  />
                </td>
                <td data-num="" data-quiet="">
                  {inTable(view, row.rate.n, "count")}
                </td>
              </tr>
            );
          })}
        </tbody>
      </FigureTable>
    ),
    foot: (
      <>
        {t("converted.axis", {
          from: percent(axis.from),
          to: percent(axis.to),
          rate: percent(everyone.value),
        })}
        {tooFew === 0 ? null : ` · ${t("converted.tooFew", { count: tooFew, min: minN })}`}
      </>
    ),
  };
}

function ResponseLine({ row, view, gap }: { row: ResponseRow; view: View; gap: boolean }) {
  const to = byOwner(row.key);
  return (
    <tr data-gap={gap ? "" : undefined}>
      <th scope="row">{row.name}</th>
      <td data-num="">
        <Figure view={view} id="response_minutes_median" cell={row.p50} to={to} />
      </td>
      <td data-num="" data-quiet="">
        <Figure view={view} id="response_minutes_p90" cell={row.p90} to={to} />
      </td>
      <td data-num="">
        <Link href={hrefOf(view, "response_within_hour", to)} prefetch={false}>
          {partOf(view, row.unanswered, row.leads)}
        </Link>
      </td>
    </tr>
  );
}

export function responseList(view: View, data: ResponseBlock): ListView {
  const { fastest, slowest, everyone } = data;
  const span = spanOf(view);
  const all = {
    part: inTable(view, everyone.unanswered, "count"),
    whole: inTable(view, everyone.leads, "count"),
  };
  const rows = fastest.length + slowest.length;
  return {
    unit: t("response.unit", { span }),
    ...(rows === 0 ? { empty: t("response.empty", { span }) } : {}),
    table: (
      <FigureTable label={t("response.title")}>
        <Head
          columns={[
            person,
            { name: t("column.p50") },
            { name: t("column.p90") },
            { name: t("column.noReply") },
          ]}
        />
        <tbody>
          {[...fastest, ...slowest].map((row, at) => (
            <ResponseLine
              key={row.key}
              row={row}
              view={view}
              gap={at > 0 && at === fastest.length && rows < data.people}
            />
          ))}
        </tbody>
      </FigureTable>
    ),
    foot:
      rows < data.people
        ? t("response.foot", { fastest: fastest.length, slowest: slowest.length, ...all })
        : t("response.footAll", all),
  };
}
