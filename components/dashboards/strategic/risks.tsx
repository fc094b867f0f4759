import { IconArrowBarToRight, IconClock, IconDiamond, IconHourglass } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { FigureTable, Who } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, hrefOf, inTable } from "@/components/dashboards/executive/view";
import { signOf } from "@/lib/crm/core/money";
import type { Block } from "@/lib/dashboards/core/batch";
import type { Risk, RiskRow } from "@/lib/dashboards/core/risk";
import type { RiskBlock } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import { RiskActs } from "./risk-acts";
import { Statements } from "./statements";
import classes from "./strategic.module.css";
import { ThresholdsButton } from "./thresholds-dialog";
import type { Around } from "./view";
import { framed, hrefOfDeals } from "./view";

const ICONS: Readonly<Record<Risk, ReactNode>> = {
  overdue: <IconClock size={16} aria-hidden />,
  slipped: <IconArrowBarToRight size={16} aria-hidden />,
  "high-value": <IconDiamond size={16} aria-hidden />,
  stagnant: <IconHourglass size={16} aria-hidden />,
};

/** Whether the row's threshold is one for the whole list, and how it is said. */
function ruleOf(risk: Risk, data: RiskBlock, view: View): string {
  switch (risk) {
    case "overdue":
      return t("risk.why.overdue", { days: data.overdueDays });
    case "slipped":
      return t("risk.why.slipped", { times: data.slips });
    case "high-value":
      return t(data.highValueSaid ? "risk.why.high-value" : "risk.why.high-value-found", {
        from: inTable(view, data.highValueMinor, "money"),
      });
    case "stagnant":
      return data.quietDays === null
        ? t("risk.why.stagnant")
        : t("risk.why.stagnant-days", { days: data.quietDays });
  }
}

function Why({ row, data, view }: { row: RiskRow; data: RiskBlock; view: View }) {
  const { largest, risk } = row;
  const rule = ruleOf(risk, data, view);
  if (largest === null) return rule;
  const value =
    largest.valueMinor === null ? t("risk.noAmount") : inTable(view, largest.valueMinor, "money");
  const measure =
    largest.measure === null ? "" : `, ${t(`risk.measure.${risk}`, { count: largest.measure })}`;
  return (
    <>
      {rule} {t("risk.largest")}{" "}
      <Link href={`/leads/${largest.id}`} prefetch={false}>
        {largest.name}
      </Link>
      {`, ${value}${measure}`}
    </>
  );
}

function Row({ row, data, around }: { row: RiskRow; data: RiskBlock; around: Around }) {
  const { view, state } = around;
  const { risk, largest } = row;
  const owner = largest?.ownerName ?? null;
  const href = hrefOfDeals(state, `risk-${risk}`);
  return (
    <tr data-risk={risk} data-rests={row.rests === null ? undefined : ""}>
      <th scope="row">
        <Link href={href} prefetch={false} className={classes.risk}>
          {ICONS[risk]}
          {t(`risk.name.${risk}`, { times: data.slips })}
        </Link>
      </th>
      <td className={classes.why}>
        <Why row={row} data={data} view={view} />
      </td>
      <td data-num="">
        <Link href={href} prefetch={false}>
          {inTable(view, row.deals, "count")}
        </Link>
      </td>
      <td data-num="">
        <strong>{inTable(view, row.valueMinor, "money")}</strong>
      </td>
      <td className={classes.owner}>
        {owner === null ? (
          <span className={classes.quiet}>{t("risk.nobody")}</span>
        ) : (
          <Who name={owner} />
        )}
      </td>
      <td className={classes.acts}>
        <RiskActs row={row} around={around} />
      </td>
    </tr>
  );
}

