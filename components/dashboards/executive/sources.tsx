import Link from "next/link";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import type { SourceRow, SourcesBlock } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import classes from "./executive.module.css";
import { Figure, Share } from "./figure";
import type { Narrowing, View } from "./view";
import { formatOf, hrefOf, spanOf } from "./view";

type Figures = SourcesBlock["total"];

function Cells({
  row,
  cohort,
  view,
  to,
  linked,
}: {
  row: Figures;
  cohort: SourcesBlock["cohort"];
  view: View;
  to?: Narrowing;
  linked: boolean;
}) {
  const more = { linked, ...(to === undefined ? {} : { to }) };
  return (
    <>
      <td data-num="">
        <Figure view={view} id="leads_created" cell={row.leads} {...more} />
      </td>
      <td data-num="">
        <Share
          view={view}
          id="lead_opportunity_cohort"
          cell={row.became}
          to={{ ...to, days: cohort }}
          linked={linked}
        />
      </td>
      <td data-num="" data-wide="">
        <Figure view={view} id="won_count" cell={row.won} {...more} />
      </td>
      <td data-num="">
        <Figure view={view} id="won_revenue" cell={row.revenue} {...more} />
      </td>
    </>
  );
}

export function SourcesTable({ data, view }: { data: SourcesBlock; view: View }) {
  const { rows, rest, total, cohort } = data;
  return (
    <FigureTable label={t("sources.table")}>
      <thead>
        <tr>
          <th scope="col">{t("column.source")}</th>
          <th scope="col" data-num="">
            {t("column.leads")}
          </th>
          <th scope="col" data-num="">
            {t("sources.became")}
            <span data-wide="">{t("sources.becameMore")}</span>
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("column.won")}
          </th>
          <th scope="col" data-num="" aria-sort="descending">
            {t("column.revenue")} ↓
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row: SourceRow) => {
          const to = { by: "source", key: row.key } as const;
          return (
            <tr key={row.key ?? row.name}>
              <th scope="row">
                <Link href={hrefOf(view, "won_revenue", to)} prefetch={false}>
                  {row.name}
                </Link>
              </th>
              <Cells row={row} cohort={cohort} view={view} to={to} linked />
            </tr>
          );
        })}
        {rest === null ? null : (
          <tr>
            <th scope="row">{rest.row.name}</th>
            <Cells row={rest.row} cohort={cohort} view={view} linked={false} />
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("sources.all")}</th>
          <Cells row={total} cohort={cohort} view={view} linked />
        </tr>
      </tfoot>
    </FigureTable>
  );
}

export function SourcesFoot({ data, view }: { data: SourcesBlock; view: View }) {
  return <p className={classes.foot}>{t("sources.cohort", { span: spanOf(view, data.cohort) })}</p>;
}

export function sourcesSheet(view: View, { rows, rest, total }: SourcesBlock): Sheet {
  const count = formatOf(view, "count");
  const cellsOf = (name: string, row: Figures) => [
    name,
    row.leads.value,
    row.became.value,
    row.became.n,
    row.won.value,
    row.revenue.value,
  ];
  return {
    columns: [
      { name: t("column.source") },
      { name: t("column.leads"), format: count },
      { name: `${t("sources.became")}${t("sources.becameMore")}`, format: formatOf(view, "ratio") },
      { name: t("column.n"), format: count },
      { name: t("column.won"), format: count },
      { name: t("column.revenue"), format: formatOf(view, "money") },
    ],
    rows: [
      ...rows.map((row) => ({ key: row.key ?? row.name, cells: cellsOf(row.name, row) })),
      ...(rest === null ? [] : [{ key: "rest", cells: cellsOf(rest.row.name, rest.row) }]),
      { key: "total", cells: cellsOf(t("sources.all"), total), total: true },
    ],
  };
}
