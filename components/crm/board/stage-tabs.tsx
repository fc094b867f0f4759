import type { Board } from "@/lib/crm/core/board";
import { t } from "./board-text";
import { columnTitle } from "./card-words";
import classes from "./head.module.css";

/** On a phone one column is shown at a time: these say which. */
export function StageTabs({
  board,
  locale,
  current,
  onChoose,
}: {
  board: Board;
  locale: string;
  current: string | undefined;
  onChoose: (key: string) => void;
}) {
  return (
    <nav className={classes.tabs} aria-label={t("tabs")}>
      {board.columns.map((column) => (
        <button
          key={column.key}
          type="button"
          aria-pressed={column.key === current}
          onClick={() => onChoose(column.key)}
        >
          {columnTitle(column, board.view, locale)}
          <span>{column.sums.deals.toLocaleString(locale)}</span>
        </button>
      ))}
    </nav>
  );
}
