"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown, IconDownload, IconLink } from "@tabler/icons-react";
import { copyText } from "@/components/links/copy-button";
import type { ScreenReader } from "@/components/shell/viewer";
import type { MetricPageData } from "@/lib/dashboards/core/metric-page";
import { periodWords } from "@/lib/dashboards/core/period-words";
import type { Metric } from "@/lib/metrics/core/metric";
import { metricOf } from "@/lib/metrics/core/registry";
import { formatTime } from "@/lib/time/format";
import { instantOf } from "@/lib/time/instant";
import classes from "./drill.module.css";
import { LOCALE } from "./drill-words";
import { t } from "./metrics-text";

/** "09:42" on the clock of the workspace: the figures' days are its days. */
export const timeOf = ({ asOf, zone }: MetricPageData, reader: ScreenReader): string =>
  formatTime(instantOf(Date.parse(asOf)), { ...reader, zone });

async function copyLink(): Promise<void> {
  const address = window.location.href;
  const copied = await copyText(address);
  notifications.show({ color: "accent", message: copied ? t("drill.copied") : address });
}

function ExportMenu({ data, query }: { data: MetricPageData; query: string }) {
  const file = (format: string) => `/api/v1/metrics/${data.id}/export?${query}&format=${format}`;
  const { listed } = data;
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          variant="filled"
          leftSection={<IconDownload size={14} stroke={1.6} aria-hidden="true" />}
          rightSection={<IconChevronDown size={12} stroke={1.8} aria-hidden="true" />}
          disabled={listed === null}
        >
          {listed === null || data.exportsOwn
            ? t("drill.exportNone")
            : t("drill.export", { count: listed })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={file("xlsx")} download>
          {t("drill.exportXlsx")}
        </Menu.Item>
        <Menu.Item component="a" href={file("csv")} download>
          {t("drill.exportCsv")}
        </Menu.Item>
        {data.exportsOwn ? <Menu.Label>{t("drill.exportOwn")}</Menu.Label> : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the figure is called, whose and of which days it is, and what is done with it as a whole. */
export function DrillHead({
  data,
  query,
  reader,
}: {
  data: MetricPageData;
  query: string;
  reader: ScreenReader;
}) {
  const { name, kind }: Metric = metricOf(data.id);
  const words = { scope: capital(data.scope), zone: data.zone };
  const days = periodWords(data.period, { locale: LOCALE, today: data.today });
  return (
    <header className={classes.head}>
      <div>
        <h1>{name}</h1>
        <p>
          {kind === "state" ? t("drill.contextNow", words) : t("drill.context", { ...words, days })}
          <span className={classes.live}>{t("drill.asOf", { time: timeOf(data, reader) })}</span>
        </p>
      </div>
      <Button
        variant="default"
        leftSection={<IconLink size={14} stroke={1.6} aria-hidden="true" />}
        onClick={() => void copyLink()}
      >
        {t("drill.copy")}
      </Button>
      {data.mayExport ? <ExportMenu data={data} query={query} /> : null}
    </header>
  );
}

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
