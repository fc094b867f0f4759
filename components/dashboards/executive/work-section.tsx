import type { ReactNode } from "react";
import { useId } from "react";
import { BlockFailed, BlockWaiting } from "@/components/dashboards/block-states";
import type { Block } from "@/lib/dashboards/core/batch";
import type { ExecutiveBlocks } from "@/lib/dashboards/core/executive";
import { t } from "@/lib/dashboards/core/executive-text";
import classes from "./executive.module.css";

/** Lists about people, side by side below one question. */
export const WORK_BLOCKS = [
  "progress",
  "converted",
  "response",
  "junked",
  "updates",
  "quality",
] as const satisfies readonly (keyof ExecutiveBlocks)[];
export type WorkName = (typeof WORK_BLOCKS)[number];

export const isWork = (name: keyof ExecutiveBlocks): name is WorkName =>
  (WORK_BLOCKS as readonly string[]).includes(name);

/** What a list shows: a line that says what of, its table, and what stands below it. */
export type ListView = {
  readonly unit: string;
  readonly table: ReactNode;
  readonly foot?: ReactNode;
  /** Why there is nothing. */
  readonly empty?: ReactNode;
};

/** One list, which waits and fails by itself. */
export function WorkList<Data>({
  title,
  block,
  children,
  onRetry,
}: {
  title: string;
  block: Block<Data> | undefined;
  children: (data: Data) => ListView;
  onRetry: () => void;
}) {
  const id = useId();
  const list = block?.status === "ready" ? children(block.data) : undefined;
  return (
    <section className={classes.list} aria-labelledby={id} aria-busy={block === undefined}>
      <h3 id={id}>{title}</h3>
      <p className={classes.unit}>{list?.unit}</p>
      {block === undefined ? <BlockWaiting title={title} height={196} /> : null}
      {block?.status === "failed" ? (
        <BlockFailed cause={block.cause} reference={block.reference} onRetry={onRetry} />
      ) : null}
      {list?.empty === undefined ? list?.table : <p className={classes.nothing}>{list.empty}</p>}
      {list?.foot === undefined || list.empty !== undefined ? null : (
        <p className={classes.foot}>{list.foot}</p>
      )}
    </section>
  );
}

/** The question the lists answer together. */
export function WorkSection({ children, stale }: { children: ReactNode; stale: boolean }) {
  const id = useId();
  return (
    <section className={classes.work} aria-labelledby={id} data-stale={stale ? "" : undefined}>
      <header>
        <h2 id={id}>{t("work.title")}</h2>
        <p className={classes.unit}>{t("work.subtitle")}</p>
      </header>
      <div className={classes.lists}>{children}</div>
    </section>
  );
}
