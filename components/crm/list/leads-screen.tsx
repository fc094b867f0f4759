"use client";

import { IconChevronLeft, IconChevronRight, IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { DealPanel } from "@/components/crm/detail/deal-panel";
import { ListKeys } from "@/components/meetings/list-keys";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { useNow } from "@/components/ui/use-now";
import { EVERYTHING, isEverything } from "@/lib/crm/core/lead-filter";
import type { LeadsAddress, LeadsPage } from "@/lib/crm/core/lead-list";
import { leadsHref } from "@/lib/crm/core/lead-list";
import { signOf } from "@/lib/crm/core/money";
import type { Instant } from "@/lib/time/instant";
import { dayWords } from "../board/card-words";
import { BulkBar } from "./bulk-bar";
import type { Column } from "./columns";
import { LeadTable } from "./lead-table";
import classes from "./leads.module.css";
import { ListFilters } from "./list-filters";
import { t } from "./list-text";
import { useBulk } from "./use-bulk";
import { useSelection } from "./use-selection";
import { ListMenu, ViewTabs } from "./views-nav";

type ScreenProps = {
  readonly page: LeadsPage;
  readonly address: LeadsAddress;
  readonly columns: readonly Column[];
  readonly reader: ScreenReader;
  readonly now: Instant;
  /** What all rows come to: it comes when it is added up. */
  readonly totals: ReactNode;
};

function Head({ page, address, columns, reader }: Omit<ScreenProps, "now" | "totals">) {
  const rates =
    page.ratesOf === null
      ? ""
      : t("rates", { day: dayWords(page.ratesOf, page.today, reader.locale) });
  return (
    <header className={classes.head}>
      <h1>{t("title")}</h1>
      <p>{t("context", { scope: page.scopeWords, currency: signOf(page.currency), rates })}</p>
      <ListMenu address={address} views={page.views} columns={columns} />
      <ButtonLink
        href="/leads/new"
        variant="filled"
        leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
      >
        {t("new")}
      </ButtonLink>
    </header>
  );
}

/** Opening a lead is part of the address, and the list is not asked for again because of it. */
function useOpenLead(address: LeadsAddress) {
  const open = useSearchParams().get("deal") ?? undefined;
  const onClick = (event: MouseEvent) => {
    const { target } = event;
    const id =
      target instanceof Element
        ? target.closest<HTMLElement>("[data-lead]")?.dataset.lead
        : undefined;
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (id === undefined || elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    window.history.pushState(null, "", leadsHref(address, id));
  };
  return { open, onClick };
}

function Pager({ page, address }: Pick<ScreenProps, "page" | "address">) {
  const { before, after } = page;
  if (before === undefined && after === undefined) return null;
  const way = (cursor: typeof before, label: string, newer: boolean) => {
    const Way = newer ? IconChevronLeft : IconChevronRight;
    return cursor === undefined ? (
      <span className={classes.way} aria-disabled="true">
        <Way size={16} stroke={1.6} aria-hidden="true" />
      </span>
    ) : (
      <Link
        className={classes.way}
        href={leadsHref({ ...address, cursor })}
        aria-label={label}
        title={label}
      >
        <Way size={16} stroke={1.6} aria-hidden="true" />
      </Link>
    );
  };
  return (
    <nav className={classes.pager} aria-label={t("pager.label")}>
      {way(before, t("pager.newer"), true)}
      {way(after, t("pager.older"), false)}
    </nav>
  );
}

function Nothing({ address }: Pick<ScreenProps, "address">) {
  const filtered = !isEverything(address.filter);
  const all = leadsHref({ ...address, filter: EVERYTHING, cursor: undefined, view: "all" });
  return (
    <Blank
      title={t(filtered ? "blank.filtered" : "blank.title")}
      action={
        filtered ? (
          <ButtonLink href={all}>{t("blank.clear")}</ButtonLink>
        ) : (
          <ButtonLink href="/leads/new">{t("new")}</ButtonLink>
        )
      }
    >
      {t(filtered ? "blank.filteredWhy" : "blank.why")}
    </Blank>
  );
}

/** Leads and deals: views, filters, rows that open beside, and changes of many with one way back. */
export function LeadsScreen({
  page,
  address,
  columns,
  reader,
  now: serverNow,
  totals,
}: ScreenProps) {
  const router = useRouter();
  const now = useNow(serverNow);
  const selection = useSelection(page.rows, address);
  const { progress, run } = useBulk(selection.clear);
  const { open, onClick } = useOpenLead(address);
  const at = page.rows.findIndex(({ id }) => id === open);
  const besides = (step: 1 | -1) => {
    const row = at < 0 ? undefined : page.rows[at + step];
    return row === undefined ? undefined : leadsHref(address, row.id);
  };
  const words = { ...page, locale: reader.locale };
  const ids = [...selection.ids];
  return (
    <div className={classes.screen} data-flush data-panel={open === undefined ? undefined : true}>
      <div className={classes.list}>
        <Head page={page} address={address} columns={columns} reader={reader} />
        <ViewTabs address={address} views={page.views} />
        <ListFilters address={address} words={words} instead={page.instead} />
        <div className={classes.rows} onClickCapture={onClick}>
          {page.rows.length === 0 ? (
            <Nothing address={address} />
          ) : (
            <LeadTable
              rows={page.rows}
              columns={columns}
              address={address}
              look={{ reader, now, today: page.today, currency: page.currency }}
              selection={selection}
              openId={open}
            />
          )}
        </div>
        <ListKeys />
        {ids.length === 0 ? (
          <footer className={classes.foot}>
            {totals}
            <Pager page={page} address={address} />
          </footer>
        ) : (
          <BulkBar
            count={ids.length}
            choices={page}
            progress={progress}
            all={selection.allWords}
            onWork={(work) => void run({ ...work, ids })}
            onAll={() => void selection.selectAll()}
            onClear={selection.clear}
          />
        )}
      </div>
      {open === undefined ? null : (
        <DealPanel
          key={open}
          id={open}
          reader={reader}
          closeHref={leadsHref(address)}
          previousHref={besides(-1)}
          nextHref={besides(1)}
          onChanged={router.refresh}
        />
      )}
    </div>
  );
}
