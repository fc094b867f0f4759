"use client";

import { Button, Menu } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import { isPlainKey } from "@/components/ui/plain-key";
import type { Batch } from "@/lib/dashboards/core/batch";
import type { DashboardPageData, Layout } from "@/lib/dashboards/core/page";
import { laidOut, USUAL_LAYOUT } from "@/lib/dashboards/core/page";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import { parseCalendarDate } from "@/lib/time/calendar-date";
import { DashboardHead } from "./dashboard-head";
import type { AnyBlocks } from "./fetch-batch";
import { BatchRefused } from "./fetch-batch";
import { FilterBar } from "./filter-bar";
import { rangeWords } from "./range-chip";
import classes from "./shell.module.css";
import { t } from "./shell-text";
import type { BatchStatus } from "./use-batch";
import { useBatch } from "./use-batch";
import { useViewState } from "./use-view-state";
import { ViewTabs } from "./view-tabs";

/** A part of a dashboard that a view may hide or move: its name in the batch, and how people call it. */
export type BlockName<Blocks extends AnyBlocks> = {
  readonly name: keyof Blocks & string;
  readonly title: string;
};

/** What the blocks of a dashboard are drawn from. */
export type Shown<Blocks extends AnyBlocks> = {
  /** Undefined until the first answer came: skeletons of the same size. */
  readonly batch: Batch<Blocks> | undefined;
  readonly status: BatchStatus;
  readonly state: ViewState;
  /** Asks for everything again: what a failed block offers. */
  readonly retry: () => void;
  /** The names of `blocks` in the order they are to be drawn, hidden ones left out. */
  readonly order: readonly (keyof Blocks & string)[];
  readonly presenting: boolean;
};

type Props<Blocks extends AnyBlocks> = {
  readonly page: DashboardPageData;
  /** Every block that can be hidden and moved, in the usual order. */
  readonly blocks: readonly BlockName<Blocks>[];
  readonly children: (shown: Shown<Blocks>) => ReactNode;
};

type Keys = Readonly<Record<"f" | "r" | "e", () => void>>;

// How long after G a letter goes to a place instead.
const CHORD_MS = 1_200;

/** F filters, R refreshes, E exports, where nobody is typing and no place was begun to be named. */
function useKeys(keys: Keys) {
  useEffect(() => {
    let chordUntil = 0;
    const onKey = (event: KeyboardEvent) => {
      if (!isPlainKey(event) || event.defaultPrevented) return;
      const chord = event.timeStamp < chordUntil;
      chordUntil = event.key === "g" ? event.timeStamp + CHORD_MS : 0;
      if (chord || document.querySelector("[role=dialog],[role=menu]") !== null) return;
      if (event.key === "f" || event.key === "r" || event.key === "e") {
        event.preventDefault();
        keys[event.key]();
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [keys]);
}

const failureWords = (error: Error | null): string => {
  if (!(error instanceof BatchRefused)) return t("failure.other");
  if (error.status === 401) return t("failure.session");
  return t(error.status === 429 ? "failure.busy" : "failure.other");
};

function NoFigures({
  error,
  offline,
  retry,
}: {
  error: Error | null;
  offline: boolean;
  retry: () => void;
}) {
  return (
    <div className={classes.failure} role="alert">
      <h2>{t("failure.title")}</h2>
      <p>{offline ? t("failure.offline") : failureWords(error)}</p>
      {offline ? null : (
        <Button variant="default" onClick={retry}>
          {t("failure.retry")}
        </Button>
      )}
    </div>
  );
}

function Screen<Blocks extends AnyBlocks>({ page, blocks, children }: Props<Blocks>) {
  const { dashboard, views, choices, currency, today, fiscalStart, reader } = page;
  const shown = useViewState(dashboard, views);
  const [minutes, setMinutes] = useState(page.refreshMinutes);
  const [exporting, setExporting] = useState(false);
  const { state, query, view } = shown;
  const url = `/api/v1/dashboards/${dashboard}${query === "" ? "" : `?${query}`}`;
  const answer = useBatch<Blocks>(url, { refreshMinutes: minutes });
  const { batch, status, refetch } = answer;
  const calendar = {
    today: parseCalendarDate(batch?.today ?? today) ?? today,
    fiscalStart,
    locale: reader.locale,
  };
  const layout: Layout = view?.layout ?? USUAL_LAYOUT;
  const order = laidOut(
    blocks.map(({ name }) => name),
    layout,
  );
  const [keys] = useState(
    (): Keys => ({
      f: () => document.querySelector<HTMLElement>("[data-filter=add]")?.click(),
      r: refetch,
      e: () => setExporting(true),
    }),
  );
  useKeys(keys);
  const nothing = batch === undefined && (status === "failed" || status === "offline");
  return (
    <>
      <DashboardHead
        page={page}
        query={query}
        status={status}
        confirmedAt={answer.confirmedAt}
        newer={false}
        minutes={minutes}
        exporting={exporting}
        acts={{ onRefresh: refetch, onMinutes: setMinutes, onExport: setExporting }}
        menu={<Menu.Item onClick={() => window.print()}>{t("menu.print")}</Menu.Item>}
      />
      <ViewTabs page={page} shown={shown} />
      <FilterBar
        state={state}
        choices={choices}
        calendar={calendar}
        currency={currency}
        onShow={shown.show}
      />
      <p className={classes.onPaper}>{rangeWords(state.range, calendar)}</p>
      {nothing ? (
        <NoFigures error={answer.error} offline={status === "offline"} retry={refetch} />
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
            order: order as (keyof Blocks & string)[],
            presenting: false,
          })}
        </div>
      )}
    </>
  );
}

/**
 * The frame of a dashboard: title, saved views, filters, refreshing, files; and the figures, asked for as one answer.
 * The address is the whole state. `children` draws the blocks from what there is.
 */
export function DashboardPage<Blocks extends AnyBlocks>(props: Props<Blocks>) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Screen {...props} />
    </QueryClientProvider>
  );
}
