"use client";

import { Button, Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import type { DrillColumn } from "./drill-columns";
import { DRILL_COLUMNS, DRILL_COLUMNS_COOKIE } from "./drill-columns";
import { t } from "./metrics-text";

/** Which columns are looked at, remembered in a cookie so that the server draws them next time. */
export function ColumnsMenu({
  columns,
  onColumns,
}: {
  columns: readonly DrillColumn[];
  onColumns: (columns: readonly DrillColumn[]) => void;
}) {
  const toggle = (column: DrillColumn) => {
    const chosen = DRILL_COLUMNS.filter((one) => columns.includes(one) !== (one === column));
    const kept = chosen.length === 0 ? [column] : chosen;
    // biome-ignore lint/suspicious/noDocumentCookie: remembered for the server's next rendering, nothing more
    document.cookie = `${DRILL_COLUMNS_COOKIE}=${kept.join(".")};path=/;max-age=31536000;samesite=lax`;
    onColumns(kept);
  };
  return (
    <Menu position="bottom-end" closeOnItemClick={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconColumns3 size={14} stroke={1.6} aria-hidden="true" />}
        >
          {t("drill.columns")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {DRILL_COLUMNS.map((column) => (
          <Menu.Item
            key={column}
            role="menuitemcheckbox"
            aria-checked={columns.includes(column)}
            leftSection={
              <span aria-hidden="true">{columns.includes(column) ? "✓" : "\u2003"}</span>
            }
            onClick={() => toggle(column)}
          >
            {column === "base" ? t("drill.column.base", { sign: "" }) : t(`drill.column.${column}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
