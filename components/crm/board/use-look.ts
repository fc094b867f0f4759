"use client";

import { useEffect, useMemo, useRef } from "react";
import type { ScreenReader } from "@/components/shell/viewer";
import type { Board } from "@/lib/crm/core/board";
import type { ForecastCategory } from "@/lib/crm/core/lead";
import type { Instant } from "@/lib/time/instant";
import type { CardLook } from "./board-card";
import type { ColumnHands } from "./board-column";

export type Does = {
  readonly onAdd: (key: string | undefined) => void;
  readonly onFold: (key: string, folded: boolean) => void;
  readonly onMenu: (id: string) => void;
  readonly onCategory: (id: string, category: ForecastCategory) => void;
  readonly onMore: (key: string) => void;
};

/** The address of a board with a deal open beside it. */
export const withDeal = (href: string, id: string): string =>
  `${href}${href.includes("?") ? "&" : "?"}deal=${id}`;

/**
 * What all cards and columns are given: the same objects until what they say changes, though the functions behind them
 * are new with every drawing. Thousands of cards are compared by this.
 */
export function useLook(
  { view, today, currency }: Pick<Board, "view" | "today" | "currency">,
  {
    reader,
    now,
    base,
    register,
    does,
  }: {
    readonly reader: ScreenReader;
    readonly now: Instant;
    readonly base: string;
    readonly register: ColumnHands["register"];
    readonly does: Does;
  },
): { readonly look: CardLook; readonly hands: ColumnHands } {
  const latest = useRef(does);
  useEffect(() => {
    latest.current = does;
  });
  const { zone, locale, hourCycle } = reader;
  const look = useMemo<CardLook>(
    () => ({
      reader: { zone, locale, hourCycle },
      now,
      today,
      currency,
      forecast: view === "forecast",
      hrefOf: (id) => withDeal(base, id),
      onMenu: (id) => latest.current.onMenu(id),
      onCategory: (id, category) => latest.current.onCategory(id, category),
    }),
    [zone, locale, hourCycle, now, today, currency, view, base],
  );
  const hands = useMemo<ColumnHands>(
    () => ({
      onAdd: (key) => latest.current.onAdd(key),
      onFold: (key, toStrip) => latest.current.onFold(key, toStrip),
      onMore: (key) => latest.current.onMore(key),
      register,
    }),
    [register],
  );
  return { look, hands };
}
