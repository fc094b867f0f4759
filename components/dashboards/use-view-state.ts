"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import type { SavedView } from "@/lib/dashboards/core/page";
import { USUAL_VIEW } from "@/lib/dashboards/core/page";
import type { DashboardName, ViewState } from "@/lib/dashboards/core/view-state";
import { parseViewState, usualState, viewStateQuery } from "@/lib/dashboards/core/view-state";

/** The address of a state on its dashboard's page, under the tab it belongs to. */
export function dashboardHref(dashboard: DashboardName, state: ViewState, view: string): string {
  const query = viewStateQuery(state, usualState(dashboard));
  query.set("view", view);
  return `/dashboards/${dashboard}?${query.toString().replaceAll("%2C", ",")}`;
}

export const stateOfView = (dashboard: DashboardName, { query }: { readonly query: string }) =>
  parseViewState(new URLSearchParams(query), usualState(dashboard));

const queryText = (dashboard: DashboardName, state: ViewState): string =>
  viewStateQuery(state, usualState(dashboard)).toString();

export type ShownView = {
  readonly state: ViewState;
  /** The state as a query string, as views keep it and the interface is asked. */
  readonly query: string;
  /** The tab: one that is named, or one that shows the same; undefined when none does. */
  readonly view: SavedView | undefined;
  readonly isUsual: boolean;
  /** What is shown is no longer what the named view keeps. */
  readonly changed: boolean;
  readonly show: (state: ViewState, view?: string) => void;
};

/** What the address asks for. To show something else is to go to its address; back and forward work. */
export function useViewState(dashboard: DashboardName, views: readonly SavedView[]): ShownView {
  const params = useSearchParams();
  const asked = params.toString();
  const shown = useMemo(() => {
    const address = new URLSearchParams(asked);
    const state = parseViewState(address, usualState(dashboard));
    const query = queryText(dashboard, state);
    const named = views.find(({ id }) => id === address.get("view"));
    const same = (view: SavedView) => queryText(dashboard, stateOfView(dashboard, view)) === query;
    const isUsual = named === undefined && query === "";
    const view = named ?? (isUsual ? undefined : views.find(same));
    return { state, query, view, isUsual, changed: view !== undefined && !same(view) };
  }, [asked, dashboard, views]);
  const tab = shown.view?.id ?? USUAL_VIEW;
  const show = useCallback(
    (state: ViewState, view: string = tab) => {
      const href = dashboardHref(dashboard, state, view);
      // The framework's own history hears of it, and nothing is asked of the server but the figures.
      window.history.pushState(null, "", href);
    },
    [dashboard, tab],
  );
  return { ...shown, show };
}
