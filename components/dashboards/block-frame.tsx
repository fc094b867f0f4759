"use client";

import type { ReactNode, RefObject } from "react";
import { useId, useRef, useState } from "react";
import { t } from "@/components/charts/chart-text";
import type { Sheet } from "@/components/charts/sheet";
import { SheetTable } from "@/components/charts/sheet-table";
import type { Block } from "@/lib/dashboards/core/batch";
import classes from "./block-frame.module.css";
import { BlockFailed, BlockWaiting } from "./block-states";
import { BlockMenu, ShowAs } from "./block-tools";
import { usePrinting } from "./use-printing";

/** What a block shows. With both a drawing and a sheet or table, the reader chooses. */
export type BlockView = {
  /** The line below the question, instead of the block's own. */
  readonly subtitle?: ReactNode;
  readonly chart?: ReactNode;
  readonly table?: ReactNode;
  /** What is drawn, as rows: the table where none is given, and the file. */
  readonly sheet?: Sheet;
  /** Below both: notes, links. */
  readonly foot?: ReactNode;
  /** In place of all of it: why there is nothing, and what to do. */
  readonly empty?: ReactNode;
};

type Props<Data> = {
  /** The question the block answers. */
  readonly title: string;
  readonly subtitle?: ReactNode;
  /** Undefined until there is an answer. */
  readonly block: Block<Data> | undefined;
  readonly children: (data: Data) => BlockView;
  /** How many of twelve columns it is wide. */
  readonly span?: 3 | 4 | 5 | 6 | 7 | 8 | 12;
  /** The height of what will be there, in pixels, so that nothing moves when it comes. */
  readonly height?: number;
  readonly onRetry: () => void;
  /** What is shown is of an earlier state, and on its way to be replaced. */
  readonly stale?: boolean;
  readonly first?: "chart" | "table";
  /** What it is of, for its files: scope, filters, time; one line each. */
  readonly about?: readonly string[];
  /** The file's name, without its ending. */
  readonly file?: string;
  /** Further entries of its menu (Menu.Item), and tools before it. */
  readonly menu?: ReactNode;
  readonly tools?: ReactNode;
};

const shownOf = ({ chart, table, sheet }: BlockView, mode: Mode, label: string) => {
  const twin = table ?? (sheet === undefined ? null : <SheetTable sheet={sheet} label={label} />);
  return mode === "chart" ? (chart ?? twin) : (twin ?? chart);
};

type Mode = "chart" | "table";

/** What may be done with what is there: nothing while it is not. */
function Tools<Data>({
  view,
  mode,
  onMode,
  section,
  of,
}: {
  view: BlockView | undefined;
  mode: Mode;
  onMode: (mode: Mode) => void;
  section: RefObject<HTMLElement | null>;
  of: Props<Data>;
}) {
  const there = view === undefined || view.empty !== undefined ? undefined : view;
  const hasBoth =
    there?.chart !== undefined && (there.table !== undefined || there.sheet !== undefined);
  return (
    <div className={classes.tools}>
      {of.tools}
      {hasBoth ? <ShowAs mode={mode} onChange={onMode} /> : null}
      {there === undefined ? null : (
        <BlockMenu
          title={of.title}
          about={of.about ?? []}
          file={of.file ?? of.title}
          sheet={there.sheet}
          section={section}
        >
          {of.menu}
        </BlockMenu>
      )}
    </div>
  );
}

/**
 * A part of a dashboard: its question, what it is of, and its answer as a chart or as a table with the same numbers. It
 * waits, fails and grows old by itself; the others stand.
 */
export function BlockFrame<Data>(props: Props<Data>) {
  const { title, subtitle, block, children, span = 6, height = 268, stale = false } = props;
  const id = useId();
  const section = useRef<HTMLElement>(null);
  const [mode, setMode] = useState<Mode>(props.first ?? "chart");
  const printing = usePrinting();
  const view = block?.status === "ready" ? children(block.data) : undefined;
  return (
    <section
      ref={section}
      className={classes.block}
      data-span={span}
      data-stale={stale && view !== undefined ? "" : undefined}
      aria-labelledby={id}
      aria-busy={block === undefined || stale}
    >
      <header className={classes.head}>
        <div>
          <h2 id={id}>{title}</h2>
          <div className={classes.unit}>
            {view?.subtitle ?? subtitle}
            {block?.status === "ready" && block.asOf !== undefined ? (
              <span className={classes.older}>{t("block.older", { time: block.asOf })}</span>
            ) : null}
          </div>
        </div>
        <Tools view={view} mode={mode} onMode={setMode} section={section} of={props} />
      </header>
      {block === undefined ? <BlockWaiting title={title} height={height} /> : null}
      {block?.status === "failed" ? (
        <BlockFailed cause={block.cause} reference={block.reference} onRetry={props.onRetry} />
      ) : null}
      {view === undefined ? null : (
        <div className={classes.body} data-body="">
          {view.empty ?? shownOf(view, printing ? "table" : mode, title)}
        </div>
      )}
      {view?.foot === undefined ? null : <div className={classes.foot}>{view.foot}</div>}
    </section>
  );
}

/** Blocks in twelve columns; one below the other on a phone. */
export function BlockGrid({ children }: { children: ReactNode }) {
  return <div className={classes.grid}>{children}</div>;
}
