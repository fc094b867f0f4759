import Link from "next/link";
import { barWords, HBar } from "@/components/charts/cell-bars";
import { FigureTable, Who } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import type { PerformersBlock } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { SMALL_N } from "@/lib/dashboards/core/figure-text";
import { Figure, Share } from "./figure";
import type { View } from "./view";
import { attainedText, formatOf, hrefOf, inTable } from "./view";

type PerformerRow = PerformersBlock["rows"][number];

function Row({ row, view, most }: { row: PerformerRow; view: View; most: number }) {
  const to = { by: "owner", key: row.key } as const;
  const link = (
    <Link href={hrefOf(view, "won_revenue", to)} prefetch={false}>
      {row.name}
    </Link>
  );
  return (
    <tr>
      <th scope="row">{row.key === null ? link : <Who name={row.name}>{link}</Who>}</th>
      <td data-bar="" data-wide="">
        <HBar
          value={row.won.value ?? 0}
          most={most}
          slim
          label={barWords.bar(row.name, inTable(view, row.won, "money"))}
        />
      </td>
      <td data-num="">
        <b>
          <Figure view={view} id="won_revenue" cell={row.won} to={to} />
        </b>
      </td>
      <td data-num="" data-quiet="" data-wide="">
        {row.attained === null ? (
          attainedText(view, null)
        ) : (
          <Link href={hrefOf(view, "target_attainment", to)} prefetch={false}>
            {attainedText(view, row.attained)}
          </Link>
        )}
      </td>
      <td data-num="" data-quiet="">
        <Share view={view} id="closed_win_rate" cell={row.winRate} to={to} />
      </td>
    </tr>
  );
}

export function PerformersTable({ data, view }: { data: PerformersBlock; view: View }) {
  const { rows, people, shownMinor, total } = data;
  const most = Math.max(...rows.map(({ won }) => won.value ?? 0));
  const share = total.value === null || total.value === 0 ? null : shownMinor / total.value;
  return (
    <FigureTable label={t("performers.table")}>
      <thead>
        <tr>
          <th scope="col">{t("column.person")}</th>
          <th scope="col" data-bar="" data-wide="">
            <span className="sr-only">{t("performers.bar")}</span>
          </th>
          <th scope="col" data-num="" aria-sort="descending">
            {t("column.won")} ↓
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("column.target")}
          </th>
          <th scope="col" data-num="">
            {t("column.winRate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key ?? "nobody"} row={row} view={view} most={most} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("performers.people", { shown: rows.length, people })}</th>
          <td data-wide="" />
          <td data-num="">{inTable(view, shownMinor, "money")}</td>
          <td data-wide="" />
          <td data-num="" data-quiet="">
            {share === null
              ? null
              : t("performers.ofAll", { share: inTable(view, share, "ratio") })}
          </td>
        </tr>
      </tfoot>
    </FigureTable>
  );
}

export function PerformersFoot({ data }: { data: PerformersBlock }) {
  return data.rows.some(({ winRate }) => winRate.n < SMALL_N) ? (
    <span>{t("performers.small")}</span>
  ) : null;
}

export const performersSheet = (view: View, { rows }: PerformersBlock): Sheet => ({
  columns: [
    { name: t("column.person") },
    { name: t("column.won"), format: formatOf(view, "money") },
    { name: t("column.deals"), format: formatOf(view, "count") },
    { name: t("column.target"), format: formatOf(view, "money") },
    { name: t("column.attained"), format: formatOf(view, "ratio") },
    { name: t("column.winRate"), format: formatOf(view, "ratio") },
    { name: t("column.closed"), format: formatOf(view, "count") },
  ],
  rows: rows.map((row) => ({
    key: row.key ?? "nobody",
    href: hrefOf(view, "won_revenue", { by: "owner", key: row.key }),
    cells: [
      row.name,
      row.won.value,
      row.won.n,
      row.targetMinor,
      row.attained,
      row.winRate.value,
      row.winRate.n,
    ],
  })),
});
