"use client";

import { Button, Menu } from "@mantine/core";
import type { TargetRow } from "@/lib/crm/core/target";
import { monthAfter } from "@/lib/crm/core/target";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { CellChange, Cells } from "./grid-state";
import { keyOf, NOTHING, promisedIn, withValue } from "./grid-state";
import type { Teller } from "./target-words";
import { t } from "./targets-text";

/** Fills what is empty in these months from the month so many before; what was promised stays. */
export const copied = (
  rows: readonly TargetRow[],
  months: readonly CalendarDate[],
  cells: Cells,
  { back, measure }: { readonly back: number; readonly measure: Teller["measure"] },
): CellChange[] =>
  rows.flatMap((row) =>
    months.flatMap((month) => {
      const here = cells.get(keyOf(row, month)) ?? NOTHING;
      const there = promisedIn(cells.get(keyOf(row, monthAfter(month, -back))), measure);
      if (promisedIn(here, measure) !== null || there === null) return [];
      return [{ row, month, ...withValue(here, measure, there) }];
    }),
  );

/** What can be copied: the year before into this one, a month from the one before it. */
export function CopyMenu({
  months,
  nameOf,
  onCopy,
}: {
  months: readonly CalendarDate[];
  nameOf: (month: CalendarDate) => string;
  onCopy: (months: readonly CalendarDate[], back: number) => void;
}) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button>{t("copy")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onCopy(months, 12)}>{t("copyYear")}</Menu.Item>
        <Menu.Divider />
        {months.map((month) => (
          <Menu.Item key={month} onClick={() => onCopy([month], 1)}>
            {t("copyMonth", { month: nameOf(month), from: nameOf(monthAfter(month, -1)) })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
