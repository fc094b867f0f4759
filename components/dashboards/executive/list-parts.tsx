import type { ReactNode } from "react";
import { t } from "@/lib/dashboards/core/executive-text";
import classes from "./executive.module.css";
import type { View } from "./view";
import { inTable } from "./view";

/** The records of one person. */
export const byOwner = (key: string | null) => ({ by: "owner", key }) as const;

export type Column = { readonly name: string; readonly kind?: "num" | "bar" | "text" };

export function Head({ columns }: { columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ name, kind = "num" }) => (
          <th
            key={name}
            scope="col"
            data-num={kind === "num" ? "" : undefined}
            data-bar={kind === "bar" ? "" : undefined}
          >
            {kind === "bar" ? <span className="sr-only">{name}</span> : name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

export const person: Column = { name: t("column.person"), kind: "text" };

/** "1 of 24" with the part in full strength. */
export const partOf = (view: View, part: number, whole: number): ReactNode => (
  <>
    {inTable(view, part, "count")}{" "}
    <span className={classes.faint}>of {inTable(view, whole, "count")}</span>
  </>
);
