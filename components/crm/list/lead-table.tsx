"use client";

import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import Link from "next/link";
import { labelOf } from "@/lib/crm/core/lead";
import type { LeadSort } from "@/lib/crm/core/lead-filter";
import { firstWay } from "@/lib/crm/core/lead-filter";
import type { LeadRow, LeadsAddress } from "@/lib/crm/core/lead-list";
import { leadsHref } from "@/lib/crm/core/lead-list";
import type { Column } from "./columns";
import { SORT_OF } from "./columns";
import type { CellLook } from "./lead-cells";
import { cellOf } from "./lead-cells";
import classes from "./leads.module.css";
import { t } from "./list-text";

export type Selection = {
  readonly ids: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly setPage: (all: boolean) => void;
};

function SortHead({ column, address }: { column: Column | "name"; address: LeadsAddress }) {
  const key = SORT_OF[column];
  const label = t(`column.${column}`);
  const current = address.sort.key === key;
  if (key === undefined)
    return (
      <th scope="col" data-column={column}>
        {label}
      </th>
    );
  const sort: LeadSort = {
    key,
    descending: current ? !address.sort.descending : firstWay(key),
  };
  const Way = address.sort.descending ? IconArrowDown : IconArrowUp;
  const order = address.sort.descending ? "descending" : "ascending";
  return (
    <th scope="col" data-column={column} aria-sort={current ? order : undefined}>
      <Link
        href={leadsHref({ ...address, sort, cursor: undefined })}
        title={t("column.sort", { column: label })}
      >
        {label}
        {current ? <Way size={12} stroke={1.8} aria-hidden="true" /> : null}
      </Link>
    </th>
  );
}

type RowProps = {
  readonly row: LeadRow;
  readonly columns: readonly Column[];
  readonly look: CellLook;
  readonly href: string;
  readonly open: boolean;
  readonly selected: boolean;
  readonly onToggle: () => void;
};

function Row({ row, columns, look, href, open, selected, onToggle }: RowProps) {
  return (
    <tr data-open={open || undefined} data-selected={selected || undefined}>
      <td className={classes.check}>
        <Checkbox
          size="xs"
          radius={4}
          checked={selected}
          onChange={onToggle}
          aria-label={t("column.select", { name: row.name })}
        />
      </td>
      <th scope="row" data-column="name">
        <Link href={href} data-row data-lead={row.id} scroll={false} className={classes.name}>
          {row.name}
        </Link>
        <span className={classes.about}>
          {[labelOf(row), row.companyName ?? row.contactName]
            .filter((part) => part !== null)
            .join(" · ")}
        </span>
      </th>
      {columns.map((column) => (
        <td key={column} data-column={column} data-label={t(`column.${column}`)}>
          {cellOf(column, row, look)}
        </td>
      ))}
    </tr>
  );
}

/** The rows of a page: a table, and on a phone a card each. */
export function LeadTable({
  rows,
  columns,
  address,
  look,
  selection,
  openId,
}: {
  rows: readonly LeadRow[];
  columns: readonly Column[];
  address: LeadsAddress;
  look: CellLook;
  selection: Selection;
  openId: string | undefined;
}) {
  const chosen = rows.filter(({ id }) => selection.ids.has(id)).length;
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <td className={classes.check}>
            <Checkbox
              size="xs"
              radius={4}
              checked={chosen === rows.length && rows.length > 0}
              indeterminate={chosen > 0 && chosen < rows.length}
              onChange={() => selection.setPage(chosen < rows.length)}
              aria-label={t("column.selectAll")}
            />
          </td>
          {(["name", ...columns] as const).map((column) => (
            <SortHead key={column} column={column} address={address} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            columns={columns}
            look={look}
            href={leadsHref(address, row.id)}
            open={row.id === openId}
            selected={selection.ids.has(row.id)}
            onToggle={() => selection.toggle(row.id)}
          />
        ))}
      </tbody>
    </table>
  );
}
