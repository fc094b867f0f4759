import Link from "next/link";
import { barWords, StageBar } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import type { PipelineBlock, StageRow } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import classes from "./executive.module.css";
import { Figure } from "./figure";
import type { View } from "./view";
import { formatOf, hrefOf, inTable } from "./view";

function Row({ row, view, most }: { row: StageRow; view: View; most: number }) {
  const to = { by: "stage", key: row.key } as const;
  const { name, probability } = row;
  return (
    <tr>
      <th scope="row">
        <Link href={hrefOf(view, "open_opportunities", to)} prefetch={false}>
          {name}
        </Link>
        {probability === null ? null : (
          <span className={classes.faint} data-wide="">
            {" "}
            {inTable(view, probability / 100, "ratio")}
          </span>
        )}
      </th>
      <td data-bar="">
        <StageBar
          value={row.value.value ?? 0}
          weighted={row.weighted.value ?? 0}
          most={most}
          label={barWords.stage(
            name,
            inTable(view, row.value, "money"),
            inTable(view, row.weighted, "money"),
          )}
        />
      </td>
      <td data-num="">
        <Figure view={view} id="open_opportunities" cell={row.deals} to={to} />
      </td>
      <td data-num="">
        <Figure view={view} id="open_pipeline_value" cell={row.value} to={to} />
      </td>
      <td data-num="" data-wide="">
        <Figure view={view} id="weighted_pipeline_value" cell={row.weighted} to={to} />
      </td>
      <td data-num="" data-quiet="" data-wide="">
        <Figure view={view} id="open_age_days_median" cell={row.age} to={to} />
      </td>
    </tr>
  );
}

export function PipelineTable({ data, view }: { data: PipelineBlock; view: View }) {
  const { rows, total } = data;
  const most = Math.max(...rows.map(({ value }) => value.value ?? 0));
  return (
    <FigureTable label={t("pipeline.table")}>
      <thead>
        <tr>
          <th scope="col">{t("column.stage")}</th>
          <th scope="col" data-bar="">
            {t("pipeline.bar")}
            <span data-wide="">{t("pipeline.barMore")}</span>
          </th>
          <th scope="col" data-num="">
            {t("column.deals")}
          </th>
          <th scope="col" data-num="">
            {t("column.value")}
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("column.weighted")}
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("column.age")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key ?? row.name} row={row} view={view} most={most} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("pipeline.open")}</th>
          <td />
          <td data-num="">
            <Figure view={view} id="open_opportunities" cell={total.deals} />
          </td>
          <td data-num="">
            <Figure view={view} id="open_pipeline_value" cell={total.value} />
          </td>
          <td data-num="" data-wide="">
            <Figure view={view} id="weighted_pipeline_value" cell={total.weighted} />
          </td>
          <td data-num="" data-quiet="" data-wide="">
            <Figure view={view} id="open_age_days_median" cell={total.age} />
          </td>
        </tr>
      </tfoot>
    </FigureTable>
  );
}

export function pipelineSheet(view: View, { rows, total }: PipelineBlock): Sheet {
  const money = formatOf(view, "money");
  const cellsOf = (name: string, row: PipelineBlock["total"]) => [
    name,
    row.deals.value,
    row.value.value,
    row.weighted.value,
    row.age.value,
  ];
  return {
    columns: [
      { name: t("column.stage") },
      { name: t("column.deals"), format: formatOf(view, "count") },
      { name: t("column.value"), format: money },
      { name: t("column.weighted"), format: money },
      { name: t("column.age"), format: formatOf(view, "days") },
    ],
    rows: [
      ...rows.map((row) => ({ key: row.key ?? row.name, cells: cellsOf(row.name, row) })),
      { key: "total", cells: cellsOf(t("pipeline.open"), total), total: true },
    ],
  };
}
