import Link from "next/link";
import { Fan } from "@/components/charts/fan";
import type { FanDay } from "@/components/charts/fan-days";
import { fanSheet } from "@/components/charts/fan-days";
import { FigureTable } from "@/components/charts/figure-table";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { Figure } from "@/components/dashboards/executive/figure";
import type { View } from "@/components/dashboards/executive/view";
import { formatOf, inTable, wholeSpanOf } from "@/components/dashboards/executive/view";
import type { Block } from "@/lib/dashboards/core/batch";
import { dayWords } from "@/lib/dashboards/core/span-words";
import type { QuarterBlock } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import type { ForecastPanel } from "@/lib/forecasting/core/panel";
import { monthStart } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import classes from "./strategic.module.css";
import type { Around } from "./view";
import { framed } from "./view";

type Ready = Extract<ForecastPanel, { readonly status: "ready" }>;

/** "the quarter", where that is meant; else its days. */
function nameOf({ state }: Around, span: string): string {
  const preset = "preset" in state.range ? state.range.preset : "";
  if (preset === "this-month" || preset === "this-quarter" || preset === "this-year")
    return t(`quarter.of.${preset}`);
  return span;
}

/** What is won by each day as far as it is known, and from there the fan; they meet on one day. */
function daysOf({ won, fan }: Ready, view: View): readonly FanDay[] {
  const last = won.at(-1);
  const name = (day: CalendarDate) => dayWords(day, view.told);
  return [
    ...won.map(({ day, value }) => ({
      key: day,
      name: name(day),
      actual: value,
      ahead: day === last?.day ? { p10: value, p50: value, p90: value } : null,
    })),
    ...fan
      .filter(({ day }) => last === undefined || day > last.day)
      .map(({ day, p10, p50, p90 }) => ({
        key: day,
        name: name(day),
        actual: null,
        ahead: { p10, p50, p90 },
      })),
  ];
}

/** The first of each month and the last day. */
function marksOf(days: readonly FanDay[], view: View) {
  const last = days.length - 1;
  const firsts = days.flatMap(({ key }, at) =>
    key === monthStart(key as CalendarDate) && last - at > last / 8
      ? [{ at, label: dayWords(key as CalendarDate, view.told) }]
      : [],
  );
  const end = days[last];
  const every = Math.ceil(firsts.length / 4);
  return [
    ...firsts.filter((_, at) => at % every === 0),
    ...(end === undefined
      ? []
      : [{ at: last, label: dayWords(end.key as CalendarDate, view.told) }]),
  ];
}

function Stat({ value, words }: { value: string; words: string }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** How likely the target is, and how good such forecasts were. */
function Stats({ forecast, view }: { forecast: Ready; view: View }) {
  const { accuracy30, chanceOfTarget } = forecast;
  const percent = (value: number | null, digits: number) =>
    value === null ? "–" : `${(value * 100).toFixed(digits)}\u202f%`;
  return (
    <>
      <dl className={classes.stats}>
        {forecast.target === null ? null : (
          <Stat value={percent(chanceOfTarget, 0)} words={t("quarter.chance")} />
        )}
        <Stat value={percent(accuracy30.wape, 1)} words={t("quarter.error")} />
        <Stat
          value={percent(accuracy30.coverage, 0)}
          words={t("quarter.coverage", { n: accuracy30.coverageN })}
        />
      </dl>
      <p className={classes.quiet}>
        {t(forecast.short ? "quarter.short" : "quarter.method", {
          method: forecast.method,
          day: dayWords(forecast.asOf, view.told),
        })}
      </p>
    </>
  );
}

function Categories({ data, view }: { data: QuarterBlock; view: View }) {
  return (
    <FigureTable label={t("quarter.categories")}>
      <thead>
        <tr>
          <th scope="col">{t("quarter.said")}</th>
          <th scope="col" data-num="">
            {t("quarter.deals")}
          </th>
          <th scope="col" data-num="">
            {t("quarter.value")}
          </th>
        </tr>
      </thead>
      <tbody>
        {data.categories.map(({ category, metric, cell }) => (
          <tr key={category}>
            <th scope="row">{t(`quarter.category.${category}`)}</th>
            <td data-num="">{inTable(view, cell.n, "count")}</td>
            <td data-num="">
              <Figure view={view} id={metric} cell={cell} to={{ days: view.whole }} />
            </td>
          </tr>
        ))}
      </tbody>
    </FigureTable>
  );
}

const Backtest = () => (
  <Link href="/dashboards/forecast" className={classes.more}>
    {t("quarter.backtest")}
  </Link>
);

/** Where the range ends: the stored forecast with its spread and its record, and what sellers say themselves. */
export function Quarter({
  around,
  block,
}: {
  around: Around;
  block: Block<QuarterBlock> | undefined;
}) {
  const { view } = around;
  const span = wholeSpanOf(view);
  const format = formatOf(view, "money");
  return (
    <BlockFrame
      {...framed(around)}
      title={t("quarter.title", { span: nameOf(around, span) })}
      block={block}
      span={5}
      height={268}
      file="forecast"
    >
      {(data) => {
        const { forecast } = data;
        if (forecast.status === "none")
          return {
            subtitle: t("quarter.subtitle"),
            table: (
              <>
                <p className={classes.why}>{t(`quarter.none.${forecast.reason}`)}</p>
                <Categories data={data} view={view} />
              </>
            ),
            foot: <Backtest />,
          };
        const days = daysOf(forecast, view);
        const words = {
          span,
          p10: inTable(view, forecast.end.p10, "money"),
          p50: inTable(view, forecast.end.p50, "money"),
          p90: inTable(view, forecast.end.p90, "money"),
        };
        return {
          subtitle: t("quarter.subtitle"),
          chart: (
            <>
              <Fan
                label={t("quarter.sentence", words)}
                days={days}
                marks={marksOf(days, view)}
                target={forecast.target}
                format={format}
              />
              <Stats forecast={forecast} view={view} />
            </>
          ),
          table: <Categories data={data} view={view} />,
          sheet: fanSheet(days, forecast.target, format),
          foot: <Backtest />,
        };
      }}
    </BlockFrame>
  );
}
