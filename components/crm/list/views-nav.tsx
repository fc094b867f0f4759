"use client";

import { Menu } from "@mantine/core";
import { IconDots, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { LeadsAddress, LeadView, StandingView } from "@/lib/crm/core/lead-list";
import { leadsAddressed, leadsHref, STANDING_VIEWS, viewQuery } from "@/lib/crm/core/lead-list";
import type { Column } from "./columns";
import { COLUMNS, COLUMNS_COOKIE } from "./columns";
import { KeepDialog, OwnViewItems } from "./keep-view";
import classes from "./leads.module.css";
import { t } from "./list-text";

const hrefOf = (id: string, query: string): string =>
  leadsHref({ ...leadsAddressed(new URLSearchParams(query)), view: id });

/** Which tab is the page's: the one it names while it shows what that one keeps, else one that keeps the same. */
export function currentView(address: LeadsAddress, views: readonly LeadView[]): string | undefined {
  const shown = viewQuery(address);
  const all = [
    ...Object.entries(STANDING_VIEWS).map(([id, query]) => ({ id, query })),
    ...views,
  ].map(({ id, query }) => ({ id, query: viewQuery(leadsAddressed(new URLSearchParams(query))) }));
  return (
    all.find(({ id, query }) => id === address.view && query === shown) ??
    all.find(({ query }) => query === shown)
  )?.id;
}

/** The views as tabs: those everybody has, one's own, and those others share. */
export function ViewTabs({
  address,
  views,
}: {
  address: LeadsAddress;
  views: readonly LeadView[];
}) {
  const current = currentView(address, views);
  const standing = Object.entries(STANDING_VIEWS) as [StandingView, string][];
  return (
    <nav className={classes.tabs} aria-label={t("views.label")}>
      {standing.map(([id, query]) => (
        <Link key={id} href={hrefOf(id, query)} aria-current={id === current ? "page" : undefined}>
          {t(`views.${id}`)}
        </Link>
      ))}
      {views.map(({ id, name, query, own, shared, owner }) => (
        <Link
          key={id}
          href={hrefOf(id, query)}
          aria-current={id === current ? "page" : undefined}
          title={own ? undefined : t("views.shared", { name: owner })}
        >
          {name}
          {shared ? <IconUsers size={12} stroke={1.8} aria-hidden="true" /> : null}
        </Link>
      ))}
    </nav>
  );
}

function chooseColumns(columns: readonly Column[]): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${COLUMNS_COOKIE}=${columns.join(".")}; path=/; max-age=31536000; samesite=lax`;
}

/** What is done with views, which columns are shown, and the rows as a file. */
export function ListMenu({
  address,
  views,
  columns,
}: {
  address: LeadsAddress;
  views: readonly LeadView[];
  columns: readonly Column[];
}) {
  const router = useRouter();
  const [keeping, setKeeping] = useState(false);
  const named = views.find(({ id, own }) => own && id === address.view);
  const toggle = (column: Column) => {
    const next = COLUMNS.filter((one) => columns.includes(one) !== (one === column));
    chooseColumns(next);
    router.refresh();
  };
  const file = (format: string) =>
    `/leads/export?${new URLSearchParams({ format, filter: viewQuery({ ...address }) })}`;
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }} closeOnItemClick>
        <Menu.Target>
          <button
            type="button"
            className={classes.more}
            aria-label={t("views.menu")}
            title={t("views.menu")}
          >
            <IconDots size={16} stroke={1.6} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setKeeping(true)}>{t("views.keep")}</Menu.Item>
          {named === undefined ? null : (
            <OwnViewItems
              view={named}
              query={viewQuery(address)}
              allHref="/leads?view=all"
              withDefault
            />
          )}
          <Menu.Divider />
          {["csv", "xlsx"].map((format) => (
            <Menu.Item key={format} component="a" href={file(format)} download>
              {t("views.export", { format: format.toUpperCase() })}
            </Menu.Item>
          ))}
          <Menu.Item component={Link} href="/leads/duplicates">
            {t("views.duplicates")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t("views.columns")}</Menu.Label>
          {COLUMNS.map((column) => (
            <Menu.Item
              key={column}
              closeMenuOnClick={false}
              role="menuitemcheckbox"
              aria-checked={columns.includes(column)}
              leftSection={<span aria-hidden="true">{columns.includes(column) ? "✓" : " "}</span>}
              onClick={() => toggle(column)}
            >
              {t(`column.${column}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {keeping ? (
        <KeepDialog
          place="leads"
          query={viewQuery(address)}
          hrefOf={(view) => leadsHref({ ...address, view, cursor: undefined })}
          onClose={() => setKeeping(false)}
        />
      ) : null}
    </>
  );
}
