import Link from "next/link";
import { BulletBar, barWords } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import { Legend } from "@/components/charts/legend";
import type { Sheet } from "@/components/charts/sheet";
import { signOf } from "@/lib/crm/core/money";
import type { TeamRow, TeamsBlock } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import classes from "./executive.module.css";
import { Figure, Share } from "./figure";
import type { View } from "./view";
import { attainedText, formatOf, hrefOf, inTable, wholeSpanOf } from "./view";

const rowsOf = ({ rows, rest }: TeamsBlock): readonly TeamRow[] =>
  rest === null ? rows : [...rows, rest.row];

export function TeamsKeys({ data, view }: { data: TeamsBlock; view: View }) {
  return (
    <Legend
      keys={[
        { kind: "bar", name: t("teams.won", { sign: signOf(view.currency) }) },
        { kind: "tick", name: t("teams.target") },
        { kind: "pace", name: t("teams.pace", data.workingDay) },
      ]}
    />
  );
}

function Attained({ row, view, linked }: { row: TeamRow; view: View; linked: boolean }) {
  const text = attainedText(view, row.attained);
  if (row.attained === null || !linked) return <b>{text}</b>;
  return (
    <Link href={hrefOf(view, "target_attainment", { by: "team", key: row.key })} prefetch={false}>
      <b>{text}</b>
    </Link>
  );
}

function Row({ row, view, most }: { row: TeamRow; view: View; most: number }) {
  // "3 other teams" have no records of their own to open.
  const linked = row.key !== null || row.name === t("nobody.team");
  const to = { by: "team", key: row.key } as const;
  const money = (value: number | null) => (value === null ? null : inTable(view, value, "money"));
  return (
    <tr>
      <th scope="row">
        {linked ? (
          <Link href={hrefOf(view, "won_revenue", to)} prefetch={false}>
            {row.name}
          </Link>
        ) : (
          row.name
        )}
      </th>
      <td data-bar="">
        <BulletBar
          value={row.won.value ?? 0}
          target={row.targetMinor}
          pace={row.paceMinor}
          most={most}
          label={barWords.bullet(
            row.name,
            inTable(view, row.won, "money"),
            money(row.targetMinor),
            money(row.paceMinor),
          )}
        />
      </td>
      <td data-num="">
        <Figure view={view} id="won_revenue" cell={row.won} to={to} linked={linked} />
      </td>
      <td data-num="">
        <Attained row={row} view={view} linked={linked} />
      </td>
      <td data-num="" data-quiet="" data-wide="">
        <Share view={view} id="closed_win_rate" cell={row.winRate} to={to} linked={linked} />
      </td>
    </tr>
  );
}

export function TeamsTable({ data, view }: { data: TeamsBlock; view: View }) {
  const rows = rowsOf(data);
  const most = Math.max(
    ...rows.flatMap(({ won, targetMinor }) => [won.value ?? 0, targetMinor ?? 0]),
  );
  const { withTarget } = data;
  return (
    <FigureTable label={t("teams.table")}>
      <thead>
        <tr>
          <th scope="col">{t("column.team")}</th>
          <th scope="col" data-bar="">
            {t("teams.bar")}
          </th>
          <th scope="col" data-num="">
            {t("column.won")}
          </th>
          <th scope="col" data-num="">
            {t("column.attained")}
          </th>
          <th scope="col" data-num="" data-wide="">
            {t("column.winRate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.key ?? row.name} row={row} view={view} most={most} />
        ))}
      </tbody>
      {withTarget === null ? null : (
        <tfoot>
          <tr>
            <th scope="row">{t("teams.withTarget")}</th>
            <td />
            <td data-num="">{inTable(view, withTarget.wonMinor, "money")}</td>
            <td data-num="">{attainedText(view, withTarget.attained)}</td>
            <td data-wide="" />
          </tr>
        </tfoot>
      )}
    </FigureTable>
  );
}

/** Names the teams without a target, and where it is set by those who may. */
export function TeamsFoot({
  data,
  view,
  mayTarget,
}: {
  data: TeamsBlock;
  view: View;
  mayTarget: boolean;
}) {
  if (data.withoutTarget.length === 0) return null;
  const teams = new Intl.ListFormat("en", { type: "conjunction" }).format(data.withoutTarget);
  return (
    <p className={classes.foot}>
      {t("teams.noTarget", { teams, span: wholeSpanOf(view) })}{" "}
      {mayTarget ? <Link href="/targets">{t("teams.setTarget")}</Link> : null}
    </p>
  );
}

export function teamsSheet(view: View, data: TeamsBlock): Sheet {
  const money = formatOf(view, "money");
  const ratio = formatOf(view, "ratio");
  const count = formatOf(view, "count");
  return {
    columns: [
      { name: t("column.team") },
      { name: t("column.won"), format: money },
      { name: t("column.target"), format: money },
      { name: t("column.attained"), format: ratio },
      { name: t("column.winRate"), format: ratio },
      { name: t("column.closed"), format: count },
    ],
    rows: rowsOf(data).map((row) => ({
      key: row.key ?? row.name,
      cells: [
        row.name,
        row.won.value,
        row.targetMinor,
        row.attained,
        row.winRate.value,
        row.winRate.n,
      ],
    })),
  };
}
