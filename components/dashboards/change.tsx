import type { Change } from "@/lib/dashboards/core/figure-text";
import classes from "./change.module.css";

const ARROWS = { up: "↑\u202f", down: "↓\u202f", same: "", new: "" } as const;

/** How a figure moved: an arrow and a colour for the eye, and words for those who see neither. */
export function ChangeText({ change }: { change: Change }) {
  return (
    <b className={classes.change} data-tone={change.tone} data-way={change.way}>
      <span aria-hidden="true">
        {ARROWS[change.way]}
        {change.text}
      </span>
      <span className="sr-only">{change.words}</span>
    </b>
  );
}
