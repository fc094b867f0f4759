"use client";

import { useState } from "react";
import type { BoardCard } from "@/lib/crm/core/board";
import { findCard, placeIn } from "@/lib/crm/core/board-moves";
import type { ForecastCategory } from "@/lib/crm/core/lead";
import type { CalendarDate } from "@/lib/time/calendar-date";
import { t } from "./board-text";
import { columnTitle } from "./card-words";
import type { LossTyped } from "./close-dialogs";
import type { Lift, Zone } from "./lift";
import { cardIn, takesCards, zoneOf } from "./lift";
import type { BoardState } from "./use-board";

/** A question that is open about one card. */
export type Asking = { readonly what: "lost" | "park" | "move"; readonly card: BoardCard };

export type Lifting = {
  readonly lift: Lift | undefined;
  readonly said: string;
  readonly asking: Asking | undefined;
  readonly begin: (id: string, by: Lift["by"]) => boolean;
  readonly over: (target: string) => void;
  readonly drop: () => void;
  readonly cancel: () => void;
  readonly ask: (asking: Asking | undefined) => void;
  /** Puts a card where it was said to go; Lost and Park ask first. */
  readonly put: (card: BoardCard, target: string) => void;
  readonly lose: (card: BoardCard, loss: LossTyped) => void;
  readonly park: (card: BoardCard, until: CalendarDate) => void;
  readonly setCategory: (id: string, category: ForecastCategory) => void;
};

/** Carrying cards: by pointer or by keys, from where it was lifted to where it is put, and what is said meanwhile. */
export function useLift(state: BoardState, locale: string, parkedShown: boolean): Lifting {
  const [lift, setLift] = useState<Lift>();
  const [said, say] = useState("");
  const [asking, ask] = useState<Asking>();
  const { board } = state;

  const titleOf = (key: string): string => {
    const zone = zoneOf(key);
    if (zone !== undefined) return t(`zone.${zone}`);
    const column = board.columns.find((one) => one.key === key);
    return column === undefined ? "" : columnTitle(column, board.view, locale);
  };

  const placeWords = (card: BoardCard, key: string) => {
    const column = board.columns.find((one) => one.key === key);
    const as = findCard(board, card.id)?.column.key === key ? card : cardIn(board, card, key);
    const { place, of } = column === undefined ? { place: 1, of: 1 } : placeIn(column, as);
    return { title: card.title, column: titleOf(key), place, of };
  };

  const begin = (id: string, by: Lift["by"]): boolean => {
    const found = findCard(board, id);
    if (found === undefined) return false;
    const { card, column } = found;
    if (!card.changeable || state.saving.has(id)) {
      say(t(card.changeable ? "said.saving" : "said.notYours", { title: card.title }));
      return false;
    }
    state.hold(true);
    setLift({ card, from: column.key, target: column.key, by });
    say(t("said.lifted", placeWords(card, column.key)));
    return true;
  };

  const over = (target: string) => {
    if (lift === undefined) return;
    const zone = zoneOf(target);
    if (zone === undefined && target !== lift.from && !takesCards(board.view, target)) return;
    setLift({ ...lift, target });
    say(
      zone === undefined
        ? t("said.over", placeWords(lift.card, target))
        : t("said.zone", { title: lift.card.title, zone: t(`zone.${zone}`) }),
    );
  };

  const end = () => {
    state.hold(false);
    setLift(undefined);
  };

  const cancel = () => {
    if (lift === undefined) return;
    say(t("said.back", { title: lift.card.title, column: titleOf(lift.from) }));
    end();
  };

  const intoZone = (card: BoardCard, zone: Zone) => {
    if (zone !== "won") return ask({ what: zone, card });
    void state.change({ card, act: { kind: "win" }, as: card, to: null });
  };

  const put = (card: BoardCard, target: string) => {
    const zone = zoneOf(target);
    if (zone !== undefined) return intoZone(card, zone);
    const as = cardIn(board, card, target);
    const act =
      board.view === "board"
        ? ({ kind: "move", stageId: target } as const)
        : ({ kind: "edit", fields: { expectedClose: as.expectedClose } } as const);
    void state.change({ card, act, as, to: target });
  };

  const drop = () => {
    if (lift === undefined) return;
    const { card, from, target } = lift;
    if (target === from) return cancel();
    end();
    put(card, target);
  };

  const lose = (card: BoardCard, loss: LossTyped) => {
    ask(undefined);
    void state.change({ card, act: { kind: "lose", ...loss }, as: card, to: null });
  };

  const park = (card: BoardCard, until: CalendarDate) => {
    ask(undefined);
    const to = parkedShown ? (findCard(board, card.id)?.column.key ?? null) : null;
    void state.change({ card, act: { kind: "park", until }, as: card, to });
  };

  const setCategory = (id: string, category: ForecastCategory) => {
    const found = findCard(board, id);
    if (found === undefined || category === "closed") return;
    const { card, column } = found;
    const act = { kind: "edit", fields: { category } } as const;
    void state.change({ card, act, as: { ...card, category }, to: column.key });
  };

  return { lift, said, asking, begin, over, drop, cancel, ask, put, lose, park, setCategory };
}
