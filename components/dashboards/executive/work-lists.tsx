import Link from "next/link";
import type { ReactNode } from "react";
import { barWords, IntervalDot, intervalAxis } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type {
  ConvertedBlock,
  JunkedBlock,
  ProgressBlock,
  ResponseBlock,
  ResponseRow,
  UpdatesBlock,
} from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { intervalOf } from "@/lib/dashboards/core/figure-text";
import classes from "./executive.module.css";
import { Figure } from "./figure";
import type { View } from "./view";
import { hrefOf, inTable, spanOf } from "./view";
import type { ListView } from "./work-section";

const byOwner = (key: string | null) => ({ by: "owner", key }) as const;

type Column = { readonly name: string; readonly kind?: "num" | "bar" | "text" };

function Head({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, kind = "num" }) => (
          <th
            key={name}
            scope="col"
            data-num={kind === "num" ? "" : undefined}
            data-bar={kind === "bar" ? "" : undefined}
          >
            {kind === "bar" ? <span className="sr-only">{name}</span> : name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const person: Column = { name: t("column.person"), kind: "text" };

/** "1 of 24" with the part in full strength. */
const partOf = (view: View, part: number, whole: number): ReactNode => (
  <>
    {inTable(view, part, "count")}{" "}
    <span className={classes.faint}>of {inTable(view, whole, "count")}</span>
  </>
);

export function progressList(view: View, data: ProgressBlock): ListView {
  const title = t("progress.title");
  const rows = [...data.rows, ...(data.rest === null ? [] : [data.rest.row])];
  return {
    unit: t("progress.unit"),
    ...(rows.length === 0 ? { empty: t("progress.empty") } : {}),
    table: (
      <FigureTable label={title}>
        <Head
          columns={[
            person,
            { name: t("column.leads") },
            { name: t("column.deals") },
            { name: t("column.value") },
          ]}
        />
        <tbody>
          {rows.map((row) => {
            const linked = row !== data.rest?.row;
            const more = { view, to: byOwner(row.key), linked };
            return (
              <tr key={row.key ?? row.name}>
                <th scope="row">{row.name}</th>
                <td data-num="">
                  <Figure id="open_leads" cell={row.leads} {...more} />
                </td>
                <td data-num="">
                  <Figure id="open_opportunities" cell={row.deals} {...more} />
                </td>
                <td data-num="">
                  <Figure id="open_pipeline_value" cell={row.value} {...more} />
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("progress.all")}</th>
            <td data-num="">
              <Figure id="open_leads" cell={data.total.leads} view={view} />
            </td>
            <td data-num="">
              <Figure id="open_opportunities" cell={data.total.deals} view={view} />
            </td>
            <td data-num="">
              <Figure id="open_pipeline_value" cell={data.total.value} view={view} />
            </td>
          </tr>
        </tfoot>
      </FigureTable>
    ),
  };
}

export function convertedList(view: View, data: ConvertedBlock): ListView {
  const { rows, everyone, cohort, minN, tooFew } = data;
  const span = spanOf(view, cohort);
  const axis = intervalAxis(rows);
  const percent = (ratio: number | null) => inTable(view, ratio, "ratio");
  const look = { currency: view.currency, locale: view.told.locale };
  return {
    unit: t("converted.unit", { span }),
    ...(rows.length === 0 ? { empty: t("converted.empty", { min: minN, span }) } : {}),
    table: (
      <FigureTable label={t("converted.title")}>
        <Head
          columns={[
            person,
            { name: t("converted.interval"), kind: "bar" },
            { name: t("column.rate") },
            { name: t("column.n") },
          ]}
        />
        <tbody>
          {rows.map((row) => {
            const range = intervalOf(row.rate, look);
            return (
              <tr key={row.key}>
                <th scope="row">{row.name}</th>
                <td data-bar="">
                  <IntervalDot
                    rate={row.rate.value}
                    low={row.low}
                    high={row.high}
                    overall={everyone.value}
                    {...axis}
                    label={barWords.rate(
                      row.name,
                      percent(row.rate.value),
                      range === null ? null : { ...range, n: row.rate.n },
                    )}
                  />
                </td>
                <td data-num="">
                  <Figure
                    view={view}
                    id="lead_opportunity_cohort"
                    cell={row.rate}
                    to={{ ...byOwner(row.key), days: cohort }}
                  />
                </td>
                <td data-num="" data-quiet="">
                  {inTable(view, row.rate.n, "count")}
                </td>
              </tr>
            );
          })}
        </tbody>
      </FigureTable>
    ),
    foot: (
      <>
        {t("converted.axis", {
          from: percent(axis.from),
          to: percent(axis.to),
          rate: percent(everyone.value),
        })}
        {tooFew === 0 ? null : ` · ${t("converted.tooFew", { count: tooFew, min: minN })}`}
      </>
    ),
  };
}

function ResponseLine({ row, view, gap }: { row: ResponseRow; view: View; gap: boolean }) {
  const to = byOwner(row.key);
  return (
    <tr data-gap={gap ? "" : undefined}>
      <th scope="row">{row.name}</th>
      <td data-num="">
        <Figure view={view} id="response_minutes_median" cell={row.p50} to={to} />
      </td>
      <td data-num="" data-quiet="">
        <Figure view={view} id="response_minutes_p90" cell={row.p90} to={to} />
      </td>
      <td data-num="">
        <Link href={hrefOf(view, "response_within_hour", to)} prefetch={false}>
          {partOf(view, row.unanswered, row.leads)}
        </Link>
      </td>
    </tr>
  );
}

export function responseList(view: View, data: ResponseBlock): ListView {
  const { fastest, slowest, everyone } = data;
  const span = spanOf(view);
  const all = {
    part: inTable(view, everyone.unanswered, "count"),
    whole: inTable(view, everyone.leads, "count"),
  };
  const rows = fastest.length + slowest.length;
  return {
    unit: t("response.unit", { span }),
    ...(rows === 0 ? { empty: t("response.empty", { span }) } : {}),
    table: (
      <FigureTable label={t("response.title")}>
        <Head
          columns={[
            person,
            { name: t("column.p50") },
            { name: t("column.p90") },
            { name: t("column.noReply") },
          ]}
        />
        <tbody>
          {[...fastest, ...slowest].map((row, at) => (
            <ResponseLine
              key={row.key}
              row={row}
              view={view}
              gap={at > 0 && at === fastest.length && rows < data.people}
            />
          ))}
        </tbody>
      </FigureTable>
    ),
    foot:
      rows < data.people
        ? t("response.foot", { fastest: fastest.length, slowest: slowest.length, ...all })
        : t("response.footAll", all),
  };
}

export function junkedList(view: View, data: JunkedBlock): ListView {
  const { rows, everyone } = data;
  const span = spanOf(view);
  return {
    unit: t("junked.unit", { span }),
    ...(rows.length === 0 ? { empty: t("junked.empty", { span }) } : {}),
    table: (
      <FigureTable label={t("junked.title")}>
        <Head
          columns={[
            person,
            { name: t("column.junk") },
            { name: t("column.topReason"), kind: "text" },
          ]}
        />
        <tbody>
          {rows.map(({ key, name, rate, topReason }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              <td data-num="">
                <Link href={hrefOf(view, "junk_rate", byOwner(key))} prefetch={false}>
                  {partOf(view, rate.hits ?? 0, rate.n)}
                </Link>
              </td>
              <td data-quiet="">{topReason ?? t("junked.noReason")}</td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    ),
    foot: t("junked.foot", {
      part: inTable(view, everyone.hits ?? 0, "count"),
      whole: inTable(view, everyone.n, "count"),
      rate: inTable(view, everyone, "ratio"),
    }),
  };
}

export function updatesList(view: View, data: UpdatesBlock): ListView {
  const { most, least, everyone, people } = data;
  const format = new Intl.NumberFormat(view.told.locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const rate = format.format(everyone.perDealWeek);
  const rows = most.length + least.length;
  return {
    unit: t("updates.unit"),
    ...(rows === 0 ? { empty: t("updates.empty") } : {}),
    table: (
      <FigureTable label={t("updates.title")}>
        <Head columns={[person, { name: t("column.perDeal") }, { name: t("column.deals") }]} />
        <tbody>
          {[...most, ...least].map((row, at) => (
            <tr
              key={row.key}
              data-gap={at > 0 && at === most.length && rows < people ? "" : undefined}
            >
              <th scope="row">{row.name}</th>
              <td data-num="">{format.format(row.perDealWeek)}</td>
              <td data-num="" data-quiet="">
                <Link href={hrefOf(view, "open_opportunities", byOwner(row.key))} prefetch={false}>
                  {inTable(view, row.deals, "count")}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    ),
    foot:
      rows < people
        ? t("updates.foot", { most: most.length, least: least.length, rate })
        : t("updates.footAll", { rate }),
  };
}
