"use client";

import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDots, IconDownload, IconRefresh } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode, Ref } from "react";
import type { DashboardPageData, RefreshMinutes } from "@/lib/dashboards/core/page";
import { REFRESHES } from "@/lib/dashboards/core/page";
import { formatDateShort, formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import { calendarDateAt } from "@/lib/time/offset";
import classes from "./shell.module.css";
import { t } from "./shell-text";
import type { BatchStatus } from "./use-batch";

/** "09:42", or with its day when that is not today, on the clock of the workspace: the figures' days are its days. */
export function momentWords(at: number, { reader, zone, now }: DashboardPageData): string {
  const moment = instantOf(at);
  const clock = { ...reader, zone };
  const time = formatTime(moment, clock);
  const isToday = calendarDateAt(zone, moment) === calendarDateAt(zone, now);
  return isToday ? time : `${time}, ${formatDateShort(moment, clock)}`;
}

/** What the figures are of, and how fresh they are; spoken when that changes for the worse. */
function Freshness({
  page,
  status,
  confirmedAt,
  newer,
  onRefresh,
}: {
  page: DashboardPageData;
  status: BatchStatus;
  confirmedAt: number | undefined;
  newer: boolean;
  onRefresh: () => void;
}) {
  const time = confirmedAt === undefined ? undefined : momentWords(confirmedAt, page);
  const words = (() => {
    if (time === undefined) return status === "loading" ? t("status.loading") : undefined;
    if (status === "offline" || status === "failed") return t(`status.${status}`, { time });
    return t("asOf", { time });
  })();
  if (words === undefined) return null;
  return (
    <>
      <span className={classes.live} data-status={status}>
        {words}
      </span>
      {newer ? (
        <button type="button" className={classes.newer} onClick={onRefresh}>
          {t("status.newer")}
        </button>
      ) : null}
    </>
  );
}

function RefreshMenu({
  minutes,
  onMinutes,
  onRefresh,
}: {
  minutes: RefreshMinutes;
  onMinutes: (minutes: RefreshMinutes) => void;
  onRefresh: () => void;
}) {
  const words = (every: RefreshMinutes) =>
    every === 0 ? t("refresh.off") : t("refresh.every", { count: every });
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          variant="subtle"
          leftSection={<IconRefresh size={14} stroke={1.6} aria-hidden="true" />}
          rightSection={<IconChevronDown size={12} stroke={1.8} aria-hidden="true" />}
          title={t("refresh.hint")}
          aria-label={t("refresh.menu", { what: words(minutes) })}
          data-refresh={minutes}
        >
          {minutes === 0 ? t("refresh.label") : words(minutes)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onRefresh} rightSection={<span aria-hidden="true">R</span>}>
          {t("refresh.now")}
        </Menu.Item>
        <Menu.Divider />
        {REFRESHES.map((every) => (
          <Menu.RadioItem
            key={every}
            value={String(every)}
            checked={every === minutes}
            closeMenuOnClick
            onChange={() => onMinutes(every)}
          >
            {words(every)}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ExportMenu({
  page,
  query,
  opened,
  onOpened,
}: {
  page: DashboardPageData;
  query: string;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}) {
  const file = (format: string) =>
    `/api/v1/dashboards/${page.dashboard}/export.${format}${query === "" ? "" : `?${query}`}`;
  return (
    <Menu
      position="bottom-end"
      transitionProps={{ duration: 0 }}
      opened={opened}
      onChange={onOpened}
    >
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.6} aria-hidden="true" />}
          rightSection={<IconChevronDown size={12} stroke={1.8} aria-hidden="true" />}
        >
          {t("export.label")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["xlsx", "csv", "pdf"] as const).map((format) => (
          <Menu.Item key={format} component="a" href={file(format)} download>
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
        {page.rights.configure ? null : <Menu.Label>{t("export.own")}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

export type HeadActs = {
  readonly onRefresh: () => void;
  readonly onMinutes: (minutes: RefreshMinutes) => void;
  readonly onExport: (opened: boolean) => void;
};

/** Title, whose figures and how fresh, and everything that is done with a dashboard as a whole. */
export function DashboardHead({
  page,
  query,
  status,
  confirmedAt,
  newer,
  minutes,
  exporting,
  acts,
  menu,
  ref,
}: {
  page: DashboardPageData;
  query: string;
  status: BatchStatus;
  confirmedAt: number | undefined;
  newer: boolean;
  minutes: RefreshMinutes;
  exporting: boolean;
  acts: HeadActs;
  /** The lines of the menu behind the three dots. */
  menu: ReactNode;
  ref?: Ref<HTMLElement>;
}) {
  const { scope, zone, dashboard } = page;
  return (
    <header className={classes.head} ref={ref}>
      <div className={classes.words}>
        <h1>{t(`title.${dashboard}`)}</h1>
        <p className={classes.context} role="status">
          {t("context", { scope: scope.charAt(0).toLocaleUpperCase() + scope.slice(1), zone })}
          <Freshness
            page={page}
            status={status}
            confirmedAt={confirmedAt}
            newer={newer}
            onRefresh={acts.onRefresh}
          />
        </p>
      </div>
      <div className={classes.actions}>
        <RefreshMenu minutes={minutes} onMinutes={acts.onMinutes} onRefresh={acts.onRefresh} />
        {page.rights.exportFiles ? (
          <ExportMenu page={page} query={query} opened={exporting} onOpened={acts.onExport} />
        ) : null}
        <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <Button variant="default" px={8} aria-label={t("menu.label")} title={t("menu.label")}>
              <IconDots size={16} stroke={1.6} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {menu}
            <Menu.Divider />
            <Menu.Item component={Link} href="/metrics">
              {t("menu.definitions")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}
