"use client";

import { notifications } from "@mantine/notifications";
import { useCallback, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { meanwhileWords } from "@/components/crm/detail/use-deal-acts";
import { showUndo } from "@/components/crm/undo-toast";
import { payload } from "@/components/links/payload";
import type { ScreenReader } from "@/components/shell/viewer";
import { changeDealAction } from "@/lib/crm/actions/deal";
import type { Board, BoardCard } from "@/lib/crm/core/board";
import { cursorOf, FIRST_CARDS, MOST_CARDS } from "@/lib/crm/core/board";
import type { BoardAddress } from "@/lib/crm/core/board-address";
import { boardQuery } from "@/lib/crm/core/board-address";
import { appendCards, findCard, mergeBoard, placeCard } from "@/lib/crm/core/board-moves";
import type { DealAnswer } from "@/lib/crm/core/deal-answer";
import type { changeDealInput } from "@/lib/crm/core/deal-input";
import { t } from "./board-text";

// Others' moves appear within half a minute, while somebody looks.
const FRESH_MS = 30_000;
// What a change of one's own brings about (rot, next steps) is asked for when a series of them is over.
const SETTLE_MS = 900;

type Act = z.input<typeof changeDealInput>["act"];

export type CardChange = {
  readonly card: BoardCard;
  readonly act: Act;
  /** The card as it will be, and its column; null: it leaves the board. */
  readonly as: BoardCard;
  readonly to: string | null;
};

export type BoardState = {
  readonly board: Board;
  readonly saving: ReadonlySet<string>;
  /** Columns whose next cards could not be loaded. */
  readonly failed: ReadonlySet<string>;
  /** Shows a change at once and asks for it; what is refused is put back, with words. */
  readonly change: (change: CardChange) => Promise<void>;
  readonly loadMore: (key: string) => void;
  readonly refresh: () => void;
  /** While a card is carried, nothing else moves. */
  readonly hold: (held: boolean) => void;
};

const unreachable = (): DealAnswer => ({ status: "refused", message: t("refused.unreachable") });

async function asked(call: Promise<DealAnswer>): Promise<DealAnswer> {
  try {
    return await call;
  } catch {
    return unreachable();
  }
}

const withOut = (set: ReadonlySet<string>, one: string): ReadonlySet<string> =>
  new Set([...set].filter((each) => each !== one));

function tellRefusal(card: BoardCard, answer: DealAnswer, reader: ScreenReader) {
  if (answer.status === "done") return;
  const { title } = card;
  const why =
    answer.status === "refused"
      ? answer.message
      : t("refused.changed", { title, changes: meanwhileWords(answer.changes, reader) });
  notifications.show({
    role: "alert",
    color: "danger",
    message: `${why} ${t("refused.stays", { title })}`,
    autoClose: 12_000,
  });
}

type Fetched = { readonly board: Board | undefined };

/** The board as the server has it now; undefined: it is the same as last time. Throws when there is no answer. */
async function fetchBoard(query: string, mark: { current: string | null }): Promise<Fetched> {
  const answer = await fetch(`/api/v1/pipeline?${query}`, {
    headers: mark.current === null ? {} : { "if-none-match": mark.current },
  });
  if (answer.status === 304) return { board: undefined };
  if (!answer.ok) throw new Error(`the board was answered with ${answer.status}`);
  mark.current = answer.headers.get("etag");
  return { board: (await answer.json()) as Board };
}

/** Keeps a board true: what one does oneself shows at once, what others do within half a minute, without a jump. */
export function useBoard(initial: Board, address: BoardAddress, reader: ScreenReader): BoardState {
  const [board, setBoard] = useState(initial);
  const [saving, setSaving] = useState<ReadonlySet<string>>(new Set());
  const [failed, setFailed] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(board);
  // Changes under way or begun since: an answer that was asked for before them tells of the past.
  const work = useRef({ pending: 0, begun: 0, held: false, loading: new Set<string>() });
  const mark = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const update = useCallback((next: (board: Board) => Board) => {
    latest.current = next(latest.current);
    setBoard(latest.current);
  }, []);

  const bringUpToDate = useCallback(async () => {
    const { begun } = work.current;
    if (work.current.pending > 0 || work.current.held) return;
    const most = Math.max(...latest.current.columns.map(({ cards }) => cards.length), FIRST_CARDS);
    const cards = Math.min(most, MOST_CARDS);
    try {
      const query = boardQuery(address, { cards: String(cards) });
      const { board: fresh } = await fetchBoard(query, mark);
      if (fresh === undefined) return;
      if (work.current.begun === begun && !work.current.held) {
        update((old) => mergeBoard(old, fresh));
      } else mark.current = null;
    } catch {
      // Offline for a moment: the board stays as it is, and the next look brings it up to date.
      mark.current = null;
    }
  }, [address, update]);

  const refresh = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void bringUpToDate(), SETTLE_MS);
  }, [bringUpToDate]);

  // The page itself was asked for again.
  const first = useRef(initial);
  useEffect(() => {
    if (first.current === initial) return;
    first.current = initial;
    update((old) => mergeBoard(old, initial));
  }, [initial, update]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void bringUpToDate();
    };
    const every = setInterval(look, FRESH_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(every);
      clearTimeout(timer.current);
      document.removeEventListener("visibilitychange", look);
    };
  }, [bringUpToDate]);

  const change = useCallback(
    async ({ card, act, as, to }: CardChange) => {
      const from = findCard(latest.current, card.id)?.column.key ?? null;
      work.current.pending += 1;
      work.current.begun += 1;
      mark.current = null;
      setSaving((set) => new Set([...set, card.id]));
      update((now) => placeCard(now, as, to));
      const { id, version } = card;
      const answer = await asked(changeDealAction(payload({ id, version, act })));
      work.current.pending -= 1;
      work.current.begun += 1;
      setSaving((set) => withOut(set, card.id));
      if (answer.status === "done") {
        if (to !== null) update((now) => placeCard(now, { ...as, version: answer.version }, to));
        if (answer.undoId !== null)
          showUndo({ undoId: answer.undoId, words: answer.words, onUndone: refresh });
      } else {
        update((now) => placeCard(now, card, from));
        tellRefusal(card, answer, reader);
      }
      refresh();
    },
    [reader, refresh, update],
  );

  const loadMore = useCallback(
    async (key: string) => {
      const { loading } = work.current;
      const last = latest.current.columns.find((column) => column.key === key)?.cards.at(-1);
      if (last === undefined || loading.has(key)) return;
      loading.add(key);
      const { id, close } = cursorOf(last);
      const after = { column: key, afterId: id, ...(close === null ? {} : { afterClose: close }) };
      try {
        const answer = await fetch(`/api/v1/pipeline/cards?${boardQuery(address, after)}`);
        if (!answer.ok) throw new Error(`cards were answered with ${answer.status}`);
        const { cards }: { cards: readonly BoardCard[] } = await answer.json();
        update((now) => appendCards(now, key, cards));
        setFailed((set) => withOut(set, key));
      } catch {
        setFailed((set) => new Set([...set, key]));
      } finally {
        loading.delete(key);
      }
    },
    [address, update],
  );

  const hold = useCallback((held: boolean) => {
    work.current.held = held;
  }, []);
  const more = useCallback((key: string) => void loadMore(key), [loadMore]);
  return { board, saving, failed, change, loadMore: more, refresh, hold };
}
