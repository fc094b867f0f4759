import type { ReactNode } from "react";
import wide from "@/components/ui/wide-table.module.css";
import type { DuplicateReason } from "@/lib/crm/core/duplicate";
import { DUPLICATE_WORDS } from "@/lib/crm/core/duplicate";
import classes from "./merge.module.css";
import { t } from "./merge-text";

/** One record: the first stays, the others may be taken in. */
export type CompareColumn = {
  readonly id: string;
  readonly label: string;
  /** Why it is here. */
  readonly reasons: readonly DuplicateReason[];
};

export type CompareRow = {
  readonly field: string;
  readonly label: string;
  /** As shown, by the columns' order; null is nothing. */
  readonly values: readonly (string | null)[];
  /** Whose value stays. */
  readonly winnerId: string;
};

/** Rows in which the columns differ: where all agree there is nothing to choose. */
export const differing = (rows: readonly CompareRow[]): readonly CompareRow[] =>
  rows.filter(({ values }) => new Set(values.map((value) => value ?? "")).size > 1);

type Choosing = {
  readonly columns: readonly CompareColumn[];
  readonly rows: readonly CompareRow[];
  /** A row nobody chooses in: how each stands. */
  readonly standing: { readonly label: string; readonly values: readonly ReactNode[] };
  readonly taken: ReadonlySet<string>;
  readonly onTake: (id: string) => void;
  readonly onPick: (field: string, id: string) => void;
};

function ColumnHead({
  column,
  stays,
  taken,
  onTake,
}: { column: CompareColumn; stays: boolean } & Pick<Choosing, "taken" | "onTake">) {
  const { id, label, reasons } = column;
  return (
    <th scope="col">
      {stays ? (
        <span>
          {label} <small>{t("stays")}</small>
        </span>
      ) : (
        <label className={classes.take}>
          <input type="checkbox" checked={taken.has(id)} onChange={() => onTake(id)} />
          {t("take", { label })}
        </label>
      )}
      <small className={classes.why}>
        {reasons.map((reason) => DUPLICATE_WORDS[reason]).join(", ")}
      </small>
    </th>
  );
}

/** The records as columns, the fields in which they differ as rows; a dot says whose value stays. */
export function Compare({ columns, rows, standing, taken, onTake, onPick }: Choosing) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways can be scrolled by keys.
    <section className={`${wide.wide} ${classes.compare}`} aria-label={t("compare")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("field")}</th>
            {columns.map((column, index) => (
              <ColumnHead
                key={column.id}
                column={column}
                stays={index === 0}
                taken={taken}
                onTake={onTake}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{standing.label}</th>
            {columns.map(({ id }, index) => (
              <td key={id}>{standing.values[index]}</td>
            ))}
          </tr>
          {differing(rows).map(({ field, label, values, winnerId }) => (
            <tr key={field}>
              <th scope="row">{label}</th>
              {columns.map((column, index) => {
                const isIn = index === 0 || taken.has(column.id);
                return (
                  <td key={column.id}>
                    <label className={classes.value} data-out={isIn ? undefined : true}>
                      <input
                        type="radio"
                        name={field}
                        aria-label={t("pick", { field: label, label: column.label })}
                        disabled={!isIn}
                        checked={winnerId === column.id}
                        onChange={() => onPick(field, column.id)}
                      />
                      {values[index] ?? t("empty")}
                    </label>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
