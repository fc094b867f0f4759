import type { ReactNode } from "react";
import type { BlockView } from "@/components/dashboards/block-frame";
import { BlockFrame } from "@/components/dashboards/block-frame";
import { BlockEmpty } from "@/components/dashboards/block-states";
import type { Block } from "@/lib/dashboards/core/batch";
import type { ExecutiveBlocks } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import { dayWords } from "@/lib/dashboards/core/span-words";
import { HeldTable, heldSheet, LinksTable, linksSheet } from "./meetings";
import { OverdueFoot, OverdueTable, overdueSheet } from "./overdue";
import { PerformersFoot, PerformersTable, performersSheet } from "./performers";
import { PipelineTable, pipelineSheet } from "./pipeline";
import { ScoreTable, ScoreWhy, SpreadTable, scoreSheet, spreadSheet } from "./score";
import { SourcesFoot, SourcesTable, sourcesSheet } from "./sources";
import { TeamsFoot, TeamsKeys, TeamsTable, teamsSheet } from "./teams";
import { TrendsChart, TrendsKeys, trendsSheet } from "./trends";
import type { View } from "./view";
import { spanOf, wholeSpanOf } from "./view";

/** What a block needs besides its own data. */
export type Around = {
  readonly view: View;
  readonly stale: boolean;
  readonly about: readonly string[];
  readonly mayTarget: boolean;
  readonly onRetry: () => void;
};

type Of<Name extends keyof ExecutiveBlocks> = {
  readonly around: Around;
  readonly block: Block<ExecutiveBlocks[Name]> | undefined;
};

const framed = ({ stale, about, onRetry }: Around) => ({ stale, about, onRetry });

const emptied = (words: string): Pick<BlockView, "empty"> => ({
  empty: <BlockEmpty>{words}</BlockEmpty>,
});

export function Trends({ around, block }: Of<"trends">) {
  const { view } = around;
  return (
    <BlockFrame
      {...framed(around)}
      title={t("trends.title")}
      block={block}
      span={7}
      height={268}
      file="trends"
    >
      {(data) => ({
        subtitle: <TrendsKeys data={data} view={view} />,
        chart: <TrendsChart data={data} view={view} />,
        sheet: trendsSheet(view, data),
      })}
    </BlockFrame>
  );
}

export function Teams({ around, block }: Of<"teams">) {
  const { view, mayTarget } = around;
  const span = wholeSpanOf(view);
  return (
    <BlockFrame
      {...framed(around)}
      title={t("teams.title", { span })}
      block={block}
      span={5}
      height={268}
      file="teams"
    >
      {(data) => ({
        subtitle: <TeamsKeys data={data} view={view} />,
        chart: <TeamsTable data={data} view={view} />,
        sheet: teamsSheet(view, data),
        foot: <TeamsFoot data={data} view={view} mayTarget={mayTarget} />,
        ...(data.rows.length === 0 ? emptied(t("teams.empty", { span })) : {}),
      })}
    </BlockFrame>
  );
}

export function Pipeline({ around, block }: Of<"pipeline">) {
  const { view } = around;
  return (
    <BlockFrame
      {...framed(around)}
      title={t("pipeline.title")}
      block={block}
      span={7}
      height={268}
      file="pipeline"
    >
      {(data) => ({
        subtitle: t("pipeline.subtitle", { count: data.total.deals.value ?? 0 }),
        chart: <PipelineTable data={data} view={view} />,
        sheet: pipelineSheet(view, data),
        ...((data.total.deals.value ?? 0) === 0 ? emptied(t("pipeline.empty")) : {}),
      })}
    </BlockFrame>
  );
}

export function Sources({ around, block }: Of<"sources">) {
  const { view } = around;
  const span = spanOf(view);
  return (
    <BlockFrame
      {...framed(around)}
      title={t("sources.title")}
      subtitle={t("sources.subtitle", { span })}
      block={block}
      span={5}
      height={268}
      file="sources"
    >
      {(data) => ({
        table: <SourcesTable data={data} view={view} />,
        sheet: sourcesSheet(view, data),
        foot: <SourcesFoot data={data} view={view} />,
        ...(data.rows.length === 0 ? emptied(t("sources.empty", { span })) : {}),
      })}
    </BlockFrame>
  );
}

