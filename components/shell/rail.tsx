"use client";

import {
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconSelector,
} from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Avatar } from "@/components/ui/avatar";
import { t } from "@/components/ui/office-text";
import { BrandMark } from "./brand-mark";
import { Clock } from "./clock";
import { PersonMenu } from "./person-menu";
import classes from "./rail.module.css";
import { RAIL_COOKIE } from "./rail-state";
import type { Place } from "./routes";
import { isAt, nestedIn, sectionsFor } from "./routes";
import type { ShellData, ShellViewer } from "./viewer";

/** Turns the rail over and remembers it for a year; the server reads the cookie, so the next page does not jump. */
export function toggleRail() {
  const app = document.querySelector<HTMLElement>("[data-rail]");
  if (app === null) return;
  const next = app.dataset.rail === "collapsed" ? "open" : "collapsed";
  app.dataset.rail = next;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${RAIL_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
}

function RailPlace({
  place,
  viewer,
  pathname,
}: {
  place: Place;
  viewer: ShellViewer;
  pathname: string;
}) {
  const Icon = place.icon;
  const count = place.count?.(viewer);
  const nested = nestedIn(viewer, place.href);
  // Where a page under it is the current one, that line is marked and not this.
  const current =
    isAt(place, pathname) && !nested.some(({ href }) => href === pathname) ? "page" : undefined;
  const own = (
    <Link href={place.href} className={classes.place} title={place.label} aria-current={current}>
      <Icon size={16} stroke={1.6} aria-hidden="true" />
      <span className={classes.label}>{place.label}</span>
      {count === undefined || count.value === 0 ? null : (
        <span className={classes.count} data-hot={count.hot || undefined}>
          <span aria-hidden="true">{count.value}</span>
          <span className="sr-only">, {count.words}</span>
        </span>
      )}
    </Link>
  );
  if (nested.length === 0) return own;
  return (
    <>
      {own}
      <div className={classes.nested}>
        {nested.map(({ href, label }) => (
          <Link
            key={href}
            href={href}
            className={classes.place}
            title={label}
            aria-current={pathname === href ? "page" : undefined}
          >
            <span className={classes.label}>{label}</span>
          </Link>
        ))}
      </div>
    </>
  );
}

/** The sections of the office: 224 px, or 56 when collapsed or on a narrow screen; gone on a phone. */
export function Rail({ viewer, now }: ShellData) {
  const pathname = usePathname();
  return (
    <aside className={classes.rail} aria-label={t("shell.sections")}>
      <div className={classes.brand}>
        <Link href="/" className={classes.brandLink} aria-label={t("shell.brandHome")}>
          <BrandMark />
          <span className={classes.label}>{t("shell.brand")}</span>
        </Link>
        <button
          type="button"
          className={classes.collapse}
          aria-label={t("shell.collapse")}
          title={`${t("shell.collapse")}  [`}
          onClick={toggleRail}
        >
          <IconLayoutSidebarLeftCollapse size={16} stroke={1.6} aria-hidden="true" />
        </button>
      </div>
      {sectionsFor(viewer).map(({ section, label, places }) => (
        <div key={section} className={classes.section}>
          {label === undefined ? null : <p className={classes.group}>{label}</p>}
          <nav aria-label={label ?? t("shell.places")}>
            {places.map((place) => (
              <RailPlace key={place.href} place={place} viewer={viewer} pathname={pathname} />
            ))}
          </nav>
        </div>
      ))}
      <div className={classes.me}>
        <button
          type="button"
          className={classes.expand}
          aria-label={t("shell.expand")}
          title={`${t("shell.expand")}  [`}
          onClick={toggleRail}
        >
          <IconLayoutSidebarLeftExpand size={16} stroke={1.6} aria-hidden="true" />
        </button>
        <PersonMenu viewer={viewer}>
          <button type="button" className={classes.person}>
            <Avatar name={viewer.name} photoId={viewer.photoId} />
            <span className={classes.who}>
              <b className="clip">{viewer.name}</b>
              <small>
                <Clock now={now} reader={viewer} />
              </small>
            </span>
            <span className="sr-only">{t("shell.person")}</span>
            <IconSelector className={classes.selector} size={14} stroke={1.6} aria-hidden="true" />
          </button>
        </PersonMenu>
      </div>
    </aside>
  );
}
