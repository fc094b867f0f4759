"use client";

import { NativeSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { ButtonLink } from "@/components/ui/button-link";
import type { Board } from "@/lib/crm/core/board";
import { BOARD_CHIPS } from "@/lib/crm/core/board";
import type { BoardAddress } from "@/lib/crm/core/board-address";
import { boardHref } from "@/lib/crm/core/board-address";
import type { DealChoices } from "@/lib/crm/core/deal-view";
import type { LeadView } from "@/lib/crm/core/lead-list";
import { formatMoneyShort, fromParts, signOf } from "@/lib/crm/core/money";
import { BoardFilters, ViewChips } from "./board-filters";
import { t } from "./board-text";
import { dayWords, monthName } from "./card-words";
import classes from "./head.module.css";

type HeadProps = {
  readonly board: Board;
  readonly address: BoardAddress;
  readonly locale: string;
  readonly choices: DealChoices;
  readonly views: readonly LeadView[];
};

/** "280 open · S$6.15 M · weighted S$2.53 M · all teams, S$ at rates of 20 Nov", and what is in none of it. */
function contextOf({ board, locale }: Pick<HeadProps, "board" | "locale">): string {
  const { currency, ratesOf, scope, today } = board;
  const sum = (of: (column: Board["columns"][number]) => number) =>
    board.columns.reduce((total, column) => total + of(column), 0);
  const money = (minor: number) => formatMoneyShort({ minor, currency }, locale);
  const withoutRate = sum(({ sums }) => sums.withoutRate);
  const withoutAmount = sum(({ sums }) => sums.withoutAmount);
  const rates =
    ratesOf === null
      ? ""
      : `, ${t("head.rates", { currency: signOf(currency), day: dayWords(ratesOf, today, locale) })}`;
  return [
    t("head.open", { count: sum(({ sums }) => sums.deals) }),
    money(sum(({ sums }) => sums.baseMinor)),
    t("head.weighted", { sum: money(fromParts(sum(({ sums }) => sums.weightedParts))) }),
    ...(withoutRate > 0 ? [t("head.withoutRate", { count: withoutRate })] : []),
    ...(withoutAmount > 0 ? [t("head.withoutAmount", { count: withoutAmount })] : []),
    `${scope}${rates}`,
  ].join(" · ");
}

function Views({ address }: { address: BoardAddress }) {
  const list = `/leads?kind=opportunity&status=open${address.filter === "" ? "" : `&${address.filter}`}`;
  const views = [
    ["board", boardHref(address, { view: "board" })],
    ["forecast", boardHref(address, { view: "forecast" })],
    ["list", list],
  ] as const;
  return (
    <nav className={classes.views} aria-label={t("head.views")}>
      {views.map(([view, href]) => (
        <Link key={view} href={href} aria-current={view === address.view ? "page" : undefined}>
          {t(`view.${view}`)}
        </Link>
      ))}
    </nav>
  );
}

function PipelineChoice({ board, address }: Pick<HeadProps, "board" | "address">) {
  const router = useRouter();
  if (board.pipelines.length < 2) return null;
  return (
    <NativeSelect
      size="sm"
      aria-label={t("head.pipeline")}
      value={board.pipelineId}
      onChange={(event) =>
        router.push(boardHref(address, { pipelineId: event.currentTarget.value }))
      }
      data={board.pipelines.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}

function Chips({ board, address, locale, views }: HeadProps) {
  const month = monthName(board.today, locale);
  return (
    <nav className={classes.chips} aria-label={t("chips.label")}>
      {BOARD_CHIPS.map((chip) => (
        <Link
          key={chip}
          href={boardHref(address, { chip })}
          aria-current={chip === address.chip ? "true" : undefined}
        >
          {chip === "closing" ? t("chips.closing", { month }) : t(`chips.${chip}`)}
          <span className={classes.count}>{board.chips[chip].toLocaleString(locale)}</span>
        </Link>
      ))}
      {board.parked === 0 ? null : (
        <Link
          href={boardHref(address, { parked: !address.parked })}
          aria-current={address.parked ? "true" : undefined}
        >
          {address.parked ? t("head.hideParked") : t("head.showParked", { count: board.parked })}
        </Link>
      )}
      <ViewChips address={address} views={views} />
    </nav>
  );
}

/** Title, what the board comes to and how it was counted; its shapes, and which deals it shows. */
export function BoardHead(props: HeadProps) {
  const { board, address } = props;
  return (
    <header className={classes.head}>
      <div className={classes.line}>
        <h1>{t("title")}</h1>
        <p className={classes.context}>{contextOf(props)}</p>
        <PipelineChoice board={board} address={address} />
        <Views address={address} />
        <ButtonLink
          href="/leads/new?kind=opportunity"
          variant="filled"
          className={classes.new ?? ""}
          leftSection={<IconPlus size={14} stroke={1.8} aria-hidden="true" />}
        >
          {t("head.newDeal")}
        </ButtonLink>
      </div>
      <div className={classes.asked}>
        <Chips {...props} />
        <BoardFilters {...props} />
        <p className={classes.hint} id="board-hint">
          {t("head.hint")}
        </p>
      </div>
    </header>
  );
}
