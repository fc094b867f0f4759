"use client";

import { IconLock, IconStar, IconStarFilled } from "@tabler/icons-react";
import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import type { DashboardPageData, SavedView } from "@/lib/dashboards/core/page";
import { USUAL_VIEW } from "@/lib/dashboards/core/page";
import { usualState } from "@/lib/dashboards/core/view-state";
import classes from "./shell.module.css";
import { t } from "./shell-text";
import type { ShownView } from "./use-view-state";
import { dashboardHref, stateOfView } from "./use-view-state";

/** A click that wants another window is the browser's. */
const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

function Mark({ view }: { view: SavedView }) {
  const icon = { size: 12, stroke: 1.8, "aria-hidden": true } as const;
  return (
    <>
      {view.isDefault || view.isStart ? (
        <>
          {view.isStart ? <IconStarFilled {...icon} /> : <IconStar {...icon} />}
          <span className="sr-only">{t(view.isStart ? "views.start" : "views.isDefault")}: </span>
        </>
      ) : null}
      {view.visibility === "private" ? (
        <>
          <IconLock {...icon} />
          <span className="sr-only">{t("views.private")}: </span>
        </>
      ) : null}
    </>
  );
}

/** The views as tabs: the usual one, then those that were saved. `end` stands at the right. */
export function ViewTabs({
  page,
  shown,
  end,
}: {
  page: DashboardPageData;
  shown: ShownView;
  end?: ReactNode;
}) {
  const { dashboard, views } = page;
  const usual = usualState(dashboard);
  const go = (event: MouseEvent, id: string, state = usual) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    shown.show(state, id);
  };
  const usualName =
    "preset" in usual.range ? t(`filter.preset.${usual.range.preset}`) : t("schedule.usual");
  return (
    <div className={classes.viewbar}>
      <nav className={classes.tabs} aria-label={t("views.label")}>
        <Link
          href={dashboardHref(dashboard, usual, USUAL_VIEW)}
          className={classes.tab}
          aria-current={shown.isUsual ? "page" : undefined}
          onClick={(event) => go(event, USUAL_VIEW)}
        >
          {usualName}
        </Link>
        {views.map((view) => {
          const state = stateOfView(dashboard, view);
          const current = view.id === shown.view?.id;
          return (
            <Link
              key={view.id}
              href={dashboardHref(dashboard, state, view.id)}
              className={classes.tab}
              aria-current={current ? "page" : undefined}
              title={view.own ? undefined : t("views.shared", { name: view.owner })}
              onClick={(event) => go(event, view.id, state)}
            >
              <Mark view={view} />
              {view.name}
              {current && shown.changed ? <small>{t("views.changed")}</small> : null}
            </Link>
          );
        })}
      </nav>
      {end === undefined ? null : <div className={classes.viewEnd}>{end}</div>}
    </div>
  );
}
