import type { Board, BoardCard } from "@/lib/crm/core/board";
import { lastDayOf } from "@/lib/crm/core/board";

/** Where a card can be put besides columns: these appear while one is carried. */
export const ZONES = ["won", "lost", "park"] as const;
export type Zone = (typeof ZONES)[number];

export const zoneOf = (target: string): Zone | undefined => ZONES.find((zone) => zone === target);

/** A card that is carried: from which column, and over which column or zone it is now. */
export type Lift = {
  readonly card: BoardCard;
  readonly from: string;
  readonly target: string;
  readonly by: "pointer" | "keys";
};

/** Whether cards can be put into this column: a month can be promised, the past and "later" cannot. */
export const takesCards = (view: Board["view"], key: string): boolean =>
  view === "board" || (key !== "overdue" && key !== "later");

/** Where arrows carry a card to, from left to right. */
export const targetsOf = (board: Board): readonly string[] => [
  ...board.columns.map(({ key }) => key).filter((key) => takesCards(board.view, key)),
  ...ZONES,
];

/** The card as it would be in a column: its stage, or its close date, which is the month's last day. */
export function cardIn(board: Board, card: BoardCard, key: string): BoardCard {
  if (board.view === "board") return { ...card, stageId: key, rotDays: null };
  return { ...card, expectedClose: key === "undated" ? null : lastDayOf(key) };
}
