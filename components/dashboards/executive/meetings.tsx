import { barWords, HBar } from "@/components/charts/cell-bars";
import { FigureTable, Rate } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import type { LinkBrought, MeetingsBlock } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { shareOfAll } from "@/lib/dashboards/core/rows";
import type { View } from "./view";
import { formatOf, inTable } from "./view";

const rowsOf = ({ links, rest }: MeetingsBlock): readonly LinkBrought[] =>
  rest === null ? links : [...links, rest.row];

/** What each booking link brought: bookings, the deals behind them, and how these stand. */
export function LinksTable({ data, view }: { data: MeetingsBlock; view: View }) {
  const rows = rowsOf(data);
  const most = Math.max(...rows.map(({ openBase, wonBase }) => openBase + wonBase));
  return (
    <FigureTable label={t("meetings.table")}>
      <thead>
        <tr>
          <th scope="col">{t("column.link")}</th>
          <th scope="col" data-bar="" data-wide="">
            <span className="sr-only">{t("performers.bar")}</span>
          </th>
          <th scope="col" data-num="">
            {t("column.bookings")}
          </th>
          <th scope="col" data-num="">
            {t("column.leads")}
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("column.opportunities")}
          </th>
          <th scope="col" data-num="">
            {t("column.openValue")}
          </th>
          <th scope="col" data-num="">
            {t("column.won")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.linkId === "" ? "rest" : row.linkId}>
            <th scope="row">{row.name}</th>
            <td data-bar="" data-wide="">
              <HBar
                value={row.openBase + row.wonBase}
                most={most}
                slim
                label={barWords.bar(row.name, inTable(view, row.openBase + row.wonBase, "money"))}
              />
            </td>
            <td data-num="">{inTable(view, row.bookings, "count")}</td>
            <td data-num="">{inTable(view, row.leads, "count")}</td>
            <td data-num="" data-wide="">
              {inTable(view, row.opportunities, "count")}
            </td>
            <td data-num="">{inTable(view, row.openBase, "money")}</td>
            <td data-num="">{inTable(view, row.wonBase, "money")}</td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

const countName = (meetings: string): string => {
  if (meetings === "0") return t("meetings.none");
  return meetings === "3+" ? t("meetings.three") : t("meetings.count", { count: Number(meetings) });
};

/** Win rates of deals by how often somebody met with them before. */
export function HeldTable({ data, view }: { data: MeetingsBlock; view: View }) {
  return (
    <FigureTable label={t("meetings.heldTable")}>
      <thead>
        <tr>
          <th scope="col">{t("column.meetings")}</th>
          <th scope="col" data-bar="">
            <span className="sr-only">{t("performers.bar")}</span>
          </th>
          <th scope="col" data-num="">
            {t("column.won")}
          </th>
          <th scope="col" data-num="">
            {t("column.winRate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {data.held.map(({ meetings, won, closed }) => {
          const cell = shareOfAll([{ value: null, n: closed, hits: won }]);
          const name = countName(meetings);
          return (
            <tr key={meetings}>
              <th scope="row">{name}</th>
              <td data-bar="">
                <HBar
                  value={cell.value ?? 0}
                  most={1}
                  slim
                  label={barWords.bar(name, inTable(view, cell, "ratio"))}
                />
              </td>
              <td data-num="">{inTable(view, won, "count")}</td>
              <td data-num="">
                {closed === 0 ? (
                  inTable(view, null, "ratio")
                ) : (
                  <Rate cell={cell} locale={view.told.locale} />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </FigureTable>
  );
}

export function linksSheet(view: View, data: MeetingsBlock): Sheet {
  const count = formatOf(view, "count");
  const money = formatOf(view, "money");
  return {
    columns: [
      { name: t("column.link") },
      { name: t("column.bookings"), format: count },
      { name: t("column.leads"), format: count },
      { name: t("column.opportunities"), format: count },
      { name: t("column.openValue"), format: money },
      { name: t("column.won"), format: count },
      { name: t("column.revenue"), format: money },
    ],
    rows: rowsOf(data).map((row) => ({
      key: row.linkId === "" ? "rest" : row.linkId,
      cells: [
        row.name,
        row.bookings,
        row.leads,
        row.opportunities,
        row.openBase,
        row.won,
        row.wonBase,
      ],
    })),
  };
}

export const heldSheet = (view: View, { held }: MeetingsBlock): Sheet => ({
  columns: [
    { name: t("column.meetings") },
    { name: t("column.won"), format: formatOf(view, "count") },
    { name: t("column.closed"), format: formatOf(view, "count") },
    { name: t("column.winRate"), format: formatOf(view, "ratio") },
  ],
  rows: held.map(({ meetings, won, closed }) => ({
    key: meetings,
    cells: [countName(meetings), won, closed, closed === 0 ? null : won / closed],
  })),
});
