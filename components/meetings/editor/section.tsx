import type { ReactNode } from "react";
import classes from "./meeting-editor.module.css";

/** One part of the form under its own heading. */
export function Section({
  id,
  title,
  words,
  children,
}: {
  id: string;
  title: string;
  words?: string;
  children: ReactNode;
}) {
  return (
    <section className={classes.section} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {words === undefined ? null : <p>{words}</p>}
      </header>
      {children}
    </section>
  );
}
