import Link from "next/link";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { Sparkline } from "@/components/charts/sparkline";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import { Figure, Share } from "@/components/dashboards/executive/figure";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, hrefOf, inTable, wholeSpanOf } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import type { TeamLine, TeamOverview } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import classes from "./strategic.module.css";
import type { Around } from "./view";
import { framed } from "./view";

function Spark({ row, view }: { row: TeamLine; view: View }) {
  const { months, name } = row;
  const points = months.map((month, at) => ({ ...month, partial: at === months.length - 1 }));
  const last = points.at(-1)?.value ?? null;
  return (
    <Sparkline
      points={points}
      width={72}
      height={24}
      label={t("teams.spark", { name, last: inTable(view, last, "money") })}
    />
  );
}

function Row({ row, view }: { row: TeamLine; view: View }) {
  const to = { by: "team", key: row.key } as const;
  return (
    <tr>
      <th scope="row" data-clip="">
        <Link href={hrefOf(view, "won_revenue", to)} prefetch={false}>
          {row.name}
        </Link>
      </th>
      <td data-num="" data-wide="">
        {inTable(view, row.people, "count")}
      </td>
      <td data-num="" data-wide="">
        <Figure view={view} id="open_opportunities" cell={row.open} to={to} />
      </td>
      <td data-num="" data-wide="">
        <Figure view={view} id="open_pipeline_value" cell={row.openValue} to={to} />
      </td>
      <td data-num="">
        <Figure view={view} id="won_revenue" cell={row.won} to={to} />
      </td>
      <td data-num="">{inTable(view, row.ofTarget, "ratio")}</td>
      <td data-num="">
        <Share view={view} id="closed_win_rate" cell={row.winRate} to={to} />
      </td>
      <td data-num="" data-wide="">
        {inTable(view, row.perPersonMinor, "money")}
      </td>
      <td data-wide="" className={classes.spark}>
        <Spark row={row} view={view} />
      </td>
    </tr>
  );
}

const HEADS = [
  ["people", true],
  ["open", true],
  ["openValue", true],
  ["won", false],
  ["ofTarget", false],
  ["winRate", false],
  ["perPerson", true],
] as const;

function Table({ data, view }: { data: TeamOverview; view: View }) {
  const { total } = data;
  return (
    <FigureTable label={t("teams.title")}>
      <thead>
        <tr>
          <th scope="col">{t("teams.team")}</th>
          {HEADS.map(([name, wide]) => (
            <th key={name} scope="col" data-num="" {...(wide ? { "data-wide": "" } : {})}>
              {t(`teams.${name}`)}
            </th>
          ))}
          <th scope="col" data-wide="">
            {t("teams.months")}
          </th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((row) => (
          <Row key={row.key ?? row.name} row={row} view={view} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("teams.all")}</th>
          <td data-num="" data-wide="">
            {inTable(view, total.people, "count")}
          </td>
          <td data-num="" data-wide="">
            <Figure view={view} id="open_opportunities" cell={total.open} />
          </td>
          <td data-num="" data-wide="">
            <Figure view={view} id="open_pipeline_value" cell={total.openValue} />
          </td>
          <td data-num="">
            <Figure view={view} id="won_revenue" cell={total.won} />
          </td>
          <td data-num="">{inTable(view, total.ofTarget, "ratio")}</td>
          <td data-num="">
            <Share view={view} id="closed_win_rate" cell={total.winRate} />
          </td>
          <td data-num="" data-wide="">
            {inTable(view, total.perPersonMinor, "money")}
          </td>
          <td data-wide="" />
        </tr>
      </tfoot>
    </FigureTable>
  );
}

function sheetOf(data: TeamOverview, view: View): Sheet {
  const [count, money, ratio] = (["count", "money", "ratio"] as const).map((unit) =>
    formatOf(view, unit),
  );
  const cells = (row: Omit<TeamLine, "key" | "name">) => [
    row.people,
    row.open.value,
    row.openValue.value,
    row.won.value,
    row.targetMinor,
    row.ofTarget,
    row.winRate.value,
    row.winRate.n,
    row.perPersonMinor,
  ];
  const column = (name: string, format: typeof count) =>
    format === undefined ? { name } : { name, format };
  return {
    columns: [
      { name: t("teams.team") },
      column(t("teams.people"), count),
      column(t("teams.open"), count),
      column(t("teams.openValue"), money),
      column(t("teams.won"), money),
      column(t("teams.target"), money),
      column(t("teams.ofTarget"), ratio),
      column(t("teams.winRate"), ratio),
      column(t("teams.closed"), count),
      column(t("teams.perPerson"), money),
    ],
    rows: [
      ...data.rows.map((row) => ({ key: row.key ?? row.name, cells: [row.name, ...cells(row)] })),
      { key: "total", cells: [t("teams.all"), ...cells(data.total)], total: true },
    ],
  };
}

function footOf(data: TeamOverview, view: View): string {
  const { day, of } = data.workingDay;
  const words = t("teams.foot", {
    span: wholeSpanOf(view),
    day,
    of,
    share: inTable(view, of === 0 ? null : day / of, "ratio"),
  });
  if (data.withoutTarget.length === 0) return words;
  const teams = new Intl.ListFormat("en", { type: "conjunction" }).format(data.withoutTarget);
  return `${words} ${t("teams.noTarget", { teams, count: data.withoutTarget.length })}`;
}

/** How each team does, and all of them. */
export function Teams({
  around,
  block,
}: {
  around: Around;
  block: Block<TeamOverview> | undefined;
}) {
  const { view } = around;
  return (
    <BlockFrame
      {...framed(around)}
      title={t("teams.title")}
      subtitle={t("teams.subtitle", { span: wholeSpanOf(view) })}
      block={block}
      span={8}
      height={268}
      file="teams"
    >
      {(data) => ({
        table: <Table data={data} view={view} />,
        sheet: sheetOf(data, view),
        foot: footOf(data, view),
        ...(data.rows.length === 0 ? { empty: <BlockEmpty>{t("teams.empty")}</BlockEmpty> } : {}),
      })}
    </BlockFrame>
  );
}
