import type { ReactNode } from "react";
import classes from "./page-head.module.css";

/** Title, one line of context, and to the right at most one primary action or a fact of the page. */
export function PageHead({
  title,
  context,
  children,
}: {
  title: string;
  context?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <h1>{title}</h1>
        {context ? <p>{context}</p> : null}
      </div>
      {children}
    </header>
  );
}

/** Title of a part of a page, its count, and a link at the end. */
export function SectionHead({
  id,
  title,
  count,
  hint,
  children,
}: {
  id: string;
  title: string;
  count?: number;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <div className={classes.section}>
      <h2 id={id}>{title}</h2>
      {count === undefined ? null : <span className={classes.count}>{count}</span>}
      {hint === undefined ? null : <span className={classes.hint}>{hint}</span>}
      {children ? <span className={classes.end}>{children}</span> : null}
    </div>
  );
}
