"use client";

import { BlockFrame, BlockGrid } from "@/components/dashboards/block-frame";
import { ButtonLink } from "@/components/ui/button-link";
import { PageHead } from "@/components/ui/page-head";
import type { Tone } from "@/components/ui/tag";
import { Tag } from "@/components/ui/tag";
import type { ScorePage } from "@/lib/forecasting/core/page";
import type { ScorePanel } from "@/lib/forecasting/core/panel";
import { formatDateLong } from "@/lib/time/format";
import { parseInstant } from "@/lib/time/instant";
import classes from "./forecasting.module.css";
import { t } from "./forecasting-text";
import type { Look } from "./look";
import { count, percent, scopeText } from "./look";
import { RatesBlock, SpreadBlock, TopBlock, WeightsBlock } from "./score-leads-blocks";
import { CalibrationBlock, QualityBlock } from "./score-quality-blocks";

const TONES: Readonly<Record<ScorePanel["verdict"]["status"], Tone>> = {
  accepted: "ok",
  refused: "warn",
  "not-trained": "neutral",
};

/** Whether scores are used, and why not. */
function Verdict({ page, look }: { page: ScorePage; look: Look }) {
  const { panel } = page;
  const { verdict, trainedAt, base } = panel;
  const when = trainedAt === null ? undefined : parseInstant(trainedAt);
  return (
    <div className={classes.verdict}>
      <Tag tone={TONES[verdict.status]}>{t(`score.verdict.${verdict.status}`)}</Tag>
      <p>{panel.words}</p>
      {verdict.status === "refused" && base !== null ? (
        <p>{t("score.instead", { rate: percent(base.rate, look), n: count(base.n, look) })}</p>
      ) : null}
      {when === undefined ? null : (
        <p className={classes.quiet}>
          {t("score.trained", {
            when: formatDateLong(when, look),
            n: count(panel.n, look),
            won: count(page.won, look),
          })}
        </p>
      )}
    </div>
  );
}

function FieldsBlock({ page }: { page: ScorePage }) {
  return (
    <BlockFrame
      title={t("score.fields.title")}
      block={{ status: "ready", data: page }}
      span={12}
      onRetry={() => undefined}
      file="score-fields"
    >
      {({ fields, leaky }) => ({
        table: (
          <>
            <p className={classes.words}>{t("score.fields.used")}</p>
            <ul className={classes.list}>
              {fields.map((field) => (
                <li key={field}>
                  <Tag>{field}</Tag>
                </li>
              ))}
            </ul>
            <p className={classes.words}>{t("score.fields.leaky")}</p>
            <ul className={classes.list}>
              {leaky.map((field) => (
                <li key={field}>
                  <Tag tone="warn">{t(`score.fields.names.${field}`)}</Tag>
                </li>
              ))}
            </ul>
          </>
        ),
        foot: <span>{t("score.fields.imported")}</span>,
      })}
    </BlockFrame>
  );
}

/** The lead score: whether it is any good, what it stands on, and what it says. */
export function ScoreScreen({
  page,
  reader,
}: {
  page: ScorePage;
  reader: Pick<Look, "locale" | "zone">;
}) {
  const look: Look = { ...reader, currency: page.currency, today: page.today };
  const { panel } = page;
  const tried = panel.verdict.status !== "not-trained";
  return (
    <>
      <PageHead
        title={t("score.title")}
        context={t("score.context", { scope: scopeText(page.scope) })}
      >
        <ButtonLink href="/dashboards/forecast" variant="default">
          {t("score.forecast")}
        </ButtonLink>
      </PageHead>
      <Verdict page={page} look={look} />
      <BlockGrid>
        {panel.verdict.status === "accepted" ? (
          <>
            <TopBlock panel={panel} look={look} />
            <SpreadBlock panel={panel} look={look} />
          </>
        ) : null}
        {tried ? (
          <>
            <QualityBlock page={page} look={look} />
            <CalibrationBlock bins={panel.calibration} look={look} />
          </>
        ) : null}
        {panel.verdict.status === "accepted" ? <WeightsBlock page={page} look={look} /> : null}
        <RatesBlock page={page} look={look} />
        <FieldsBlock page={page} />
      </BlockGrid>
    </>
  );
}
