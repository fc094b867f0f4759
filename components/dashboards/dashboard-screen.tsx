"use client";

import { Button, Menu } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import type { DashboardPageData, Layout, RefreshMinutes } from "@/lib/dashboards/core/page";
import { laidOut, USUAL_LAYOUT } from "@/lib/dashboards/core/page";
import { LAST_DASHBOARD_COOKIE } from "@/lib/dashboards/core/view-state";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { DashboardHead } from "./dashboard-head";
import type { DashboardProps } from "./dashboard-page";
import type { AnyBlocks } from "./fetch-batch";
import { BatchRefused } from "./fetch-batch";
import { FilterBar } from "./filter-bar";
import { LayoutDialog } from "./layout-dialog";
import { comparedWords, rangeWords } from "./range-chip";
import { ScheduleDialog } from "./schedule-dialog";
import classes from "./shell.module.css";
import { t } from "./shell-text";
import type { BatchAnswer } from "./use-batch";
import { useBatch } from "./use-batch";
import { useDashboardKeys } from "./use-dashboard-keys";
import { useNews } from "./use-news";
import { usePresentation } from "./use-presentation";
import { tell, useViewActs } from "./use-view-acts";
import { useViewState } from "./use-view-state";
import { ViewMenu } from "./view-menu";
import { ViewTabs } from "./view-tabs";

const failureWords = (error: Error | null): string => {
  if (!(error instanceof BatchRefused)) return t("failure.other");
  if (error.status === 401) return t("failure.session");
  return t(error.status === 429 ? "failure.busy" : "failure.other");
};

function NoFigures({ answer }: { answer: BatchAnswer<AnyBlocks> }) {
  const offline = answer.status === "offline";
  return (
    <div className={classes.failure} role="alert">
      <h2>{t("failure.title")}</h2>
      <p>{offline ? t("failure.offline") : failureWords(answer.error)}</p>
      {offline ? null : (
        <Button variant="default" onClick={answer.refetch}>
          {t("failure.retry")}
        </Button>
      )}
    </div>
  );
}

/** How often the page asks again: this person's, kept for the next time and every other screen of theirs. */
function useMinutes({ dashboard, refreshMinutes }: DashboardPageData) {
  const [minutes, setMinutes] = useState(refreshMinutes);
  const { prefer } = useViewActs();
  const choose = useCallback(
    async (next: RefreshMinutes) => {
      setMinutes(next);
      const answer = await prefer({ dashboard, refreshMinutes: next });
      if (answer.status !== "done") tell(answer.message, true);
    },
    [dashboard, prefer],
  );
  return [minutes, choose] as const;
}

/** How the blocks stand: as the view says, until they are moved; another view starts again from its own. */
function useLayout(viewId: string | undefined, kept: Layout) {
  const [draft, setDraft] = useState<{ of: string | undefined; layout: Layout }>();
  const keptText = JSON.stringify(kept);
  const layout = draft !== undefined && draft.of === viewId ? draft.layout : kept;
  const arrange = useCallback((next: Layout) => setDraft({ of: viewId, layout: next }), [viewId]);
  return { layout, arrange, changed: JSON.stringify(layout) !== keptText };
}

