import Link from "next/link";
import { HBar } from "@/components/charts/cell-bars";
import { FigureTable } from "@/components/charts/figure-table";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { ScorePage } from "@/lib/forecasting/core/page";
import type { ScorePanel } from "@/lib/forecasting/core/panel";
import classes from "./forecasting.module.css";
import { t } from "./forecasting-text";
import type { Look } from "./look";
import { count, percent, plain } from "./look";
import { Reasons } from "./reasons";

const nothing = (): void => undefined;

/** Open leads by score. */
export function SpreadBlock({ panel, look }: { panel: ScorePanel; look: Look }) {
  const { distribution } = panel;
  const all = distribution.reduce((sum, { n }) => sum + n, 0);
  const most = Math.max(0, ...distribution.map(({ n }) => n));
  const range = (from: number) =>
    t("score.calibration.range", {
      from: percent(from, look, 0),
      to: percent(from + 0.1, look, 0),
    });
  return (
    <BlockFrame
      title={t("score.spread.title")}
      subtitle={t("score.spread.subtitle")}
      block={{ status: "ready", data: distribution }}
      span={5}
      onRetry={nothing}
      file="score-of-open-leads"
    >
      {(data) =>
        all === 0
          ? { empty: <BlockEmpty>{t("score.spread.empty")}</BlockEmpty> }
          : {
              table: (
                <FigureTable label={t("score.spread.sentence", { n: count(all, look) })}>
                  <thead>
                    <tr>
                      <th scope="col">{t("score.top.score")}</th>
                      <th scope="col" data-num="">
                        {t("score.spread.n")}
                      </th>
                      <th scope="col" data-bar="">
                        <span className="sr-only">{t("score.spread.n")}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {[...data].reverse().map(({ from, n }) => (
                      <tr key={from}>
                        <th scope="row">{range(from)}</th>
                        <td data-num="">{count(n, look)}</td>
                        <td data-bar="">
                          <HBar value={n} most={most} label={count(n, look)} slim />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </FigureTable>
              ),
            }
      }
    </BlockFrame>
  );
}

/** The best open leads, and why. */
export function TopBlock({ panel, look }: { panel: ScorePanel; look: Look }) {
  return (
    <BlockFrame
      title={t("score.top.title")}
      subtitle={t("score.top.subtitle")}
      block={{ status: "ready", data: panel.top }}
      span={7}
      onRetry={nothing}
      file="best-leads"
    >
      {(data) =>
        data.length === 0
          ? { empty: <BlockEmpty>{t("score.top.empty")}</BlockEmpty> }
          : {
              table: (
                <FigureTable label={t("score.top.title")}>
                  <thead>
                    <tr>
                      <th scope="col">{t("score.top.lead")}</th>
                      <th scope="col" data-wide="">
                        {t("score.top.owner")}
                      </th>
                      <th scope="col" data-num="">
                        {t("score.top.score")}
                      </th>
                      <th scope="col">{t("score.top.reasons")}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.map(({ id, name, companyName, owner, score, reasons }) => (
                      <tr key={id}>
                        <th className={classes.meaning} scope="row">
                          <Link href={`/leads/${id}`}>{name}</Link>
                          {companyName === null ? null : <div>{companyName}</div>}
                        </th>
                        <td data-wide="">{owner}</td>
                        <td data-num="">{percent(score, look, 0)}</td>
                        <td>
                          <Reasons reasons={reasons.slice(0, 3)} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </FigureTable>
              ),
            }
      }
    </BlockFrame>
  );
}

/** What counts in the model. */
export function WeightsBlock({ page, look }: { page: ScorePage; look: Look }) {
  const most = Math.max(0, ...page.weights.map(({ effect }) => Math.abs(effect)));
  return (
    <BlockFrame
      title={t("score.weights.title")}
      subtitle={t("score.weights.subtitle")}
      block={{ status: "ready", data: page.weights }}
      span={7}
      onRetry={nothing}
      file="score-weights"
    >
      {(data) =>
        data.length === 0
          ? { empty: <BlockEmpty>{t("score.weights.empty")}</BlockEmpty> }
          : {
              table: (
                <FigureTable label={t("score.weights.title")}>
                  <thead>
                    <tr>
                      <th scope="col">{t("score.weights.field")}</th>
                      <th scope="col">{t("score.weights.value")}</th>
                      <th scope="col" data-num="" data-wide="">
                        {t("score.weights.n")}
                      </th>
                      <th scope="col" data-num="">
                        {t("score.weights.effect")}
                      </th>
                      <th scope="col" data-bar="">
                        <span className="sr-only">{t("score.weights.effect")}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {data.map(({ field, value, n, effect }) => (
                      <tr key={`${field} ${value}`}>
                        <th scope="row">{field}</th>
                        <td>{value}</td>
                        <td data-num="" data-wide="">
                          {count(n, look)}
                        </td>
                        <td data-num="">
                          {effect > 0 ? "+" : ""}
                          {plain(effect, look)}
                        </td>
                        <td data-bar="">
                          <HBar
                            value={Math.abs(effect)}
                            most={most}
                            quiet={effect < 0}
                            label={plain(effect, look)}
                            slim
                          />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </FigureTable>
              ),
            }
      }
    </BlockFrame>
  );
}

/** How often teams win, where no model says more. */
export function RatesBlock({ page, look }: { page: ScorePage; look: Look }) {
  const { base } = page.panel;
  if (page.rates.length === 0 || base === null) return null;
  const lines = [
    ...page.rates.map(({ name, rate, n }) => ({ name: name ?? t("score.rates.nobody"), rate, n })),
    { name: t("score.rates.all"), ...base },
  ];
  return (
    <BlockFrame
      title={t("score.rates.title")}
      subtitle={t("score.rates.subtitle")}
      block={{ status: "ready", data: lines }}
      span={5}
      onRetry={nothing}
      file="base-rates"
    >
      {(data) => ({
        table: (
          <FigureTable label={t("score.rates.title")}>
            <thead>
              <tr>
                <th scope="col">{t("score.rates.team")}</th>
                <th scope="col" data-num="">
                  {t("score.rates.n")}
                </th>
                <th scope="col" data-num="">
                  {t("score.rates.rate")}
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map(({ name, rate, n }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td data-num="">{count(n, look)}</td>
                  <td data-num="">{percent(rate, look)}</td>
                </tr>
              ))}
            </tbody>
          </FigureTable>
        ),
      })}
    </BlockFrame>
  );
}
