"use client";

import { IconBell, IconSearch } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { t } from "@/components/ui/office-text";
import { openPalette } from "./command-palette";
import { NewMenu } from "./new-menu";
import { crumbsFor } from "./routes";
import classes from "./top-bar.module.css";
import type { ShellData } from "./viewer";

/** Where one is, search, what can be made new, and the inbox: 52 px, on every screen. */
export function TopBar({ viewer, links }: ShellData) {
  const crumbs = crumbsFor(usePathname());
  return (
    <header className={classes.bar}>
      <nav className={classes.crumbs} aria-label={t("shell.breadcrumb")}>
        <ol>
          {crumbs.map(({ label, href }, index) => (
            <li key={label} aria-current={index === crumbs.length - 1 ? "page" : undefined}>
              {href === undefined ? label : <Link href={href}>{label}</Link>}
            </li>
          ))}
        </ol>
      </nav>
      <button
        type="button"
        className={classes.search}
        aria-keyshortcuts="Meta+K Control+K"
        onClick={openPalette}
      >
        <IconSearch size={14} stroke={1.6} aria-hidden="true" />
        <span>{t("shell.search")}</span>
        <kbd>⌘K</kbd>
      </button>
      <NewMenu links={links} hosts={viewer.hosts} sells={viewer.sells} />
      <Link
        href="/inbox"
        className={classes.bell}
        aria-label={t("shell.inbox", { count: viewer.unread })}
      >
        <IconBell size={16} stroke={1.6} aria-hidden="true" />
        {viewer.unread > 0 ? (
          <span className={classes.pip} aria-hidden="true">
            {viewer.unread > 99 ? "99+" : viewer.unread}
          </span>
        ) : null}
      </Link>
    </header>
  );
}
