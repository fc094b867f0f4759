import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RefreshMinutes } from "@/lib/dashboards/core/page";
import type { AnyBlocks, Fetched } from "./fetch-batch";
import { BatchRefused, fetchBatch } from "./fetch-batch";

const MINUTE_MS = 60_000;
// Answers of other filters, kept for the way back and then forgotten: an hour of looking around must not pile up.
const KEPT_MS = 2 * MINUTE_MS;
const MOST_RETRIES = 2;

export const batchKey = (url: string): QueryKey => ["batch", url];

/** Another try may help: no connection, a crowd, a server that is being restarted. A refusal stays one. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof BatchRefused) || error.status >= 500;

/** Up to a tenth earlier or later, the same for as long as a page is open: many screens do not ask in one breath. */
export const spread = (milliseconds: number, chance: number): number =>
  Math.round(milliseconds * (0.9 + 0.2 * chance));

/**
 * How a dashboard's answer is asked for, kept and asked for again. The address is its key: an answer that comes late
 * belongs to its own address and is never shown for another; a newer question of the same address ends the older one.
 */
export function batchQuery<Blocks extends AnyBlocks>(
  url: string,
  {
    client,
    refreshMinutes,
    chance,
    fetch,
  }: {
    readonly client: QueryClient;
    readonly refreshMinutes: RefreshMinutes;
    /** 0…1, of this page. */
    readonly chance: number;
    readonly fetch?: typeof globalThis.fetch;
  },
) {
  const every = refreshMinutes === 0 ? false : spread(refreshMinutes * MINUTE_MS, chance);
  return queryOptions({
    queryKey: batchKey(url),
    queryFn: ({ signal }): Promise<Fetched<Blocks>> =>
      fetchBatch<Blocks>(url, {
        signal,
        known: client.getQueryData<Fetched<Blocks>>(batchKey(url)),
        ...(fetch === undefined ? {} : { fetch }),
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
