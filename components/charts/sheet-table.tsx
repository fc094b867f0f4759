import Link from "next/link";
import { FigureTable } from "./figure-table";
import { fullText } from "./series";
import type { Sheet, SheetColumn, SheetRow } from "./sheet";

function cellText(cell: string | number | null, { format }: SheetColumn): string {
  if (typeof cell === "string") return cell;
  if (format === undefined) return cell === null ? "" : String(cell);
  return fullText(cell, format);
}

function Row({ row, columns }: { row: SheetRow; columns: readonly SheetColumn[] }) {
  const [first = "", ...rest] = row.cells;
  const name = String(first ?? "");
  return (
    <tr>
      <th scope="row">{row.href === undefined ? name : <Link href={row.href}>{name}</Link>}</th>
      {rest.map((cell, at) => {
        const column = columns[at + 1] ?? { name: "" };
        return (
          <td key={column.name} data-num={column.format === undefined ? undefined : ""}>
            {cellText(cell, column)}
          </td>
        );
      })}
    </tr>
  );
}

/** The same numbers as the chart beside it, in full. */
export function SheetTable({ sheet, label }: { sheet: Sheet; label: string }) {
  const { columns, rows } = sheet;
  const totals = rows.filter(({ total }) => total === true);
  return (
    <FigureTable label={label}>
      <thead>
        <tr>
          {columns.map(({ name, format }) => (
            <th key={name} scope="col" data-num={format === undefined ? undefined : ""}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows
          .filter(({ total }) => total !== true)
          .map((row) => (
            <Row key={row.key} row={row} columns={columns} />
          ))}
      </tbody>
      {totals.length === 0 ? null : (
        <tfoot>
          {totals.map((row) => (
            <Row key={row.key} row={row} columns={columns} />
          ))}
        </tfoot>
      )}
    </FigureTable>
  );
}
