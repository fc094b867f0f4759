import { HBar } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import type { Sheet } from "@/components/charts/sheet";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { ForecastPage } from "@/lib/forecasting/core/page";
import type { Accuracy } from "@/lib/forecasting/core/panel";
import { t } from "./forecasting-text";
import type { Look } from "./look";
import { count, dayText, moneyFormat, percent, plain, shortMoney } from "./look";

const nothing = (): void => undefined;

/** What comes in, in the days ahead. */
export function AheadBlock({ page, look }: { page: ForecastPage; look: Look }) {
  const { panel, ahead } = page;
  if (panel.status === "none") return null;
  const format = moneyFormat(look);
  const sheet: Sheet = {
    columns: [
      { name: t("forecast.ahead.until") },
      ...(["p10", "p50", "p90"] as const).map((key) => ({
        name: t(`forecast.ahead.${key}`),
        format,
      })),
    ],
    rows: ahead.map(({ days, p10, p50, p90 }) => ({
      key: String(days),
      cells: [t("forecast.ahead.days", { days }), p10, p50, p90],
    })),
  };
  return (
    <BlockFrame
      title={t("forecast.ahead.title")}
      subtitle={t("forecast.ahead.subtitle", { day: dayText(panel.asOf, look) })}
      block={{ status: "ready", data: ahead }}
      span={5}
      onRetry={nothing}
      file="forecast-days-ahead"
    >
      {(data) => ({
        table: (
          <FigureTable label={t("forecast.ahead.title")}>
            <thead>
              <tr>
                <th scope="col">{t("forecast.ahead.until")}</th>
                {(["p10", "p50", "p90"] as const).map((key) => (
                  <th key={key} scope="col" data-num="">
                    {t(`forecast.ahead.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.map(({ days, p10, p50, p90 }) => (
                <tr key={days}>
                  <th scope="row">{t("forecast.ahead.days", { days })}</th>
                  <td data-num="" data-quiet="">
                    {shortMoney(p10, look)}
                  </td>
                  <td data-num="">{shortMoney(p50, look)}</td>
                  <td data-num="" data-quiet="">
                    {shortMoney(p90, look)}
                  </td>
                </tr>
              ))}
            </tbody>
          </FigureTable>
        ),
        sheet,
      })}
    </BlockFrame>
  );
}

/** What the forecast is mixed from. */
export function MixBlock({ page, look }: { page: ForecastPage; look: Look }) {
  const { weights } = page;
  if (weights.length === 0) return null;
  return (
    <BlockFrame
      title={t("forecast.mix.title")}
      subtitle={t("forecast.mix.subtitle")}
      block={{ status: "ready", data: weights }}
      span={5}
      onRetry={nothing}
      file="forecast-methods"
    >
      {(data) => ({
        table: (
          <FigureTable label={t("forecast.mix.title")}>
            <thead>
              <tr>
                <th scope="col">{t("forecast.mix.method")}</th>
                <th scope="col" data-num="">
                  {t("forecast.mix.share")}
                </th>
                <th scope="col" data-bar="">
                  <span className="sr-only">{t("forecast.mix.share")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map(({ method, weight }) => (
                <tr key={method}>
                  <th scope="row">{method}</th>
                  <td data-num="">{percent(weight, look, 0)}</td>
                  <td data-bar="">
                    <HBar value={weight} most={1} label={percent(weight, look, 0)} slim />
                  </td>
                </tr>
              ))}
            </tbody>
          </FigureTable>
        ),
        foot: <span>{t("forecast.mix.foot")}</span>,
      })}
    </BlockFrame>
  );
}

const FIGURES = ["wape", "bias"] as const;
/** Left out on a phone: how many windows stands beside the band there, too. */
const WIDE: ReadonlySet<string> = new Set(["n"]);

function Line({ one, look }: { one: Accuracy; look: Look }) {
  return (
    <tr>
      <th scope="row">{t("forecast.backtest.days", { days: one.horizonDays })}</th>
      <td data-num="" data-wide="">
        {count(one.n, look)}
      </td>
      {FIGURES.map((key) => (
        <td key={key} data-num="">
          {percent(one[key], look)}
        </td>
      ))}
      <td data-num="">
        {percent(one.coverage, look, 0)}{" "}
        {one.coverage === null ? null : t("forecast.backtest.coverageOf", { n: one.coverageN })}
      </td>
      <td data-num="">{plain(one.mase, look)}</td>
    </tr>
  );
}

/** How good forecasts were, week by week in the past. */
export function BacktestBlock({ page, look }: { page: ForecastPage; look: Look }) {
  const { backtest } = page;
  const known = (backtest?.accuracy ?? []).filter(({ n }) => n > 0);
  const heads = ["n", "wape", "bias", "coverage", "mase"] as const;
  return (
    <BlockFrame
      title={t("forecast.backtest.title")}
      {...(backtest === null
        ? {}
        : {
            subtitle: t("forecast.backtest.subtitle", {
              day: dayText(backtest.until, look),
              deals: count(backtest.deals, look),
              seed: String(backtest.seed),
            }),
          })}
      block={{ status: "ready", data: known }}
      span={7}
      onRetry={nothing}
      file="forecast-backtest"
    >
      {(data) =>
        data.length === 0
          ? { empty: <BlockEmpty>{t("forecast.backtest.empty")}</BlockEmpty> }
          : {
              table: (
                <FigureTable label={t("forecast.backtest.title")}>
                  <thead>
                    <tr>
                      <th scope="col">{t("forecast.backtest.ahead")}</th>
                      {heads.map((key) => (
                        <th
                          key={key}
                          scope="col"
                          data-num=""
                          {...(WIDE.has(key) ? { "data-wide": "" } : {})}
                        >
                          {t(`forecast.backtest.${key}`)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {data.map((one) => (
                      <Line key={one.horizonDays} one={one} look={look} />
                    ))}
                  </tbody>
                </FigureTable>
              ),
              foot: <span>{t("forecast.backtest.foot")}</span>,
            }
      }
    </BlockFrame>
  );
}
