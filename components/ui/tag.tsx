import type { ReactNode } from "react";
import classes from "./tag.module.css";

export type Tone = "neutral" | "accent" | "solid" | "ok" | "warn" | "danger" | "info";

/** A short word about a thing: its state, "in 10 min". Never the only carrier of meaning by colour. */
export function Tag({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
