"use client";

import { onlineManager, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useState, useSyncExternalStore } from "react";
import type { Batch } from "@/lib/dashboards/core/batch";
import type { RefreshMinutes } from "@/lib/dashboards/core/page";
import { batchQuery } from "./batch-query";
import type { AnyBlocks } from "./fetch-batch";

/**
 * `loading`: nothing is there yet. `stale`: what is shown is of before, the new answer is on its way. `offline` and
 * `failed`: what is shown (if anything) stays as it was.
 */
export type BatchStatus = "loading" | "ready" | "stale" | "offline" | "failed";

export type BatchAnswer<Blocks extends AnyBlocks> = {
  readonly batch: Batch<Blocks> | undefined;
  readonly status: BatchStatus;
  /** When the figures were last found to be so, epoch milliseconds. */
  readonly confirmedAt: number | undefined;
  readonly error: Error | null;
  /** Asks again now; an older question that is still on its way is given up. */
  readonly refetch: () => void;
};

const useOnline = (): boolean =>
  useSyncExternalStore(
    (told) => onlineManager.subscribe(told),
    () => onlineManager.isOnline(),
    () => true,
  );

/** The figures of one dashboard, asked for as `path` below the interface's `/dashboards/`, kept up to date. */
export function useBatch<Blocks extends AnyBlocks>(
  path: string,
  { refreshMinutes = 0 }: { readonly refreshMinutes?: RefreshMinutes } = {},
): BatchAnswer<Blocks> {
  const client = useQueryClient();
  const [chance] = useState(Math.random);
  const online = useOnline();
  const query = useQuery(batchQuery<Blocks>(path, { client, refreshMinutes, chance }));
  const { data, isPlaceholderData, isFetching, isError, error } = query;
  const ask = query.refetch;
  const refetch = useCallback(() => void ask({ cancelRefetch: true }), [ask]);
  const status = ((): BatchStatus => {
    if (!online) return "offline";
    if (isError && !isFetching) return "failed";
    if (data === undefined) return "loading";
    return isPlaceholderData ? "stale" : "ready";
  })();
  return { batch: data?.batch, status, confirmedAt: data?.confirmedAt, error, refetch };
}
