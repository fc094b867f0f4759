import { csvStream } from "@/lib/files/csv";
import { decimalOf } from "../core/money";
import type { CrmScope } from "../core/scope";
import { scopeWords } from "../core/scope";
import type { TargetYear } from "../reads/targets";

/** A line for each month of each team and person that was promised something or won something. Amounts are exact. */
export function targetsCsv(
  { rows, months, currency, today }: TargetYear,
  scope: CrmScope,
): ReadableStream<Uint8Array> {
  const amount = (minor: number | null) =>
    minor === null ? null : Number(decimalOf({ minor, currency }));
  const teams = new Map(rows.map(({ holder, name }) => [holder.id, name]));
  const lines = rows.flatMap(({ holder, name, teamId, targets, won }) =>
    months.flatMap((month) => {
      const target = targets.find((one) => one.month === month);
      const reached = won.find((one) => one.month === month);
      if (target === undefined && reached === undefined) return [];
      return [
        [
          holder.kind,
          name,
          holder.kind === "person" ? (teams.get(teamId ?? "") ?? null) : null,
          month.slice(0, 7),
          currency,
          amount(target?.amountMinor ?? null),
          amount(reached?.baseMinor ?? 0),
          target?.deals ?? null,
          reached?.deals ?? 0,
          reached?.withoutRate ?? 0,
          today,
          scopeWords(scope),
        ],
      ];
    }),
  );
  const columns = [
    "Kind",
    "Name",
    "Team",
    "Month",
    "Currency",
    "Target amount",
    "Won amount",
    "Target deals",
    "Won deals",
    "Won without a rate",
    "As of",
    "Scope",
  ];
  return csvStream(columns, lines);
}
