import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/shell/brand-mark";
import { t as office } from "@/components/ui/office-text";
import classes from "./sign-in.module.css";

/** A page on the way in: the brand, a title, and one thing to do. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page} id="main">
      <div className={classes.box}>
        <p className={classes.brand}>
          <BrandMark />
          {office("shell.brand")}
        </p>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

/** The card a door's words and fields stand in. */
export const DoorCard = ({ children }: { children: ReactNode }) => (
  <div className={classes.form}>{children}</div>
);

/** Why it did not work, read out when it appears. */
export function Refused({ message }: { message: string | undefined }) {
  return (
    <div role="alert">
      {message === undefined ? null : (
        <p className={classes.refused}>
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
          <span>{message}</span>
        </p>
      )}
    </div>
  );
}

/** What the door says before its fields. */
export const DoorWords = ({ children }: { children: ReactNode }) => (
  <p className={classes.words}>{children}</p>
);
