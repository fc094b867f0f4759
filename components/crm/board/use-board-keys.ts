"use client";

import type { KeyboardEvent as ReactKeyboardEvent, RefObject } from "react";
import { useCallback, useEffect, useRef } from "react";
import { isPlainKey } from "@/components/ui/plain-key";
import type { Board } from "@/lib/crm/core/board";
import { findCard } from "@/lib/crm/core/board-moves";
import type { Lift } from "./lift";
import { targetsOf } from "./lift";

export type KeyHands = {
  readonly lift: (id: string) => void;
  readonly over: (target: string) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
  readonly add: (key: string | undefined) => void;
  readonly menu: (id: string) => void;
};

export type CardFocus = {
  /** Brings a card into view and gives it the focus. */
  readonly focusCard: (id: string) => void;
  readonly register: (key: string, show: ((index: number) => void) | undefined) => void;
};

// A card that was scrolled to is drawn within a frame or two.
const MOST_FRAMES = 20;

/** Focus that can go to cards that are not drawn yet. */
export function useCardFocus(board: Board, root: RefObject<HTMLElement | null>): CardFocus {
  const shows = useRef(new Map<string, (index: number) => void>());
  const latest = useRef(board);
  useEffect(() => {
    latest.current = board;
  });
  const register = useCallback((key: string, show: ((index: number) => void) | undefined) => {
    if (show === undefined) shows.current.delete(key);
    else shows.current.set(key, show);
  }, []);
  const focusCard = useCallback(
    (id: string) => {
      let frames = 0;
      const look = () => {
        const found = findCard(latest.current, id);
        const link = root.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`);
        if (link) {
          link.focus({ preventScroll: true });
          link.scrollIntoView({ block: "nearest", inline: "nearest" });
        } else if (found !== undefined && frames < MOST_FRAMES) {
          shows.current.get(found.column.key)?.(found.column.cards.indexOf(found.card));
          requestAnimationFrame(look);
        }
        frames += 1;
      };
      // At once where it is drawn: the next key may come before the next frame.
      look();
    },
    [root],
  );
  return { focusCard, register };
}

const focusedCard = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>("[data-card]")?.dataset.card : undefined;

const STEPS: ReadonlyMap<string, 1 | -1> = new Map([
  ["ArrowDown", 1],
  ["j", 1],
  ["ArrowUp", -1],
  ["k", -1],
]);

/** A card at the same height in the next column that has cards and is not folded. */
function beside(
  { board, folded, column, index }: Walk & { readonly index: number },
  step: 1 | -1,
): string | undefined {
  const columns = board.columns.filter(({ key }) => !folded.has(key));
  const at = columns.indexOf(column);
  const rest = step === 1 ? columns.slice(at + 1) : columns.slice(0, Math.max(at, 0)).reverse();
  const cards = rest.find((one) => one.cards.length > 0)?.cards ?? [];
  return cards[Math.min(index, cards.length - 1)]?.id;
}

type Walk = {
  readonly board: Board;
  readonly folded: ReadonlySet<string>;
  readonly column: Board["columns"][number];
};

/** The card a key leads to from another one. */
function neighbour(
  board: Board,
  id: string,
  key: string,
  folded: ReadonlySet<string>,
): string | undefined {
  const found = findCard(board, id);
  if (found === undefined) return undefined;
  const { column, card } = found;
  const { cards } = column;
  const index = cards.indexOf(card);
  const step = STEPS.get(key);
  if (step !== undefined) return cards[index + step]?.id;
  if (key === "Home") return cards[0]?.id;
  if (key === "End") return cards.at(-1)?.id;
  if (key !== "ArrowRight" && key !== "ArrowLeft") return undefined;
  return beside({ board, folded, column, index }, key === "ArrowRight" ? 1 : -1);
}

/** Where an arrow carries a card: along the columns, then to Won, Lost and Park. */
function carriedTo(board: Board, lift: Lift, key: string): string | undefined {
  const targets = targetsOf(board);
  const step = key === "ArrowRight" ? 1 : -1;
  return targets[targets.indexOf(lift.target) + step];
}

// What keys do while a card is carried; up and down do nothing, as a column has its own order.
const CARRYING: ReadonlyMap<string, "over" | "drop" | "cancel"> = new Map([
  ["ArrowRight", "over"],
  ["ArrowLeft", "over"],
  [" ", "drop"],
  ["Enter", "drop"],
  ["Escape", "cancel"],
  ["Tab", "cancel"],
]);

/** A plain key nobody else is meant by: not in a field, on a card or in a dialog. */
const isFree = (event: KeyboardEvent): boolean =>
  isPlainKey(event) &&
  !event.defaultPrevented &&
  focusedCard(event.target) === undefined &&
  document.querySelector('[role="dialog"]') === null;

/**
 * The board by keys: arrows (or j and k) walk along cards, Space lifts one, arrows carry it, Space or Enter puts it
 * down, Escape puts it back; Enter opens, n makes a new deal in the column, m lists where it can be moved.
 */
export function useBoardKeys({
  board,
  lift,
  folded,
  focusCard,
  hands,
}: {
  board: Board;
  lift: Lift | undefined;
  folded: ReadonlySet<string>;
  focusCard: (id: string) => void;
  hands: KeyHands;
}): (event: ReactKeyboardEvent) => void {
  const latest = useRef({ board, hands, folded });
  useEffect(() => {
    latest.current = { board, hands, folded };
  });

  // From anywhere on the page: j goes to the first card, n makes one.
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isFree(event)) return;
      const { board: now, hands: does, folded: hidden } = latest.current;
      const first = now.columns.find(({ key, cards }) => !hidden.has(key) && cards.length > 0);
      const [card] = first?.cards ?? [];
      if (event.key === "n") does.add(undefined);
      else if (event.key === "j" && card !== undefined) focusCard(card.id);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [focusCard]);

  const carry = (event: ReactKeyboardEvent, carried: Lift) => {
    const act = CARRYING.get(event.key);
    event.stopPropagation();
    if (event.key !== "Tab") event.preventDefault();
    if (act === undefined) return;
    const target = act === "over" ? carriedTo(board, carried, event.key) : undefined;
    if (act !== "over") hands[act]();
    else if (target !== undefined) hands.over(target);
  };

  const walk = (event: ReactKeyboardEvent, id: string) => {
    const next = neighbour(board, id, event.key, folded);
    if (next !== undefined) focusCard(next);
    else if (event.key === " ") hands.lift(id);
    else if (event.key === "n") hands.add(findCard(board, id)?.column.key);
    else if (event.key === "m") hands.menu(id);
    else if (!/^(Arrow|Home|End)/.test(event.key)) return;
    event.preventDefault();
  };

  return (event) => {
    if (lift?.by === "keys") return carry(event, lift);
    const id = focusedCard(event.target);
    const plain = !(event.metaKey || event.ctrlKey || event.altKey);
    if (lift === undefined && plain && id !== undefined) walk(event, id);
  };
}
