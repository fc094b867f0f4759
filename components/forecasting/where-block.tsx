import { Fan } from "@/components/charts/fan";
import type { FanDay } from "@/components/charts/fan-days";
import { fanSheet } from "@/components/charts/fan-days";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { ForecastPanel } from "@/lib/forecasting/core/panel";
import { monthStart } from "@/lib/metrics/core/range";
import type { CalendarDate } from "@/lib/time/calendar-date";
import classes from "./forecasting.module.css";
import { t } from "./forecasting-text";
import type { Look } from "./look";
import { dayText, moneyFormat, percent, shortMoney } from "./look";

type Ready = Extract<ForecastPanel, { readonly status: "ready" }>;

/** What was won by each day, and from there the fan. */
function daysOf({ won, fan }: Ready, look: Look): readonly FanDay[] {
  return [
    ...won.map(({ day, value }) => ({
      key: day,
      name: dayText(day, look),
      actual: value,
      ahead: null,
    })),
    ...fan.map(({ day, p10, p50, p90 }) => ({
      key: day,
      name: dayText(day, look),
      actual: null,
      ahead: { p10, p50, p90 },
    })),
  ];
}

/** The first day, the first of each month inside, and the last. */
function marksOf(days: readonly FanDay[], look: Look) {
  const last = days.length - 1;
  return days.flatMap(({ key }, at) => {
    const isFirst = key === monthStart(key as CalendarDate);
    const near = at < last / 6 || last - at < last / 6;
    if (at !== 0 && at !== last && (!isFirst || near)) return [];
    return [{ at, label: dayText(key as CalendarDate, look) }];
  });
}

function Stats({ panel, look }: { panel: Ready; look: Look }) {
  const { end, target, chanceOfTarget } = panel;
  return (
    <dl className={classes.stats}>
      <div>
        <dt>{t("forecast.where.end", { day: dayText(end.day, look) })}</dt>
        <dd>{shortMoney(end.p50, look)}</dd>
      </div>
      <div>
        <dt>{t("forecast.where.band")}</dt>
        <dd>
          {t("forecast.where.range", {
            low: shortMoney(end.p10, look),
            high: shortMoney(end.p90, look),
          })}
        </dd>
      </div>
      <div>
        <dt>{t("forecast.where.chance")}</dt>
        <dd>
          {percent(chanceOfTarget, look, 0)}{" "}
          <small>
            {target === null
              ? t("forecast.where.noTarget")
              : t("forecast.where.target", { target: shortMoney(target, look) })}
          </small>
        </dd>
      </div>
    </dl>
  );
}

/** What was won in the period, and where it may end. */
export function WhereBlock({ panel, look }: { panel: ForecastPanel; look: Look }) {
  return (
    <BlockFrame
      title={t("forecast.where.title")}
      block={{ status: "ready", data: panel }}
      span={7}
      onRetry={() => undefined}
      file="forecast"
    >
      {(data) => {
        if (data.status === "none")
          return { empty: <BlockEmpty>{t(`forecast.none.${data.reason}`)}</BlockEmpty> };
        const days = daysOf(data, look);
        const { end } = data;
        const day = dayText(data.asOf, look);
        const label = t("forecast.where.sentence", {
          day: dayText(end.day, look),
          p10: shortMoney(end.p10, look),
          p50: shortMoney(end.p50, look),
          p90: shortMoney(end.p90, look),
        });
        return {
          subtitle: data.short
            ? t("forecast.where.short", { day })
            : t("forecast.where.subtitle", { day, method: data.method }),
          chart: (
            <>
              <Stats panel={data} look={look} />
              <Fan
                label={label}
                days={days}
                marks={marksOf(days, look)}
                target={data.target}
                format={moneyFormat(look)}
              />
            </>
          ),
          sheet: fanSheet(days, data.target, moneyFormat(look)),
        };
      }}
    </BlockFrame>
  );
}
