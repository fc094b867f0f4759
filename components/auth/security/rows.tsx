import type { ReactNode } from "react";
import { SectionHead } from "@/components/ui/page-head";
import classes from "./security.module.css";

/** A titled card of rows. */
export function Card({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <SectionHead id={id} title={title} />
      <div className={classes.card}>{children}</div>
    </section>
  );
}

/** One thing of an account: what it is, how it stands, and what can be done about it. */
export function Row({
  title,
  icon,
  children,
  end,
}: {
  title: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
  end?: ReactNode;
}) {
  return (
    <div className={classes.row}>
      {icon ? <span className={classes.icon}>{icon}</span> : null}
      <div className={classes.words}>
        <h3>{title}</h3>
        {children ? <p>{children}</p> : null}
      </div>
      {end ? <div className={classes.end}>{end}</div> : null}
    </div>
  );
}
