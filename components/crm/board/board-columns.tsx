import { useState } from "react";
import type { Board, BoardColumn } from "@/lib/crm/core/board";
import { lastDayOf } from "@/lib/crm/core/board";
import type { CalendarDate } from "@/lib/time/calendar-date";
import type { CardLook } from "./board-card";
import type { ColumnHands } from "./board-column";
import { BoardColumnView } from "./board-column";
import { t } from "./board-text";
import { columnTitle } from "./card-words";
import type { Lift } from "./lift";
import { takesCards } from "./lift";
import { QuickForm } from "./quick-form";
import type { BoardState } from "./use-board";

/** The day a deal made in a month's column is said to close on; none in a stage's. */
const closeOf = (view: Board["view"], key: string): CalendarDate | undefined =>
  view === "forecast" && /^\d/.test(key) ? lastDayOf(key) : undefined;

const holds = (column: BoardColumn, id: string | undefined): string | undefined =>
  column.cards.some((card) => card.id === id) ? id : undefined;

const concerns = (lift: Lift | undefined, key: string): Lift | undefined =>
  lift !== undefined && (lift.target === key || lift.from === key) ? lift : undefined;

/** The columns of a board. Each is given only what concerns it, so that it is drawn again only for that. */
export function BoardColumns({
  state,
  look,
  hands,
  lift,
  folded,
  shown,
  open,
  active,
  adding,
  onAdded,
}: {
  state: BoardState;
  look: CardLook;
  hands: ColumnHands;
  lift: Lift | undefined;
  folded: ReadonlySet<string>;
  /** The column a phone shows. */
  shown: string | undefined;
  /** The deal whose panel is open. */
  open: string | undefined;
  /** The card that had the focus last. */
  active: string | undefined;
  /** The column a deal is being typed into. */
  adding: string | undefined;
  onAdded: () => void;
}) {
  const [made, setMade] = useState("");
  const { board, saving, failed } = state;
  const { locale } = look.reader;
  const quickIn = (key: string, title: string) => (
    <QuickForm
      column={title}
      stageId={board.view === "board" ? key : (board.stages[0]?.id ?? "")}
      expectedClose={closeOf(board.view, key)}
      currency={board.currency}
      locale={locale}
      onMade={(name) => {
        setMade(t("quick.made", { name }));
        state.refresh();
      }}
      onClose={onAdded}
    />
  );
  return (
    <>
      {board.columns.map((column) => {
        const title = columnTitle(column, board.view, locale);
        const { key } = column;
        return (
          <BoardColumnView
            key={key}
            column={column}
            title={title}
            look={look}
            hands={hands}
            folded={folded.has(key)}
            current={key === shown}
            failed={failed.has(key)}
            open={holds(column, open)}
            lift={concerns(lift, key)}
            active={holds(column, active)}
            saving={saving}
            canAdd={takesCards(board.view, key)}
            quick={adding === key ? quickIn(key, title) : null}
          />
        );
      })}
      <p className="sr-only" role="status">
        {made}
      </p>
    </>
  );
}
