"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useState } from "react";
import type { Batch } from "@/lib/dashboards/core/batch";
import type { DashboardPageData } from "@/lib/dashboards/core/page";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import { DashboardScreen } from "./dashboard-screen";
import type { AnyBlocks } from "./fetch-batch";
import type { BatchStatus } from "./use-batch";

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

export type DashboardProps<Blocks extends AnyBlocks> = {
  readonly page: DashboardPageData;
  /** Every block that can be hidden and moved, in the usual order. */
  readonly blocks: readonly BlockName<Blocks>[];
  readonly children: (shown: Shown<Blocks>) => ReactNode;
};

/**
 * The frame of a dashboard: title, saved views, filters, refreshing, files; and the figures, asked for as one answer.
 * The address is the whole state. `children` draws the blocks from what there is.
 */
export function DashboardPage<Blocks extends AnyBlocks>(props: DashboardProps<Blocks>) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <DashboardScreen {...props} />
    </QueryClientProvider>
  );
}
