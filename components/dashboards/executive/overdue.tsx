import Link from "next/link";
import { FigureTable, Who } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import type { OverdueBlock, OverdueRow } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { dayWords } from "@/lib/dashboards/core/span-words";
import type { CalendarDate } from "@/lib/time/calendar-date";
import classes from "./executive.module.css";
import { Figure } from "./figure";
import type { View } from "./view";
import { formatOf, hrefOf, inTable } from "./view";

function Row({ row, view }: { row: OverdueRow; view: View }) {
  const { owner, companyName, name } = row;
  return (
    <tr>
      <th scope="row" data-clip="">
        <Link href={`/leads/${row.id}`} prefetch={false} title={name}>
          {companyName ?? name}
        </Link>
      </th>
      <td data-quiet="">
        {owner.key === null ? (
          owner.name
        ) : (
          <Who name={owner.name}>
            <span className={classes.name}>{owner.name}</span>
          </Who>
        )}
      </td>
      <td data-quiet="" data-wide="">
        {row.stage}
      </td>
      <td data-num="">
        <span data-quiet="" data-wide="">
          {dayWords(row.expectedClose as CalendarDate, view.told)}{" "}
        </span>
        {inTable(view, row.daysLate, "days")}
      </td>
      <td data-num="">{inTable(view, row.baseMinor, "money")}</td>
    </tr>
  );
}

export function OverdueTable({ data, view }: { data: OverdueBlock; view: View }) {
  return (
    <FigureTable label={t("overdue.table")}>
      <thead>
        <tr>
          <th scope="col">{t("column.deal")}</th>
          <th scope="col">{t("column.owner")}</th>
          <th scope="col" data-wide="">
            {t("column.stage")}
          </th>
          <th scope="col" data-num="">
            <span data-wide="">{t("overdue.lateMore")}</span>
            <span className={classes.cap}>{t("overdue.late")}</span>
          </th>
          <th scope="col" data-num="" aria-sort="descending">
            {t("column.amount")} ↓
          </th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row) => (
          <Row key={row.id} row={row} view={view} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("overdue.all", { count: data.count.value ?? 0 })}</th>
          <td />
          <td data-wide="" />
          <td />
          <td data-num="">
            <Figure view={view} id="overdue_value" cell={data.value} />
          </td>
        </tr>
      </tfoot>
    </FigureTable>
  );
}

export function OverdueFoot({ data, view }: { data: OverdueBlock; view: View }) {
  return (
    <Link className={classes.more} href={hrefOf(view, "overdue_count")} prefetch={false}>
      {t("overdue.open", { count: data.count.value ?? 0 })}
    </Link>
  );
}

export const overdueSheet = (view: View, { rows }: OverdueBlock): Sheet => ({
  columns: [
    { name: t("column.deal") },
    { name: t("column.owner") },
    { name: t("column.stage") },
    { name: t("overdue.closeDate") },
    { name: t("overdue.daysLate"), format: formatOf(view, "days") },
    { name: t("column.amount"), format: formatOf(view, "money") },
  ],
  rows: rows.map((row) => ({
    key: row.id,
    href: `/leads/${row.id}`,
    cells: [
      row.companyName ?? row.name,
      row.owner.name,
      row.stage,
      row.expectedClose,
      row.daysLate,
      row.baseMinor,
    ],
  })),
});
