"use client";

import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { BlockGrid } from "@/components/dashboards/block-frame";
import type { BlockName, Shown } from "@/components/dashboards/dashboard-page";
import { DashboardPage } from "@/components/dashboards/dashboard-page";
import { rangeWords } from "@/components/dashboards/range-chip";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import type { ExecutiveBlocks } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import type { DashboardPageData } from "@/lib/dashboards/core/page";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import { elapsedOf, periodOf } from "@/lib/metrics/core/range";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { parseInstant } from "@/lib/time/instant";
import { Cards } from "./cards";
import type { Around } from "./executive-blocks";
import {
  Meetings,
  Overdue,
  Performers,
  Pipeline,
  Score,
  Sources,
  Teams,
  Trends,
} from "./executive-blocks";
import { junkedList, qualityList, updatesList } from "./habit-lists";
import { Strip } from "./strip";
import type { ExecutiveBatch, View } from "./view";
import { convertedList, progressList, responseList } from "./work-lists";
import type { WorkName } from "./work-section";
import { isWork, WorkList, WorkSection } from "./work-section";

type Name = Exclude<keyof ExecutiveBlocks, "cards" | "footer">;

/** In the usual order. The cards stand above them and the last figures below, always. */
const NAMES: readonly Name[] = [
  "trends",
  "teams",
  "pipeline",
  "sources",
  "overdue",
  "performers",
  "progress",
  "converted",
  "response",
  "junked",
  "updates",
  "quality",
  "meetings",
  "score",
];

const BLOCKS: readonly BlockName<ExecutiveBlocks>[] = NAMES.map((name) => ({
  name,
  title: t(`blocks.${name}`),
}));

function viewOf(
  page: DashboardPageData,
  state: ViewState,
  batch: ExecutiveBatch | undefined,
): View {
  const today = parseCalendarDate(batch?.today ?? page.today) ?? page.today;
  const whole = periodOf(state.range, today, page.fiscalStart);
  return {
    state,
    currency: batch?.currency ?? page.currency,
    told: { today, locale: page.reader.locale },
    whole,
    period: elapsedOf(whole, today) ?? { from: whole.from, to: whole.from },
  };
}

function asOfWords({ reader }: DashboardPageData, batch: ExecutiveBatch | undefined): string {
  const moment = parseInstant(batch?.asOf ?? "");
  return moment === undefined
    ? ""
    : `${formatTime(moment, reader)}, ${formatDateShort(moment, reader)}`;
}

type Lists = Pick<ExecutiveBatch["blocks"], WorkName>;

function List({
  name,
  lists,
  view,
  onRetry,
}: {
  name: WorkName;
  lists: Lists | undefined;
  view: View;
  onRetry: () => void;
}) {
  const of = { title: t(`${name}.title`), onRetry };
  switch (name) {
    case "progress":
      return (
        <WorkList {...of} block={lists?.progress}>
          {(data) => progressList(view, data)}
        </WorkList>
      );
    case "converted":
      return (
        <WorkList {...of} block={lists?.converted}>
          {(data) => convertedList(view, data)}
        </WorkList>
      );
    case "response":
      return (
        <WorkList {...of} block={lists?.response}>
          {(data) => responseList(view, data)}
        </WorkList>
      );
    case "junked":
      return (
        <WorkList {...of} block={lists?.junked}>
          {(data) => junkedList(view, data)}
        </WorkList>
      );
    case "updates":
      return (
        <WorkList {...of} block={lists?.updates}>
          {(data) => updatesList(view, data)}
        </WorkList>
      );
    case "quality":
      return (
        <WorkList {...of} block={lists?.quality}>
          {(data) => qualityList(view, data)}
        </WorkList>
      );
  }
}

/** The blocks in their order; the lists about people stand together, where the first of them stands. */
function blocksOf(
  order: readonly (keyof ExecutiveBlocks)[],
  batch: ExecutiveBatch | undefined,
  around: Around,
): readonly ReactNode[] {
  const blocks = batch?.blocks;
  const work = order.filter(isWork);
  return order.map((name) => {
    if (isWork(name)) {
      return name !== work[0] ? null : (
        <WorkSection key="work" stale={around.stale}>
          {work.map((one) => (
            <List key={one} name={one} lists={blocks} view={around.view} onRetry={around.onRetry} />
          ))}
        </WorkSection>
      );
    }
    switch (name) {
      case "trends":
        return <Trends key={name} around={around} block={blocks?.trends} />;
      case "teams":
        return <Teams key={name} around={around} block={blocks?.teams} />;
      case "pipeline":
        return <Pipeline key={name} around={around} block={blocks?.pipeline} />;
      case "sources":
        return <Sources key={name} around={around} block={blocks?.sources} />;
      case "overdue":
        return <Overdue key={name} around={around} block={blocks?.overdue} />;
      case "performers":
        return <Performers key={name} around={around} block={blocks?.performers} />;
      case "meetings":
        return <Meetings key={name} around={around} block={blocks?.meetings} />;
      case "score":
        return <Score key={name} around={around} block={blocks?.score} />;
      default:
        return null;
    }
  });
}

function Empty({ mayImport }: { mayImport: boolean }) {
  return (
    <Blank
      title={t("empty.title")}
      action={
        <Group gap="sm">
          <ButtonLink href="/leads/new" variant="filled">
            {t("empty.action")}
          </ButtonLink>
          {mayImport ? <ButtonLink href="/leads/import">{t("empty.import")}</ButtonLink> : null}
        </Group>
      }
    >
      {t("empty.words")}
    </Blank>
  );
}

function Figures({ page, shown }: { page: DashboardPageData; shown: Shown<ExecutiveBlocks> }) {
  const { batch, state, status, retry, order } = shown;
  const view = viewOf(page, state, batch);
  const cards = batch?.blocks.cards;
  if (cards?.status === "ready" && !cards.data.hasLeads) {
    return <Empty mayImport={page.rights.configure} />;
  }
  const stale = status === "stale";
  const asOf = asOfWords(page, batch);
  const around: Around = {
    view,
    stale,
    mayTarget: page.rights.configure,
    onRetry: retry,
    about: [
      `${t("title")}, ${batch?.scope ?? page.scope}, ${page.zone}`,
      rangeWords(state.range, {
        today: view.told.today,
        fiscalStart: page.fiscalStart,
        locale: view.told.locale,
      }),
      ...(asOf === "" ? [] : [asOf]),
    ],
  };
  return (
    <>
      <Cards block={cards} view={view} asOf={asOf} stale={stale} onRetry={retry} />
      <BlockGrid>{blocksOf(order, batch, around)}</BlockGrid>
      <Strip block={batch?.blocks.footer} batch={batch} view={view} onRetry={retry} />
    </>
  );
}

/** The executive dashboard: what happened in the range, how the pipeline stands, and who works how. */
export function ExecutiveScreen({ page }: { page: DashboardPageData }) {
  return (
    <DashboardPage<ExecutiveBlocks> page={page} blocks={BLOCKS}>
      {(shown) => <Figures page={page} shown={shown} />}
    </DashboardPage>
  );
}
