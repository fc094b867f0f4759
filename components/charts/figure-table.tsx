"use client";

import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { figureText, intervalOf, SMALL_N } from "@/lib/dashboards/core/figure-text";
import type { Cell } from "@/lib/metrics/core/answer";
import { t } from "./chart-text";
import classes from "./figure-table.module.css";

/**
 * A dense table of figures. The rows are the caller's; cells say what they are by attributes: `data-num` stands to the
 * right, `data-quiet` in grey, `data-bar` takes the room that is left, `data-clip` may be cut, `data-long` may break,
 * `data-wide` is left out on a phone. The sum stands in `tfoot`. Wider than its place, it is scrolled, by keyboard too.
 */
export function FigureTable({ label, children }: { label: string; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    const watch = new ResizeObserver(() => setScrolls(current.scrollWidth > current.clientWidth));
    watch.observe(current);
    for (const table of current.children) watch.observe(table);
    return () => watch.disconnect();
  }, []);
  const reach = scrolls ? { tabIndex: 0, role: "group", "aria-label": label } : {};
  return (
    <div ref={frame} className={classes.scroll} {...reach}>
      <table className={classes.table} aria-label={label}>
        {children}
      </table>
    </div>
  );
}

/** A person in a row. The name stays on a phone as the avatar's word, unless `keepName`. */
export function Who({
  name,
  photoId = null,
  children,
}: {
  name: string;
  photoId?: string | null;
  /** The name as a link, say. */
  children?: ReactNode;
}) {
  return (
    <span className={classes.who}>
      <Avatar name={name} size={24} photoId={photoId} />
      <span>{children ?? name}</span>
    </span>
  );
}

/** "n 22" in grey. */
export function Count({ n }: { n: number }) {
  return (
    <span className={classes.faint}>
      {t("count", { n: figureText(n, "count", { currency: "" }) })}
    </span>
  );
}

/** A rate and how many stand behind it: "68 % n 22"; of few, its 95 % interval for those who point at it or cannot see. */
export function Rate({ cell, locale = "en" }: { cell: Cell; locale?: string }) {
  const look = { currency: "", short: true, locale };
  const range = intervalOf(cell, look, SMALL_N);
  const words = range === null ? undefined : t("interval", range);
  return (
    <span title={words}>
      {figureText(cell, "ratio", look)} <Count n={cell.n} />
      {words === undefined ? null : <span className="sr-only">, {words}</span>}
    </span>
  );
}