function rememberDashboard(dashboard: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${LAST_DASHBOARD_COOKIE}=${dashboard}; path=/; max-age=31536000; samesite=lax`;
}

function HeadMenu({
  page,
  onPresent,
  onLayout,
  onSchedules,
}: {
  page: DashboardPageData;
  onPresent: (how: "one" | "both") => void;
  onLayout: () => void;
  onSchedules: () => void;
}) {
  return (
    <>
      <Menu.Item onClick={() => onPresent("one")}>{t("menu.present")}</Menu.Item>
      {page.rights.strategic ? (
        <Menu.Item onClick={() => onPresent("both")}>{t("menu.presentBoth")}</Menu.Item>
      ) : null}
      <Menu.Item onClick={() => window.print()}>{t("menu.print")}</Menu.Item>
      {page.rights.configure ? <Menu.Item onClick={onLayout}>{t("menu.layout")}</Menu.Item> : null}
      {page.rights.schedule ? (
        <Menu.Item onClick={onSchedules}>{t("menu.schedules")}</Menu.Item>
      ) : null}
    </>
  );
}

/** The frame and its figures, inside the memory of answers. */
export function DashboardScreen<Blocks extends AnyBlocks>({
  page,
  blocks,
  children,
}: DashboardProps<Blocks>) {
  const { dashboard, views, choices, currency, today, fiscalStart, reader, rights } = page;
  const shown = useViewState(dashboard, views);
  const { state, query, view } = shown;
  const [minutes, chooseMinutes] = useMinutes(page);
  const [exporting, setExporting] = useState(false);
  const [arranging, setArranging] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  const { presenting, present } = usePresentation(dashboard);
  const answer = useBatch<Blocks>(query === "" ? dashboard : `${dashboard}?${query}`, {
    refreshMinutes: minutes,
  });
  const { batch, status, refetch } = answer;
  const newer = useNews({ shown: batch?.version, minutes, refetch });
  const acts = useViewActs();
  const { layout, arrange, changed } = useLayout(view?.id, view?.layout ?? USUAL_LAYOUT);
  const calendar = {
    today: parseCalendarDate(batch?.today ?? today) ?? today,
    fiscalStart,
    locale: reader.locale,
  };
  useEffect(() => rememberDashboard(dashboard), [dashboard]);
  useDashboardKeys({ refetch, onExport: setExporting, canExport: rights.exportFiles });
  const nothing = batch === undefined && (status === "failed" || status === "offline");
  const names = blocks.map(({ name }) => name);
  return (
    <div
      {...(presenting === undefined
        ? {}
        : { className: classes.presenting, "data-presenting": true })}
    >
      <DashboardHead
        page={page}
        query={query}
        status={status}
        confirmedAt={answer.confirmedAt}
        newer={newer}
        minutes={minutes}
        exporting={exporting}
        acts={{ onRefresh: refetch, onMinutes: chooseMinutes, onExport: setExporting }}
        menu={
          <HeadMenu
            page={page}
            onPresent={present}
            onLayout={() => setArranging(true)}
            onSchedules={() => setScheduling(true)}
          />
        }
      />
      <ViewTabs
        page={page}
        shown={shown}
        end={
          <ViewMenu page={page} shown={shown} layout={layout} layoutChanged={changed} acts={acts} />
        }
      />
      <FilterBar
        state={state}
        choices={choices}
        calendar={calendar}
        currency={currency}
        onShow={shown.show}
      />
      <p className={classes.onPaper}>
        {rangeWords(state.range, calendar)}, {t("filter.compared")}{" "}
        {comparedWords(state, calendar) ?? t("filter.nothing")}
      </p>
      {nothing ? (
        <NoFigures answer={answer} />
      ) : (
        <div
          className={classes.body}
          data-status={status}
          aria-busy={status === "loading" || status === "stale"}
        >
          {children({
            batch,
            status,
            state,
            retry: refetch,
            order: laidOut(names, layout) as (keyof Blocks & string)[],
            presenting: presenting !== undefined,
          })}
        </div>
      )}
      {arranging ? (
        <LayoutDialog
          blocks={blocks}
          layout={layout}
          viewName={view?.name}
          onChange={arrange}
          onClose={() => setArranging(false)}
        />
      ) : null}
      {scheduling ? (
        <ScheduleDialog page={page} query={query} onClose={() => setScheduling(false)} />
      ) : null}
      {presenting === undefined ? null : (
        <p className={classes.leave}>
          {t("present.leave")}
          {presenting === "both" ? ` · ${t("present.auto")}` : null}
        </p>
      )}
    </div>
  );
}
