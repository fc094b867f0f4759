"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChartBar, IconDots, IconFileTypeCsv, IconPhoto, IconTable } from "@tabler/icons-react";
import type { ReactNode, RefObject } from "react";
import { t } from "@/components/charts/chart-text";
import { pictureOf, saveAs } from "@/components/charts/picture";
import type { Sheet } from "@/components/charts/sheet";
import { sheetCsv } from "@/components/charts/sheet";
import classes from "./block-frame.module.css";

type Mode = "chart" | "table";
const MODES = [
  ["chart", IconChartBar],
  ["table", IconTable],
] as const;

/** Chart or table. */
export function ShowAs({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  return (
    <fieldset className={classes.modes} aria-label={t("block.show")}>
      {MODES.map(([each, Icon]) => (
        <button
          key={each}
          type="button"
          aria-pressed={mode === each}
          aria-label={t(`block.${each}`)}
          title={t(`block.${each}`)}
          onClick={() => onChange(each)}
        >
          <Icon size={16} stroke={1.6} aria-hidden="true" />
        </button>
      ))}
    </fieldset>
  );
}

/** What can be taken away from a block: its rows, its picture, and what the caller adds. */
export function BlockMenu({
  title,
  about,
  file,
  sheet,
  section,
  children,
}: {
  title: string;
  about: readonly string[];
  file: string;
  sheet: Sheet | undefined;
  section: RefObject<HTMLElement | null>;
  children?: ReactNode;
}) {
  const name = file
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  const picture = async () => {
    const made =
      section.current === null ? null : await pictureOf(section.current, { title, about });
    if (made === null) notifications.show({ color: "danger", message: t("png.failed") });
    else saveAs(made, `${name}.png`);
  };
  const rows = (of: Sheet) =>
    saveAs(
      new Blob([sheetCsv(of, [title, ...about])], { type: "text/csv;charset=utf-8" }),
      `${name}.csv`,
    );
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={28} aria-label={t("block.more", { title })}>
          <IconDots size={16} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sheet === undefined ? null : (
          <Menu.Item
            leftSection={<IconFileTypeCsv size={16} stroke={1.6} aria-hidden="true" />}
            onClick={() => rows(sheet)}
          >
            {t("block.csv")}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconPhoto size={16} stroke={1.6} aria-hidden="true" />}
          onClick={() => void picture()}
        >
          {t("block.png")}
        </Menu.Item>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
