"use client";

import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { BlockGrid } from "@/components/dashboards/block-frame";
import type { BlockName, Shown } from "@/components/dashboards/dashboard-page";
import { DashboardPage } from "@/components/dashboards/dashboard-page";
import { rangeWords } from "@/components/dashboards/range-chip";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import type { DashboardPageData } from "@/lib/dashboards/core/page";
import type { StrategicBlocks } from "@/lib/dashboards/core/strategic";
import { t } from "@/lib/dashboards/core/strategic-text";
import { elapsedOf, periodOf } from "@/lib/metrics/core/range";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { parseInstant } from "@/lib/time/instant";
import { Accuracy } from "./accuracy";
import { Cards } from "./cards";
import { Funnel } from "./funnel";
import { Growth } from "./growth";
import { Lost } from "./lost";
import { Market } from "./market";
import { Meetings } from "./meetings";
import { Quarter } from "./quarter";
import { Risks } from "./risks";
import classes from "./strategic.module.css";
import { Teams } from "./teams";
import type { Around, StrategicBatch } from "./view";
import { WaterfallBlock } from "./waterfall-block";

type Name = Exclude<keyof StrategicBlocks, "cards">;

/** In the usual order. The cards stand above them, always. */
const NAMES: readonly Name[] = [
  "growth",
  "quarter",
  "risks",
  "waterfall",
  "lost",
  "teams",
  "meetings",
  "funnel",
  "accuracy",
  "market",
];

const BLOCKS: readonly BlockName<StrategicBlocks>[] = NAMES.map((name) => ({
  name,
  title: t(`blocks.${name}`),
}));

type Blocks = StrategicBatch["blocks"];

const DRAWN: {
  readonly [One in Name]: (around: Around, blocks: Blocks | undefined) => ReactNode;
} = {
  growth: (around, blocks) => <Growth key="growth" around={around} block={blocks?.growth} />,
  quarter: (around, blocks) => <Quarter key="quarter" around={around} block={blocks?.quarter} />,
  risks: (around, blocks) => <Risks key="risks" around={around} block={blocks?.risks} />,
  waterfall: (around, blocks) => (
    <WaterfallBlock key="waterfall" around={around} block={blocks?.waterfall} />
  ),
  lost: (around, blocks) => <Lost key="lost" around={around} block={blocks?.lost} />,
  teams: (around, blocks) => <Teams key="teams" around={around} block={blocks?.teams} />,
  meetings: (around, blocks) => (
    <Meetings key="meetings" around={around} block={blocks?.meetings} />
  ),
  funnel: (around, blocks) => <Funnel key="funnel" around={around} block={blocks?.funnel} />,
  accuracy: (around, blocks) => (
    <Accuracy key="accuracy" around={around} block={blocks?.accuracy} />
  ),
  market: (around, blocks) => <Market key="market" around={around} block={blocks?.market} />,
};

const isDrawn = (name: keyof StrategicBlocks): name is Name => name !== "cards";

function asOfWords({ reader }: DashboardPageData, batch: StrategicBatch | undefined): string {
  const moment = parseInstant(batch?.asOf ?? "");
  return moment === undefined
    ? ""
    : `${formatTime(moment, reader)}, ${formatDateShort(moment, reader)}`;
}

function aroundOf(page: DashboardPageData, shown: Shown<StrategicBlocks>, asOf: string): Around {
  const { batch, state, status, retry } = shown;
  const today = parseCalendarDate(batch?.today ?? page.today) ?? page.today;
  const { locale } = page.reader;
  const whole = periodOf(state.range, today, page.fiscalStart);
  const range = rangeWords(state.range, { today, fiscalStart: page.fiscalStart, locale });
  return {
    view: {
      state,
      currency: batch?.currency ?? page.currency,
      told: { today, locale },
      whole,
      period: elapsedOf(whole, today) ?? { from: whole.from, to: whole.from },
      from: "strategic",
    },
    state,
    stale: status === "stale",
    about: [
      `${t("title")}, ${batch?.scope ?? page.scope}, ${page.zone}`,
      range,
      ...(asOf === "" ? [] : [asOf]),
    ],
    onRetry: retry,
  };
}

function Empty() {
  return (
    <Blank
      title={t("empty.title")}
      action={
        <Group gap="sm">
          <ButtonLink href="/leads/new" variant="filled">
            {t("empty.action")}
          </ButtonLink>
          <ButtonLink href="/leads/import">{t("empty.import")}</ButtonLink>
        </Group>
      }
    >
      {t("empty.words")}
    </Blank>
  );
}

function Figures({ page, shown }: { page: DashboardPageData; shown: Shown<StrategicBlocks> }) {
  const { batch, order } = shown;
  const asOf = asOfWords(page, batch);
  const around = aroundOf(page, shown, asOf);
  const cards = batch?.blocks.cards;
  if (cards?.status === "ready" && !cards.data.hasLeads) return <Empty />;
  return (
    <>
      <Cards block={cards} around={around} asOf={asOf} />
      <BlockGrid>
        {order.filter(isDrawn).map((name) => DRAWN[name](around, batch?.blocks))}
      </BlockGrid>
      <p className={classes.colophon}>
        <span>{t("colophon.opens")}</span>
        <span>
          {batch === undefined
            ? ""
            : t("colophon.version", { version: batch.version, ms: batch.computedMs })}
        </span>
      </p>
    </>
  );
}

/** The strategic dashboard: whether it grows, where the range ends, what could be lost, and what can be done about it. */
export function StrategicScreen({ page }: { page: DashboardPageData }) {
  return (
    <DashboardPage<StrategicBlocks> page={page} blocks={BLOCKS}>
      {(shown) => <Figures page={page} shown={shown} />}
    </DashboardPage>
  );
}
