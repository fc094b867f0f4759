"use client";

import { useRouter, useSearchParams } from "next/navigation";
import type { MouseEvent } from "react";
import { useRef, useState } from "react";
import { DealPanel } from "@/components/crm/detail/deal-panel";
import type { ScreenReader } from "@/components/shell/viewer";
import { Blank } from "@/components/ui/blank";
import { ButtonLink } from "@/components/ui/button-link";
import { useNow } from "@/components/ui/use-now";
import type { Board } from "@/lib/crm/core/board";
import type { BoardAddress } from "@/lib/crm/core/board-address";
import { boardHref } from "@/lib/crm/core/board-address";
import { cardBeside, findCard } from "@/lib/crm/core/board-moves";
import type { DealChoices } from "@/lib/crm/core/deal-view";
import type { LeadView } from "@/lib/crm/core/lead-list";
import type { Instant } from "@/lib/time/instant";
import classes from "./board.module.css";
import { BoardColumns } from "./board-columns";
import { BoardDialogs } from "./board-dialogs";
import { BoardHead } from "./board-head";
import { t } from "./board-text";
import { DropZones } from "./drop-zones";
import { takesCards } from "./lift";
import { StageTabs } from "./stage-tabs";
import { useBoard } from "./use-board";
import { useBoardKeys, useCardFocus } from "./use-board-keys";
import { useCardDrag } from "./use-card-drag";
import { useFolded } from "./use-folded";
import { useLift } from "./use-lift";
import type { Does } from "./use-look";
import { useLook, withDeal } from "./use-look";

export type BoardScreenProps = {
  readonly board: Board;
  readonly address: BoardAddress;
  readonly reasons: readonly { readonly id: string; readonly name: string }[];
  readonly choices: DealChoices;
  readonly views: readonly LeadView[];
  readonly folded: readonly string[];
  readonly reader: ScreenReader;
  readonly now: Instant;
};

/** Opening a deal is part of the address, and the board is not asked for again because of it. */
function useOpenDeal(address: BoardAddress) {
  const open = useSearchParams().get("deal") ?? undefined;
  const base = boardHref(address);
  const onClick = (event: MouseEvent) => {
    const { target } = event;
    const link = target instanceof Element ? target.closest<HTMLElement>("[data-card]") : null;
    const id = link?.dataset.card;
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (id === undefined || elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    window.history.pushState(null, "", withDeal(base, id));
  };
  return { open, base, onClick };
}

function Nothing({ board, address }: Pick<BoardScreenProps, "board" | "address">) {
  const filtered = address.chip !== "everyone" || address.filter !== "";
  const some = filtered && (board.chips.everyone > 0 || address.filter !== "");
  return (
    <div className={classes.blank}>
      <Blank
        title={t(some ? "blank.filtered" : "blank.title")}
        action={
          some ? (
            <ButtonLink href={boardHref(address, { chip: "everyone", filter: "" })}>
              {t("blank.all")}
            </ButtonLink>
          ) : null
        }
      >
        {t(some ? "blank.filteredWhy" : "blank.why")}
      </Blank>
    </div>
  );
}

/** A pipeline, by stage or by month of closing: cards that are carried by mouse, finger or keys. */
export function BoardScreen({
  board: initial,
  address,
  reasons,
  choices,
  views,
  folded: remembered,
  reader,
  now: serverNow,
}: BoardScreenProps) {
  const root = useRef<HTMLDivElement>(null);
  const strip = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const now = useNow(serverNow);
  const state = useBoard(initial, address, reader);
  const { board } = state;
  const { view } = board;
  const lifting = useLift(state, reader.locale, address.parked);
  const { lift, begin, over, drop, cancel } = lifting;
  const { open, base, onClick } = useOpenDeal(address);
  const [adding, setAdding] = useState<string>();
  const [active, setActive] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const { focusCard, register } = useCardFocus(board, root);
  const besides = (step: 1 | -1) => {
    const id = open === undefined ? undefined : cardBeside(board, open, step)?.id;
    return id === undefined ? undefined : withDeal(base, id);
  };
  const { folded, fold } = useFolded(board, strip, {
    remembered,
    squeezed: open !== undefined,
    keep: open === undefined ? undefined : findCard(board, open)?.column.key,
  });

  const firstColumn = board.columns.find(({ key }) => takesCards(view, key))?.key;
  const does: Does = {
    onAdd: (key) => setAdding(key ?? firstColumn),
    onFold: fold,
    onMenu: (id) => {
      const card = findCard(board, id)?.card;
      if (card?.changeable) lifting.ask({ what: "move", card });
    },
    onCategory: lifting.setCategory,
    onMore: state.loadMore,
  };
  const { look, hands } = useLook(board, { reader, now, base, register, does });

  useCardDrag(root, layer, {
    lift: (id) => window.innerWidth > 767 && begin(id, "pointer"),
    over,
    drop,
    cancel,
  });
  // Where it was put, the focus stays with it.
  const dropByKeys = () => {
    const id = lift?.card.id;
    drop();
    // Drawn in its new column by then.
    if (id !== undefined) requestAnimationFrame(() => focusCard(id));
  };
  const onKeyDown = useBoardKeys({
    board,
    lift,
    folded,
    focusCard,
    hands: {
      lift: (id) => begin(id, "keys"),
      over,
      drop: dropByKeys,
      cancel,
      add: (key) => does.onAdd(key),
      menu: (id) => does.onMenu(id),
    },
  });

  const current = board.columns.some(({ key }) => key === chosen) ? chosen : undefined;
  const shown = current ?? board.columns.find(({ sums }) => sums.deals > 0)?.key ?? firstColumn;
  const empty = board.columns.every(({ sums }) => sums.deals === 0);

  return (
    <div className={classes.screen} data-flush data-panel={open === undefined ? undefined : true}>
      <div className={classes.board}>
        <BoardHead
          board={board}
          address={address}
          locale={reader.locale}
          choices={choices}
          views={views}
        />
        <StageTabs
          board={board}
          locale={reader.locale}
          current={shown}
          onChoose={(key) => {
            setChosen(key);
            if (folded.has(key)) fold(key, false);
          }}
        />
        {empty && adding === undefined ? <Nothing board={board} address={address} /> : null}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and clicks of the cards inside, heard in one place. */}
        <div
          ref={root}
          className={classes.root}
          data-lifting={lift?.by}
          onKeyDown={onKeyDown}
          onClickCapture={onClick}
          onFocus={(event) => {
            const id = event.target.closest<HTMLElement>("[data-card]")?.dataset.card;
            if (id !== undefined) setActive(id);
          }}
        >
          <div ref={strip} className={classes.columns} data-columns>
            <BoardColumns
              state={state}
              look={look}
              hands={hands}
              lift={lift}
              folded={folded}
              shown={shown}
              open={open}
              active={active}
              adding={adding}
              onAdded={() => setAdding(undefined)}
            />
          </div>
          <DropZones lift={lift} />
        </div>
        <div ref={layer} className={classes.layer} aria-hidden="true" />
        <p className="sr-only" role="status">
          {lifting.said}
        </p>
      </div>
      {open === undefined ? null : (
        <DealPanel
          key={open}
          id={open}
          reader={reader}
          closeHref={base}
          previousHref={besides(-1)}
          nextHref={besides(1)}
          onChanged={() => {
            state.refresh();
            router.prefetch(base);
          }}
        />
      )}
      <BoardDialogs lifting={lifting} board={board} reasons={reasons} locale={reader.locale} />
    </div>
  );
}
