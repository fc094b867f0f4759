import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RefreshMinutes } from "@/lib/dashboards/core/page";
import type { AnyBlocks, Ask, Fetched } from "./fetch-batch";
import { BatchRefused, fetchBatch } from "./fetch-batch";

const MINUTE_MS = 60_000;
// Answers of other filters, kept for the way back and then forgotten: an hour of looking around must not pile up.
const KEPT_MS = 2 * MINUTE_MS;
const MOST_RETRIES = 2;

export const batchKey = (path: string): QueryKey => ["batch", path];

/** Another try may help: no connection, a crowd, a server that is being restarted. A refusal stays one. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof BatchRefused) || error.status >= 500;

/** Up to a tenth earlier or later, the same for as long as a page is open: many screens do not ask in one breath. */
export const spread = (milliseconds: number, chance: number): number =>
  Math.round(milliseconds * (0.9 + 0.2 * chance));

/**
 * How a dashboard's answer is asked for, kept and asked for again. What is asked is its key: an answer that comes late
 * belongs to its own question and is never shown for another; a newer question of the same words ends the older one.
 */
export function batchQuery<Blocks extends AnyBlocks>(
  path: string,
  {
    client,
    refreshMinutes,
    chance,
    ask,
  }: {
    readonly client: QueryClient;
    readonly refreshMinutes: RefreshMinutes;
    /** 0…1, of this page. */
    readonly chance: number;
    readonly ask?: Ask;
  },
) {
  const every = refreshMinutes === 0 ? false : spread(refreshMinutes * MINUTE_MS, chance);
  return queryOptions({
    queryKey: batchKey(path),
    queryFn: ({ signal }): Promise<Fetched<Blocks>> =>
      fetchBatch<Blocks>(path, {
        signal,
        known: client.getQueryData<Fetched<Blocks>>(batchKey(path)),
        ...(ask === undefined ? {} : { ask }),
      }),
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
    // Whoever comes back to the page after longer than this sees it asked for again.
    staleTime: every === false ? Number.POSITIVE_INFINITY : every,
    refetchInterval: every,
    refetchIntervalInBackground: false,
    refetchOnWindowFocus: true,
    refetchOnReconnect: true,
    retry: (failures, error) => failures < MOST_RETRIES && mayPass(error),
  });
}
