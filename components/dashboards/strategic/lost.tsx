import Link from "next/link";
import { barWords, HBar } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, hrefOf, inTable, spanOf } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import { figureText } from "@/lib/dashboards/core/figure-text";
import type { LostBlock, LostRow } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { Around } from "./view";
import { framed } from "./view";

const rowsOf = ({ rows, rest }: LostBlock): readonly LostRow[] =>
  rest === null ? rows : [...rows, rest.row];

const stepOf = ({ lost, before }: Pick<LostRow, "lost" | "before">): string =>
  before === null ? "" : figureText(lost - before, "count", { currency: "", signed: true });

const isNamed = ({ key, name }: LostRow): boolean => key !== null || name === t("lost.none");

function Table({ data, view }: { data: LostBlock; view: View }) {
  const rows = rowsOf(data);
  const most = Math.max(...rows.map(({ lost }) => lost), 1);
  const compared = data.total.before !== null;
  return (
    <FigureTable label={t("lost.title")}>
      <thead>
        <tr>
          <th scope="col">{t("lost.reason")}</th>
          <th scope="col" data-bar="">
            <span className="sr-only">{t("lost.bar")}</span>
          </th>
          <th scope="col" data-num="">
            {t("lost.deals")}
          </th>
          {compared ? (
            <th scope="col" data-num="">
              {t("lost.before")}
            </th>
          ) : null}
          <th scope="col" data-num="">
            {t("lost.value")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key ?? row.name}>
            <th scope="row">
              {isNamed(row) ? (
                <Link
                  href={hrefOf(view, "lost_count", { by: "lost_reason", key: row.key })}
                  prefetch={false}
                >
                  {row.name}
                </Link>
              ) : (
                row.name
              )}
            </th>
            <td data-bar="">
              <HBar
                value={row.lost}
                most={most}
                quiet={row.key === null}
                slim
                label={barWords.bar(row.name, inTable(view, row.lost, "count"))}
              />
            </td>
            <td data-num="">{inTable(view, row.lost, "count")}</td>
            {compared ? (
              <td data-num="" data-quiet="">
                {stepOf(row)}
              </td>
            ) : null}
            <td data-num="">{inTable(view, row.valueMinor, "money")}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("lost.all")}</th>
          <td />
          <td data-num="">{inTable(view, data.total.lost, "count")}</td>
          {compared ? <td data-num="">{stepOf(data.total)}</td> : null}
          <td data-num="">{inTable(view, data.total.valueMinor, "money")}</td>
        </tr>
      </tfoot>
    </FigureTable>
  );
}

const sheetOf = (data: LostBlock, view: View): Sheet => {
  const count = formatOf(view, "count");
  return {
    columns: [
      { name: t("lost.reason") },
      { name: t("lost.deals"), format: count },
      { name: t("lost.beforeFull"), format: count },
      { name: t("lost.value"), format: formatOf(view, "money") },
    ],
    rows: [
      ...rowsOf(data).map((row) => ({
        key: row.key ?? row.name,
        cells: [row.name, row.lost, row.before, row.valueMinor],
      })),
      {
        key: "total",
        cells: [t("lost.all"), data.total.lost, data.total.before, data.total.valueMinor],
        total: true,
      },
    ],
  };
};

/** Why deals were lost, against the period before. */
export function Lost({ around, block }: { around: Around; block: Block<LostBlock> | undefined }) {
  const { view } = around;
  const span = spanOf(view);
  return (
    <BlockFrame
      {...framed(around)}
      title={t("lost.title")}
      block={block}
      span={5}
      height={250}
      file="lost-reasons"
    >
      {(data) => ({
        subtitle: t("lost.subtitle", { count: data.total.lost, span }),
        table: <Table data={data} view={view} />,
        sheet: sheetOf(data, view),
        ...(data.rows.length === 0
          ? { empty: <BlockEmpty>{t("lost.empty", { span })}</BlockEmpty> }
          : {}),
      })}
    </BlockFrame>
  );
}
