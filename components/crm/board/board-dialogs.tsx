import type { Board } from "@/lib/crm/core/board";
import { findCard } from "@/lib/crm/core/board-moves";
import { t } from "./board-text";
import { columnTitle } from "./card-words";
import { LostDialog, MoveDialog, ParkDialog } from "./close-dialogs";
import { targetsOf, zoneOf } from "./lift";
import type { Lifting } from "./use-lift";

/** What is asked before a card goes where it was put, and where it could go. */
export function BoardDialogs({
  lifting,
  board,
  reasons,
  locale,
}: {
  lifting: Lifting;
  board: Board;
  reasons: readonly { readonly id: string; readonly name: string }[];
  locale: string;
}) {
  const { asking, ask, lose, park, put } = lifting;
  if (asking === undefined) return null;
  const { what, card } = asking;
  const onClose = () => ask(undefined);
  if (what === "lost")
    return (
      <LostDialog
        card={card}
        reasons={reasons}
        onDone={(loss) => lose(card, loss)}
        onClose={onClose}
      />
    );
  if (what === "park")
    return (
      <ParkDialog
        card={card}
        today={board.today}
        onDone={(until) => park(card, until)}
        onClose={onClose}
      />
    );
  const targets = targetsOf(board).map((key) => {
    const zone = zoneOf(key);
    const column = board.columns.find((one) => one.key === key);
    if (zone !== undefined || column === undefined)
      return { key, title: t(`zone.${zone ?? "park"}`) };
    return { key, title: columnTitle(column, board.view, locale) };
  });
  return (
    <MoveDialog
      card={card}
      here={findCard(board, card.id)?.column.key}
      targets={targets}
      onMove={(target) => {
        ask(undefined);
        put(card, target);
      }}
      onClose={onClose}
    />
  );
}
