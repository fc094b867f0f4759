import type { View } from "@/components/dashboards/executive/view";
import type { Batch } from "@/lib/dashboards/core/batch";
import type { StrategicBlocks } from "@/lib/dashboards/core/strategic";
import type { ViewState } from "@/lib/dashboards/core/view-state";
import { usualState, viewStateQuery } from "@/lib/dashboards/core/view-state";

export type StrategicBatch = Batch<StrategicBlocks>;

/** What every block needs besides its own data. */
export type Around = {
  readonly view: View;
  readonly state: ViewState;
  readonly stale: boolean;
  readonly about: readonly string[];
  readonly onRetry: () => void;
};

export const framed = ({ stale, about, onRetry }: Around) => ({ stale, about, onRetry });

/** The deals behind a part of this dashboard that no metric has: a bar of the waterfall, a risk. */
export function hrefOfDeals(state: ViewState, part: string): string {
  const query = viewStateQuery(state, usualState("strategic"));
  query.set("part", part);
  return `/dashboards/strategic/deals?${query.toString().replaceAll("%2C", ",")}`;
}
