import type { Cell } from "@/lib/metrics/core/answer";
import { metricOf } from "@/lib/metrics/core/registry";
import type { Card } from "./batch";
import { changeOf, figureText, reasonText } from "./figure-text";
import type { FileTable, FileValue } from "./file-table";
import { tableOf } from "./file-table";

type CardRow = Card & { readonly currency: string };

const said = (cell: Cell | null, card: Card): FileValue =>
  cell === null ? null : { value: cell.value, unit: metricOf(card.metric).unit };

/** How a card's figure moved, in the words the card says: "35.6 % more, better". */
export function changeWords({ metric, now, before, currency }: CardRow): string {
  const { unit, better } = metricOf(metric);
  return changeOf(now, before?.value ?? null, { unit, better, currency })?.words ?? "";
}

/** A card's figure as the page writes it: "S$1.65 M", "12.9 %". */
export function cardValue({ metric, now }: Card, currency: string): string {
  const { unit } = metricOf(metric);
  return figureText(now, unit, { currency, short: unit !== "ratio" });
}

const unitWords = ({ metric, currency }: CardRow): string => {
  const { unit } = metricOf(metric);
  if (unit === "money") return currency;
  if (unit === "ratio") return "0 to 1";
  return unit === "money_per_day" ? `${currency} per day` : unit;
};

/** The cards as rows: figure, what it is compared with, and why there is none. */
export const cardTable = (cards: readonly Card[], title: string, currency: string): FileTable =>
  tableOf<CardRow>(
    { title },
    [
      ["Figure", "text", ({ metric }) => metricOf(metric).name],
      ["Value", "as-said", (card) => said(card.now, card)],
      ["Unit", "text", unitWords],
      ["Records", "count", ({ now }) => now.n],
      ["Before", "as-said", (card) => said(card.before, card)],
      ["Compared with", "text", ({ beforeWords }) => beforeWords ?? ""],
      ["Change", "text", changeWords],
      ["Remark", "text", ({ now, note }) => reasonText(now.reason) ?? note ?? ""],
      ["Metric", "text", ({ metric }) => metric],
    ],
    cards.map((card) => ({ ...card, currency })),
  );