function Table({ data, around }: { data: RiskBlock; around: Around }) {
  const { view } = around;
  const { atRisk, open } = data;
  const share = open.valueMinor === 0 ? null : atRisk.valueMinor / open.valueMinor;
  return (
    <div className={classes.risks}>
      <FigureTable label={t("risk.title")}>
        <thead>
          <tr>
            <th scope="col">{t("risk.column.risk")}</th>
            <th scope="col">{t("risk.column.why")}</th>
            <th scope="col" data-num="">
              {t("risk.column.deals")}
            </th>
            <th scope="col" data-num="" aria-sort="descending">
              {t("risk.column.value")}
            </th>
            <th scope="col">{t("risk.column.owner")}</th>
            <th scope="col">
              <span className="sr-only">{t("risk.column.acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Row key={row.risk} row={row} data={data} around={around} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("risk.all")}</th>
            <td className={classes.why}>{t("risk.once")}</td>
            <td data-num="">{inTable(view, atRisk.deals, "count")}</td>
            <td data-num="">{inTable(view, atRisk.valueMinor, "money")}</td>
            <td colSpan={2} className={classes.share}>
              {share === null ? "" : t("risk.share", { share: inTable(view, share, "ratio") })}
            </td>
          </tr>
        </tfoot>
      </FigureTable>
    </div>
  );
}

function sheetOf(data: RiskBlock, view: View): Sheet {
  const withoutValue = data.rows.reduce((sum, row) => sum + row.withoutValue, 0);
  return {
    columns: [
      { name: t("risk.column.risk") },
      { name: t("risk.column.why") },
      { name: t("risk.column.deals"), format: formatOf(view, "count") },
      { name: t("risk.column.without"), format: formatOf(view, "count") },
      { name: t("risk.column.value"), format: formatOf(view, "money") },
      { name: t("risk.column.largest") },
      { name: t("risk.column.owner") },
    ],
    rows: [
      ...data.rows.map((row) => ({
        key: row.risk,
        cells: [
          t(`risk.name.${row.risk}`, { times: data.slips }),
          ruleOf(row.risk, data, view),
          row.deals,
          row.withoutValue,
          row.valueMinor,
          row.largest?.name ?? "",
          row.largest?.ownerName ?? "",
        ],
      })),
      {
        key: "total",
        cells: [
          t("risk.all"),
          t("risk.once"),
          data.atRisk.deals,
          withoutValue,
          data.atRisk.valueMinor,
          "",
          "",
        ],
        total: true,
      },
    ],
  };
}

function subtitleOf(data: RiskBlock, { view, state }: Around): string {
  const [team, ...others] = state.filter.team;
  const one = others.length > 0 ? undefined : data.teams.find(({ id }) => id === team);
  return t("risk.subtitle", {
    atRisk: data.atRisk.deals,
    open: data.open.deals,
    sign: signOf(view.currency),
    of: one?.name ?? t("risk.allTeams"),
  });
}

/** What could be lost, what to do about it, and what is said of the pipeline as a whole. */
export function Risks({ around, block }: { around: Around; block: Block<RiskBlock> | undefined }) {
  const { view } = around;
  const data = block?.status === "ready" ? block.data : undefined;
  return (
    <BlockFrame
      {...framed(around)}
      title={t("risk.title")}
      block={block}
      span={12}
      height={300}
      file="risks"
      tools={data === undefined ? null : <ThresholdsButton data={data} around={around} />}
    >
      {(risks) => ({
        subtitle: subtitleOf(risks, around),
        table: (
          <>
            {risks.rows.length === 0 ? (
              <BlockEmpty>
                {t(risks.open.deals === 0 ? "risk.nothingOpen" : "risk.nothing", {
                  open: risks.open.deals,
                })}
              </BlockEmpty>
            ) : (
              <Table data={risks} around={around} />
            )}
            <Statements
              data={risks}
              view={view}
              hrefs={{
                coverage: hrefOf(view, "pipeline_coverage", { days: view.whole }),
                winRate: hrefOf(view, "closed_win_rate", { by: "team" }),
                concentration: hrefOf(view, "concentration_top"),
              }}
            />
          </>
        ),
        sheet: sheetOf(risks, view),
      })}
    </BlockFrame>
  );
}
