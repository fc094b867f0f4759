import type { ReactNode } from "react";
import classes from "./chart.module.css";

export type KeyKind = "bar" | "whole" | "hatched" | "line" | "former" | "target" | "tick" | "pace";

/** What the marks of a chart mean, for the line below its question. */
export function Legend({
  keys,
  children,
}: {
  keys: readonly { readonly kind: KeyKind; readonly name: string }[];
  children?: ReactNode;
}) {
  return (
    <span className={classes.keys}>
      {keys.map(({ kind, name }) => (
        <span key={name} className={classes.key} data-key="">
          <i className={classes.swatch} data-kind={kind} aria-hidden="true" />
          {name}
        </span>
      ))}
      {children === undefined ? null : <span data-key="">{children}</span>}
    </span>
  );
}
