"use client";

import { Button, Checkbox, Menu, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { useState } from "react";
import { payload } from "@/components/links/payload";
import { keepViewAction } from "@/lib/crm/actions/views";
import type { LeadsAddress, LeadView, StandingView } from "@/lib/crm/core/lead-list";
import { leadsAddressed, leadsHref, STANDING_VIEWS, viewQuery } from "@/lib/crm/core/lead-list";
import type { ViewAct } from "@/lib/crm/core/view-input";
import type { Column } from "./columns";
import { COLUMNS, COLUMNS_COOKIE } from "./columns";
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

function useViewActs() {
  const router = useRouter();
  return async (asked: ViewAct, words?: string): Promise<string | undefined> => {
    try {
      const answer = await keepViewAction(payload(asked));
      const done = answer.status === "done";
      if (!done || words !== undefined)
        notifications.show({
          role: "status",
          color: done ? "accent" : "danger",
          message: done ? words : answer.message,
        });
      if (done) router.refresh();
      return done ? answer.id : undefined;
    } catch {
      notifications.show({ role: "status", color: "danger", message: t("bulk.failed") });
      return undefined;
    }
  };
}

function KeepDialog({ address, onClose }: { address: LeadsAddress; onClose: () => void }) {
  const router = useRouter();
  const act = useViewActs();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    const query = viewQuery(address);
    const id = await act({ act: "keep", place: "leads", name, query, shared }, t("views.kept"));
    if (id === undefined) return;
    onClose();
    router.push(leadsHref({ ...address, view: id, cursor: undefined }));
  };
  return (
    <Modal opened onClose={onClose} title={t("views.keep")}>
      <form className={classes.editor} onSubmit={(event) => void keep(event)}>
        <TextInput
          data-autofocus
          required
          maxLength={60}
          label={t("views.name")}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t("views.share")}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Button type="submit">{t("views.save")}</Button>
      </form>
    </Modal>
  );
}

function OwnViewItems({ view, address }: { view: LeadView; address: LeadsAddress }) {
  const act = useViewActs();
  const router = useRouter();
  const { id, name, shared, isDefault } = view;
  const change = (fields: object) => void act({ act: "change", id, ...fields });
  const drop = async () => {
    if ((await act({ act: "drop", id }, t("views.dropped"))) !== undefined)
      router.push("/leads?view=all");
  };
  return (
    <>
      <Menu.Item onClick={() => change({ query: viewQuery(address) })}>
        {t("views.update", { name })}
      </Menu.Item>
      <Menu.Item onClick={() => change({ isDefault: !isDefault })}>
        {isDefault ? t("views.noDefault") : t("views.makeDefault", { name })}
      </Menu.Item>
      <Menu.Item onClick={() => change({ shared: !shared })}>
        {t(shared ? "views.unshare" : "views.shareOne", { name })}
      </Menu.Item>
      <Menu.Item onClick={() => void drop()}>{t("views.drop", { name })}</Menu.Item>
    </>
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
          {named === undefined ? null : <OwnViewItems view={named} address={address} />}
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
      {keeping ? <KeepDialog address={address} onClose={() => setKeeping(false)} /> : null}
    </>
  );
}
