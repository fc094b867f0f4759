import type { ReactNode } from "react";
import classes from "./blank.module.css";

/** An empty place: what will be here, why it is not, and the one thing to do about it. */
export function Blank({
  icon,
  title,
  children,
  action,
  heading = false,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** True where this is all the page says, so that the page has its heading. */
  heading?: boolean;
}) {
  return (
    <div className={classes.blank}>
      {icon ? (
        <span className={classes.icon} aria-hidden="true">
          {icon}
        </span>
      ) : null}
      {heading ? (
        <h1 className={classes.title}>{title}</h1>
      ) : (
        <p className={classes.title}>{title}</p>
      )}
      {children ? <p className={classes.words}>{children}</p> : null}
      {action}
    </div>
  );
}
