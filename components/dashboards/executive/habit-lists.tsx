import Link from "next/link";
import { FigureTable } from "@/components/charts/figure-table";
import type { JunkedBlock, QualityBlock, UpdatesBlock } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { byOwner, Head, partOf, person } from "./list-parts";
import type { View } from "./view";
import { hrefOf, inTable, spanOf } from "./view";
import type { ListView } from "./work-section";

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

export function qualityList(view: View, data: QualityBlock): ListView {
  const span = spanOf(view);
  const unit = t("quality.unit", { span });
  if (data.rows === null) {
    const empty = (
      <span>
        {t("quality.none")} <Link href="/dashboards/scoring">{t("quality.why")}</Link>
      </span>
    );
    return { unit, empty, table: null };
  }
  const { rows, everyone } = data;
  return {
    unit,
    ...(rows.length === 0 ? { empty: t("quality.empty", { span }) } : {}),
    table: (
      <FigureTable label={t("quality.title")}>
        <Head columns={[person, { name: t("column.score") }, { name: t("column.leads") }]} />
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              <td data-num="">{inTable(view, row.score, "ratio")}</td>
              <td data-num="" data-quiet="">
                <Link href={hrefOf(view, "leads_created", byOwner(row.key))} prefetch={false}>
                  {inTable(view, row.n, "count")}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </FigureTable>
    ),
    foot: t("quality.foot", {
      score: inTable(view, everyone.score, "ratio"),
      count: everyone.n,
    }),
  };
}
