import Link from "next/link";
import type { ReactNode } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import { hrefOfDashboard } from "@/lib/dashboards/core/drill-href";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { screensOf } from "@/lib/dashboards/core/metric-screens";
import type { Metric } from "@/lib/metrics/core/metric";
import { metricOf } from "@/lib/metrics/core/registry";
import classes from "./drill.module.css";
import { capital, timeOf } from "./drill-head";
import { t } from "./metrics-text";

type Props = { readonly data: MetricPageData; readonly reader: ScreenReader };

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Rules({ data }: Pick<Props, "data">) {
  const { kind, currency, nulls, attribution }: Metric = metricOf(data.id);
  const { amounts } = data;
  return (
    <dl>
      <Fact name={t("kind")}>{t(`kindOf.${kind}`)}</Fact>
      {currency === undefined ? null : (
        <Fact name={t("currency")}>
          {amounts === null ? currency : `${t("drill.converted", amounts)}. ${currency}`}
        </Fact>
      )}
      {amounts === null || currency === undefined ? (
        <Fact name={t("nulls")}>{nulls}</Fact>
      ) : (
        <>
          <Fact name={t("drill.noAmount")}>
            {t("drill.noAmountWords", { count: amounts.withoutAmount })}
          </Fact>
          <Fact name={t("drill.noRate")}>
            {t("drill.noRateWords", { count: amounts.withoutRate })}
          </Fact>
        </>
      )}
      <Fact name={t("attribution")}>{attribution}</Fact>
    </dl>
  );
}

function Scope({ data, reader }: Props) {
  const screens = screensOf(data.id);
  return (
    <dl>
      <Fact name={t("drill.youSee")}>{capital(data.scope)}</Fact>
      <Fact name={t("drill.zone")}>{t("drill.zoneWords", { zone: data.zone })}</Fact>
      <Fact name={t("drill.version")}>
        {t("drill.versionWords", { version: data.version, time: timeOf(data, reader) })}
      </Fact>
      <Fact name={t("drill.alsoIn")}>
        {screens.map((screen) => (
          <span key={screen}>
            <Link href={hrefOfDashboard(screen, data.state)} className="link">
              {t(`drill.dashboard.${screen}`)}
            </Link>
            {", "}
          </span>
        ))}
        <Link href={`/metrics#${data.id}`} className="link">
          {t("dictionary")}
        </Link>
      </Fact>
      <Fact name={t("api")}>
        <code>metrics/{data.id}</code>
      </Fact>
    </dl>
  );
}

/** What the figure means, by which rules, and whose and how old it is. */
export function DrillFacts({ data, reader }: Props) {
  const { words, formula }: Metric = metricOf(data.id);
  return (
    <div className={classes.facts}>
      <section aria-labelledby="definition">
        <h2 id="definition">{t("drill.definition")}</h2>
        <p>{words}</p>
        <pre>
          {data.id} = {formula}
        </pre>
      </section>
      <section aria-labelledby="rules">
        <h2 id="rules">{t("drill.rules")}</h2>
        <Rules data={data} />
      </section>
      <section aria-labelledby="scope">
        <h2 id="scope">{t("drill.scope")}</h2>
        <Scope data={data} reader={reader} />
      </section>
    </div>
  );
}
