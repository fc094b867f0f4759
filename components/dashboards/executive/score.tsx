import Link from "next/link";
import { barWords, HBar } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockEmpty } from "@/components/dashboards/block-states";
import { t } from "@/lib/dashboards/core/executive-text";
import type { ScorePanel } from "@/lib/forecasting/core/panel";
import classes from "./executive.module.css";
import type { View } from "./view";
import { formatOf, inTable } from "./view";

/** The reasons that move a score most, with the way they move it. */
const MOST_REASONS = 2;

const reasonsOf = ({ reasons }: ScorePanel["top"][number]): string =>
  reasons
    .slice(0, MOST_REASONS)
    .map(({ feature, value, effect }) => `${effect < 0 ? "−" : "+"} ${feature}: ${value}`)
    .join(", ");

export function ScoreTable({ data, view }: { data: ScorePanel; view: View }) {
  return (
    <FigureTable label={t("score.table")}>
      <thead>
        <tr>
          <th scope="col">{t("score.lead")}</th>
          <th scope="col" data-wide="">
            {t("column.owner")}
          </th>
          <th scope="col" data-wide="">
            {t("score.reasons")}
          </th>
          <th scope="col" data-num="" aria-sort="descending">
            {t("column.score")} ↓
          </th>
        </tr>
      </thead>
      <tbody>
        {data.top.map((row) => (
          <tr key={row.id}>
            <th scope="row" data-clip="">
              <Link href={`/leads/${row.id}`} prefetch={false} title={row.name}>
                {row.companyName ?? row.name}
              </Link>
            </th>
            <td data-quiet="" data-wide="">
              {row.owner ?? t("nobody.owner")}
            </td>
            <td className={classes.reasons} data-wide="">
              {reasonsOf(row)}
            </td>
            <td data-num="">
              <b>{inTable(view, row.score, "ratio")}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

/** The verdict in words, what can be said without a model, and where it was tried. */
export function ScoreWhy({ data, view }: { data: ScorePanel; view: View }) {
  const accepted = data.verdict.status === "accepted";
  const words = accepted && data.top.length === 0 ? t("score.nothing") : data.words;
  const link = <Link href="/dashboards/scoring">{t("score.open")}</Link>;
  if (data.top.length > 0) {
    return (
      <p className={classes.foot}>
        {words} {link}
      </p>
    );
  }
  return (
    <BlockEmpty action={<span className={classes.foot}>{link}</span>}>
      {words}
      {accepted || data.base === null
        ? null
        : ` ${t("score.base", {
            count: inTable(view, data.n, "count"),
            rate: inTable(view, data.base.rate, "ratio"),
          })}`}
    </BlockEmpty>
  );
}

const binName = (view: View, from: number): string =>
  t("score.bin", { from: Math.round(from * 100), to: inTable(view, from + 0.1, "ratio") });

export function SpreadTable({ data, view }: { data: ScorePanel; view: View }) {
  const bins = data.distribution;
  const most = Math.max(1, ...bins.map(({ n }) => n));
  const filled = bins.filter(({ n }) => n > 0);
  return (
    <FigureTable label={t("score.spreadTable")}>
      <thead>
        <tr>
          <th scope="col">{t("column.score")}</th>
          <th scope="col" data-bar="">
            <span className="sr-only">{t("performers.bar")}</span>
          </th>
          <th scope="col" data-num="">
            {t("column.leads")}
          </th>
        </tr>
      </thead>
      <tbody>
        {filled.map(({ from, n }) => (
          <tr key={from}>
            <th scope="row">{binName(view, from)}</th>
            <td data-bar="">
              <HBar
                value={n}
                most={most}
                slim
                label={barWords.bar(binName(view, from), inTable(view, n, "count"))}
              />
            </td>
            <td data-num="">{inTable(view, n, "count")}</td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

export const scoreSheet = (view: View, { top }: ScorePanel): Sheet => ({
  columns: [
    { name: t("score.lead") },
    { name: t("column.owner") },
    { name: t("score.reasons") },
    { name: t("column.score"), format: formatOf(view, "ratio") },
  ],
  rows: top.map((row) => ({
    key: row.id,
    href: `/leads/${row.id}`,
    cells: [row.companyName ?? row.name, row.owner, reasonsOf(row), row.score],
  })),
});

export const spreadSheet = (view: View, { distribution }: ScorePanel): Sheet => ({
  columns: [
    { name: t("column.score") },
    { name: t("column.leads"), format: formatOf(view, "count") },
  ],
  rows: distribution.map(({ from, n }) => ({ key: String(from), cells: [binName(view, from), n] })),
});