export function Overdue({ around, block }: Of<"overdue">) {
  const { view } = around;
  return (
    <BlockFrame
      {...framed(around)}
      title={t("overdue.title")}
      subtitle={t("overdue.subtitle", { day: dayWords(view.told.today, view.told) })}
      block={block}
      span={7}
      height={298}
      file="overdue"
    >
      {(data) => ({
        table: <OverdueTable data={data} view={view} />,
        sheet: overdueSheet(view, data),
        ...((data.count.value ?? 0) === 0
          ? emptied(t("overdue.empty"))
          : { foot: <OverdueFoot data={data} view={view} /> }),
      })}
    </BlockFrame>
  );
}

export function Performers({ around, block }: Of<"performers">) {
  const { view } = around;
  const span = spanOf(view);
  return (
    <BlockFrame
      {...framed(around)}
      title={t("performers.title")}
      subtitle={t("performers.subtitle", { span })}
      block={block}
      span={5}
      height={298}
      file="performers"
    >
      {(data) => ({
        table: <PerformersTable data={data} view={view} />,
        sheet: performersSheet(view, data),
        foot: <PerformersFoot data={data} />,
        ...(data.rows.length === 0 ? emptied(t("performers.empty", { span })) : {}),
      })}
    </BlockFrame>
  );
}

/** What booking links bring, and beside it whether meetings win deals: one answer, two questions. */
export function Meetings({ around, block }: Of<"meetings">): ReactNode {
  const { view } = around;
  const span = spanOf(view);
  return (
    <>
      <BlockFrame
        {...framed(around)}
        title={t("meetings.title")}
        subtitle={t("meetings.subtitle", { span })}
        block={block}
        span={7}
        height={200}
        file="booking-links"
      >
        {(data) => ({
          table: <LinksTable data={data} view={view} />,
          sheet: linksSheet(view, data),
          ...(data.links.length === 0 ? emptied(t("meetings.empty", { span })) : {}),
        })}
      </BlockFrame>
      <BlockFrame
        {...framed(around)}
        title={t("meetings.heldTitle")}
        subtitle={t("meetings.heldSubtitle", { span })}
        block={block}
        span={5}
        height={200}
        file="meetings-held"
      >
        {(data) => ({
          table: <HeldTable data={data} view={view} />,
          sheet: heldSheet(view, data),
          ...(data.held.every(({ closed }) => closed === 0)
            ? emptied(t("meetings.heldEmpty", { span }))
            : {}),
        })}
      </BlockFrame>
    </>
  );
}

/** What the score says, or why none is shown: an honest base rate before a number that means nothing. */
export function Score({ around, block }: Of<"score">): ReactNode {
  const { view } = around;
  const panel = block?.status === "ready" ? block.data : undefined;
  const accepted = panel?.verdict.status === "accepted";
  return (
    <>
      <BlockFrame
        {...framed(around)}
        title={t("score.title")}
        subtitle={t("score.subtitleNone")}
        block={block}
        span={accepted ? 7 : 12}
        height={200}
        file="lead-scores"
      >
        {(data) => ({
          ...(data.n === 0 ? {} : { subtitle: t("score.subtitle", { count: data.n }) }),
          table: <ScoreTable data={data} view={view} />,
          sheet: scoreSheet(view, data),
          ...(data.top.length === 0
            ? { empty: <ScoreWhy data={data} view={view} /> }
            : { foot: <ScoreWhy data={data} view={view} /> }),
        })}
      </BlockFrame>
      {accepted ? (
        <BlockFrame
          {...framed(around)}
          title={t("score.spreadTitle")}
          subtitle={t("score.spreadSubtitle")}
          block={block}
          span={5}
          height={200}
          file="score-spread"
        >
          {(data) => ({
            table: <SpreadTable data={data} view={view} />,
            sheet: spreadSheet(view, data),
          })}
        </BlockFrame>
      ) : null}
    </>
  );
}
