import Link from "next/link";
import type { ReactNode } from "react";
import classes from "./block-frame.module.css";

/** Some last figures in one line; each opens its records. `note` says what they are of, or how they moved. */
export function FootStats({
  label,
  stats,
}: {
  label: string;
  stats: readonly {
    readonly name: string;
    readonly value: string;
    /** The figure in full, where the value is short. */
    readonly full?: string;
    readonly note?: ReactNode;
    readonly href: string;
  }[];
}) {
  return (
    <section className={classes.strip} aria-label={label}>
      {stats.map(({ name, value, full, note, href }) => (
        <Link key={name} href={href} prefetch={false}>
          <span>{name}</span>
          <strong title={full}>
            {value}
            <small>{note}</small>
          </strong>
        </Link>
      ))}
    </section>
  );
}
