import type { ReactNode } from "react";
import classes from "./editor.module.css";

/** One part of the settings, reached by its tab. */
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
    <section id={id} className={classes.section} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`} tabIndex={-1}>
          {title}
        </h2>
        {words === undefined ? null : <p>{words}</p>}
      </header>
      {children}
    </section>
  );
}
