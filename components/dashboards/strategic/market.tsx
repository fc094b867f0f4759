import Link from "next/link";
import { barWords, HBar } from "@/components/charts/cell-bars";
import { FigureTable, Rate } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, hrefOf, inTable, spanOf } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import type { MarketBlock, MarketRow, SourceReturnRow } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { PlaceSplit } from "@/lib/metrics/core/fact";
import classes from "./strategic.module.css";
import type { Around } from "./view";
import { framed } from "./view";

type Listed = MarketRow & { readonly leads?: number; readonly isRest?: boolean };

const listed = <Row extends MarketRow>({
  rows,
  rest,
}: {
  readonly rows: readonly Row[];
  readonly rest: { readonly row: Row } | null;
}): readonly (Row & { isRest?: boolean })[] =>
  rest === null ? rows : [...rows, { ...rest.row, isRest: true }];

function NameOf({ row, view, by }: { row: Listed; view: View; by: PlaceSplit | null }) {
  // What stands for several has no records of its own to open.
  if (by === null || row.isRest === true) return row.name;
  return (
    <Link href={hrefOf(view, "won_revenue", { by, key: row.key })} prefetch={false}>
      {row.name}
    </Link>
  );
}

function Table({
  rows,
  view,
  by,
  label,
}: {
  rows: readonly Listed[];
  view: View;
  by: PlaceSplit | null;
  label: string;
}) {
  const most = Math.max(...rows.map(({ valueMinor }) => valueMinor), 1);
  const withLeads = rows.some(({ leads }) => leads !== undefined);
  return (
    <FigureTable label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col" data-bar="" data-wide="">
            <span className="sr-only">{t("market.bar")}</span>
          </th>
          {withLeads ? (
            <th scope="col" data-num="">
              {t("market.leads")}
            </th>
          ) : null}
          <th scope="col" data-num="">
            {t("market.won")}
          </th>
          <th scope="col" data-num="">
            {t("market.rate")}
          </th>
          {withLeads ? (
            <th scope="col" data-num="">
              {t("market.perLead")}
            </th>
          ) : null}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key ?? row.name}>
            <th scope="row" data-clip="">
              <NameOf row={row} view={view} by={by} />
            </th>
            <td data-bar="" data-wide="">
              <HBar
                value={row.valueMinor}
                most={most}
                slim
                quiet={row.isRest === true || row.key === null}
                label={barWords.bar(row.name, inTable(view, row.valueMinor, "money"))}
              />
            </td>
            {withLeads ? <td data-num="">{inTable(view, row.leads ?? 0, "count")}</td> : null}
            <td data-num="">{inTable(view, row.valueMinor, "money")}</td>
            <td data-num="">
              {row.closed === 0 ? (
                inTable(view, null, "ratio")
              ) : (
                <Rate
                  cell={{ value: row.won / row.closed, n: row.closed, hits: row.won }}
                  locale={view.told.locale}
                />
              )}
            </td>
            {withLeads ? (
              <td data-num="" data-quiet="">
                {inTable(
                  view,
                  row.leads === undefined || row.leads === 0 ? null : row.valueMinor / row.leads,
                  "money",
                )}
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

const sourcesOf = (data: MarketBlock): readonly (SourceReturnRow & { isRest?: boolean })[] =>
  listed(data.sources);

function sizeWords({ sizes }: MarketBlock, view: View): string {
  const { mediumFromMinor: medium, largeFromMinor: large } = sizes;
  if (medium === null || large === null) return t("market.sizes.none");
  const words = { medium: inTable(view, medium, "money"), large: inTable(view, large, "money") };
  const without =
    sizes.withoutAmount === 0
      ? ""
      : ` ${t("market.sizes.without", { count: sizes.withoutAmount })}`;
  return t(sizes.said ? "market.sizes.said" : "market.sizes.found", words) + without;
}

const PARTS = ["countries", "industries", "sizes", "sources"] as const;

function sheetOf(data: MarketBlock, view: View): Sheet {
  const [count, money] = [formatOf(view, "count"), formatOf(view, "money")];
  const rowsOf = (part: (typeof PARTS)[number]): readonly Listed[] =>
    part === "sizes" ? data.sizes.rows : listed(data[part]);
  return {
    columns: [
      { name: t("market.part") },
      { name: t("market.name") },
      { name: t("market.leads"), format: count },
      { name: t("market.wonCount"), format: count },
      { name: t("market.closed"), format: count },
      { name: t("market.won"), format: money },
    ],
    rows: PARTS.flatMap((part) =>
      rowsOf(part).map((row) => ({
        key: `${part} ${row.key ?? row.name}`,
        cells: [
          t(`market.of.${part}`),
          row.name,
          row.leads ?? null,
          row.won,
          row.closed,
          row.valueMinor,
        ],
      })),
    ),
  };
}

/** Where what was won comes from. Four short tables; each row opens what was won there. */
export function Market({
  around,
  block,
}: {
  around: Around;
  block: Block<MarketBlock> | undefined;
}) {
  const { view } = around;
  const span = spanOf(view);
  return (
    <BlockFrame
      {...framed(around)}
      title={t("market.title")}
      subtitle={t("market.subtitle", { span })}
      block={block}
      span={12}
      height={420}
      file="market"
    >
      {(data) => ({
        table: (
          <div className={classes.market}>
            <Table
              rows={listed(data.countries)}
              view={view}
              by="country"
              label={t("market.of.countries")}
            />
            <Table
              rows={listed(data.industries)}
              view={view}
              by="industry"
              label={t("market.of.industries")}
            />
            <div>
              <Table rows={data.sizes.rows} view={view} by={null} label={t("market.of.sizes")} />
              <p className={classes.quiet}>{sizeWords(data, view)}</p>
            </div>
            <div>
              <Table
                rows={sourcesOf(data)}
                view={view}
                by="source"
                label={t("market.of.sources")}
              />
              <p className={classes.quiet}>{t("market.noCost")}</p>
            </div>
          </div>
        ),
        sheet: sheetOf(data, view),
        ...(data.sizes.rows.every(({ closed }) => closed === 0) && data.countries.rows.length === 0
          ? { empty: <BlockEmpty>{t("market.empty", { span })}</BlockEmpty> }
          : {}),
      })}
    </BlockFrame>
  );
}
