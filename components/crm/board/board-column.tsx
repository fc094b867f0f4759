"use client";

import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";
import { memo, useEffect, useRef } from "react";
import type { BoardColumn } from "@/lib/crm/core/board";
import type { CardLook } from "./board-card";
import { DealCard } from "./board-card";
import { t } from "./board-text";
import classes from "./column.module.css";
import { ColumnHead, FoldedColumn } from "./column-head";
import type { Lift } from "./lift";

// A card's height and the gap below it; on the forecast board it has a line more.
const BOARD_ROW = 122;
const FORECAST_ROW = 152;
// The next cards are asked for before the last ones are reached.
const AHEAD = 12;
// What the server draws, before anybody knows how high the window is.
const FIRST_HEIGHT = 900;

export type ColumnHands = {
  readonly onAdd: (key: string) => void;
  readonly onFold: (key: string, folded: boolean) => void;
  readonly onMore: (key: string) => void;
  /** How a column brings one of its cards into view. */
  readonly register: (key: string, show: ((index: number) => void) | undefined) => void;
};

export type ColumnProps = {
  readonly column: BoardColumn;
  readonly title: string;
  readonly look: CardLook;
  readonly hands: ColumnHands;
  readonly folded: boolean;
  readonly current: boolean;
  readonly failed: boolean;
  readonly open: string | undefined;
  /** The card that is carried, where it concerns this column. */
  readonly lift: Lift | undefined;
  /** The card arrows walk along is kept, even out of sight. */
  readonly active: string | undefined;
  readonly saving: ReadonlySet<string>;
  readonly quick: ReactNode;
  readonly canAdd: boolean;
};

function Cards({
  column,
  title,
  look,
  hands,
  failed,
  open,
  lift,
  active,
  saving,
}: Omit<ColumnProps, "folded" | "quick" | "canAdd" | "current">) {
  const scroller = useRef<HTMLDivElement>(null);
  const { key, cards, sums } = column;
  const row = look.forecast ? FORECAST_ROW : BOARD_ROW;
  const kept = active === undefined ? -1 : cards.findIndex(({ id }) => id === active);
  const virtual = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => row,
    getItemKey: (index) => cards[index]?.id ?? index,
    overscan: 4,
    // Scrolling is drawn with the frame, not before it: several columns may move at once.
    useFlushSync: false,
    initialRect: { width: 240, height: FIRST_HEIGHT },
    // Room for the outline of the first card.
    paddingStart: 3,
    paddingEnd: 16,
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      if (kept === -1 || seen.includes(kept)) return seen;
      return [...seen, kept].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const wanting = cards.length > 0 && cards.length < sums.deals && last >= cards.length - AHEAD;
  const { register, onMore } = hands;
  useEffect(() => {
    register(key, (index) => virtual.scrollToIndex(index, { align: "auto" }));
    return () => register(key, undefined);
  }, [register, key, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again when more have come and the end is still near.
  useEffect(() => {
    if (wanting && !failed) onMore(key);
  }, [wanting, failed, onMore, key, cards.length]);

  const arriving = lift !== undefined && lift.target === key && lift.from !== key;
  return (
    <div className={classes.scroller} ref={scroller} data-scroller>
      {arriving ? <div className={classes.slot} style={{ height: row - 8 }} /> : null}
      {cards.length === 0 && !arriving ? (
        <p className={classes.empty}>{t("column.empty")}</p>
      ) : (
        <ul
          className={classes.list}
          style={{ height: virtual.getTotalSize() }}
          aria-label={t("column.cards", { column: title })}
        >
          {items.map(({ index, start }) => {
            const card = cards[index];
            return card === undefined ? null : (
              <li
                key={card.id}
                style={{ height: row - 8, transform: `translateY(${start}px)` }}
                aria-setsize={sums.deals}
                aria-posinset={index + 1}
              >
                <DealCard
                  card={card}
                  look={look}
                  open={open === card.id}
                  lifted={lift?.card.id === card.id}
                  saving={saving.has(card.id)}
                />
              </li>
            );
          })}
        </ul>
      )}
      {failed ? (
        <p className={classes.failed}>
          {t("column.failed")}{" "}
          <button type="button" onClick={() => onMore(key)}>
            {t("column.again")}
          </button>
        </p>
      ) : null}
    </div>
  );
}

/** One column: its head stays, its cards scroll. Thousands are held, those in sight are drawn. */
export const BoardColumnView = memo(function BoardColumnView(props: ColumnProps) {
  const { column, title, look, hands, folded, current, lift, quick, canAdd } = props;
  const over = lift !== undefined && lift.target === column.key && lift.from !== column.key;
  const shown = { currency: look.currency, locale: look.reader.locale };
  if (folded)
    return (
      <FoldedColumn
        column={column}
        title={title}
        shown={shown}
        over={over}
        onUnfold={() => hands.onFold(column.key, false)}
      />
    );
  return (
    <section
      className={classes.column}
      data-column={column.key}
      data-current={current || undefined}
      data-over={over || undefined}
      aria-labelledby={`column-${column.key}`}
    >
      <ColumnHead
        column={column}
        title={title}
        shown={shown}
        arriving={over ? lift.card : undefined}
        onAdd={canAdd ? () => hands.onAdd(column.key) : undefined}
        onFold={() => hands.onFold(column.key, true)}
      />
      {quick}
      <Cards {...props} />
    </section>
  );
});
